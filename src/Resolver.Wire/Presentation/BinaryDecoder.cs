// Gathers digits of a radix into octets, over as many words as they are spread. Left-over bits must be zero
// and, in base64, filled up with "=", so each octet string has one text.
using System;

namespace Resolver.Wire;

/// <summary>Turns digits of 4, 5 or 6 bits into octets.</summary>
internal ref struct BinaryDecoder
{
    private readonly Span<byte> _destination;
    private readonly int _radixBits;
    private int _held;
    private int _bits;
    private int _digits;
    private int _padding;

    /// <param name="radixBits">4: hexadecimal; 5: base32hex without padding; 6: base64.</param>
    /// <param name="destination">Where the octets go.</param>
    public BinaryDecoder(int radixBits, Span<byte> destination)
    {
        _radixBits = radixBits;
        _destination = destination;
    }

    /// <summary>Octets written.</summary>
    public int Length { get; private set; }

    /// <summary>Reads a word; false on a character that is no digit or when no room is left.</summary>
    public bool TryAdd(ReadOnlySpan<char> word)
    {
        foreach (char c in word)
        {
            if (c == '=' && _radixBits == 6 && _padding < 2)
            {
                _padding++;
                continue;
            }

            int digit = BinaryText.DigitOf(c, _radixBits);
            if (digit < 0 || _padding > 0)
            {
                return false;
            }

            _digits++;
            _held = ((_held << _radixBits) | digit) & 0xFFFF;
            _bits += _radixBits;
            if (_bits < 8)
            {
                continue;
            }

            if (Length == _destination.Length)
            {
                return false;
            }

            _bits -= 8;
            _destination[Length++] = (byte)(_held >> _bits);
            _held &= (1 << _bits) - 1;
        }

        return true;
    }

    /// <summary>True when the digits are whole octets, or end as their radix allows.</summary>
    public readonly bool IsWhole => _held == 0 && _bits < _radixBits && _radixBits switch
    {
        6 => (_digits + _padding) % 4 == 0 && _padding <= 2,
        _ => true,
    };
}
