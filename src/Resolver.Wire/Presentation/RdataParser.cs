// Reads RDATA from words: takes the words, gathers the octets, and keeps what is wrong as a sentence with the
// word that it is about. RdataSchema says which fields there are, RdataFieldParser reads each kind.
using System;
using System.Buffers.Binary;
using System.Globalization;

namespace Resolver.Wire;

/// <summary>Reads the RDATA of one record from words.</summary>
internal ref struct RdataParser
{
    private readonly ReadOnlySpan<byte> _origin;
    private readonly Span<byte> _destination;
    private TokenCursor _words;
    private int _length;

    /// <param name="words">The words of the RDATA.</param>
    /// <param name="origin">What relative names are below, in wire form.</param>
    /// <param name="destination">Room for <see cref="RdataForm.MaxLength"/> octets.</param>
    public RdataParser(TokenCursor words, ReadOnlySpan<byte> origin, Span<byte> destination)
    {
        _words = words;
        _origin = origin;
        _destination = destination;
    }

    /// <summary>The octets read.</summary>
    public readonly ReadOnlySpan<byte> Written => _destination[.._length];

    /// <summary>What is wrong, as a sentence, or null.</summary>
    public string? Error { get; private set; }

    /// <summary>
    /// Index of the word that <see cref="Error"/> is about; the count of words when one is missing.
    /// </summary>
    public int ErrorWord { get; private set; }

    /// <summary>What relative names are below.</summary>
    internal readonly ReadOnlySpan<byte> Origin => _origin;

    /// <summary>True when a word is left.</summary>
    internal readonly bool HasMore => !_words.IsAtEnd;

    /// <summary>Octets that may still be written.</summary>
    internal readonly Span<byte> Room => _destination[_length..];

    /// <summary>Reads RDATA of the type, to the last word.</summary>
    public bool TryParse(RRType type)
    {
        ReadOnlySpan<RdataField> fields = RdataSchema.Of(type);
        if (_words.TryPeek(out ReadOnlySpan<char> first, out bool isQuoted) && first is @"\#" && !isQuoted)
        {
            return TryReadOpaque()
                && (RdataForm.IsValid(type, Written) || Fail($"these octets are no RDATA of {type}"));
        }

        if (fields.IsEmpty)
        {
            return Fail($"RDATA of {type} is written as \\# count hexadecimal");
        }

        foreach (RdataField field in fields)
        {
            if (!RdataFieldParser.TryRead(ref this, field))
            {
                return false;
            }
        }

        if (_words.TryTake(out ReadOnlySpan<char> surplus, out _))
        {
            return FailAt(surplus, $"is more than RDATA of {type} takes");
        }

        return RdataForm.IsValid(type, Written) || Fail($"these values together are no RDATA of {type}");
    }

    /// <summary>Takes the next word, not in quotes.</summary>
    internal bool TryTakeBare(string due, out ReadOnlySpan<char> word)
    {
        if (!_words.TryTake(out word, out bool isQuoted))
        {
            return FailMissing(due);
        }

        return !isQuoted || FailAt(word, $"stands in quotes where {due} is due");
    }

    /// <summary>Takes the next word, quoted or not; false at the end.</summary>
    internal bool TryTakeAny(out ReadOnlySpan<char> word) => _words.TryTake(out word, out _);

    /// <summary>Counts octets written to <see cref="Room"/> in.</summary>
    internal void Advance(int octets) => _length += octets;

    /// <summary>Appends octets.</summary>
    internal bool TryWrite(scoped ReadOnlySpan<byte> octets)
    {
        if (!octets.TryCopyTo(Room))
        {
            return Fail("the RDATA is longer than 65,535 octets");
        }

        _length += octets.Length;
        return true;
    }

    /// <summary>Appends two octets.</summary>
    internal bool TryWriteU16(ushort value)
    {
        Span<byte> octets = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, value);
        return TryWrite(octets);
    }

    /// <summary>Appends four octets.</summary>
    internal bool TryWriteU32(uint value)
    {
        Span<byte> octets = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        return TryWrite(octets);
    }

    /// <summary>
    /// Notes what is wrong about the word last taken, or about the lack of one; returns false.
    /// </summary>
    internal bool Fail(string error)
    {
        Error = error;
        ErrorWord = Math.Max(0, _words.Taken - 1);
        return false;
    }

    /// <summary>Notes that a word is missing; returns false.</summary>
    internal bool FailMissing(string due)
    {
        Error = $"the record ends where {due} is due";
        ErrorWord = _words.Taken;
        return false;
    }

    /// <summary>Notes what is wrong with a word; returns false.</summary>
    internal bool FailAt(scoped ReadOnlySpan<char> word, string error) =>
        Fail($"'{OctetText.Show(word)}' {error}");

    // RFC 3597 §5.
    private bool TryReadOpaque()
    {
        _words.TryTake(out _, out _);
        if (!TryTakeBare("the count of octets", out ReadOnlySpan<char> word))
        {
            return false;
        }

        if (!ushort.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out ushort count))
        {
            return FailAt(word, "is no count of octets from 0 to 65535");
        }

        return RdataFieldParser.TryReadBinary(ref this, 4, "hexadecimal")
            && (_length == count || Fail($"{_length} octets are given where {count} are announced"));
    }
}
