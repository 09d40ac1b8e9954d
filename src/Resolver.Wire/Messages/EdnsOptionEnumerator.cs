// Walks the options of an OPT record (RFC 6891 §6.1.2), and writes one.
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>
/// Walks options; <see cref="IsMalformed"/> tells whether the walk ended before the octets did.
/// </summary>
internal ref struct EdnsOptionEnumerator
{
    /// <summary>Octets before the content of an option: code and length.</summary>
    public const int Overhead = 4;

    private ReadOnlySpan<byte> _rest;

    public EdnsOptionEnumerator(ReadOnlySpan<byte> options)
    {
        _rest = options;
    }

    /// <summary>The code of the option at hand.</summary>
    public EdnsOptionCode Code { get; private set; }

    /// <summary>The content of the option at hand.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>True when an option's length goes past the end.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Octets not walked yet.</summary>
    public readonly int RestLength => _rest.Length;

    /// <summary>True when the octets are whole options, or none.</summary>
    public static bool AreWhole(ReadOnlySpan<byte> options)
    {
        EdnsOptionEnumerator walk = new(options);
        while (walk.MoveNext())
        {
        }

        return !walk.IsMalformed;
    }

    /// <summary>
    /// Writes one option at the start of <paramref name="destination"/> and returns its octets; 0 when there
    /// is no room.
    /// </summary>
    public static int Write(Span<byte> destination, EdnsOptionCode code, ReadOnlySpan<byte> content)
    {
        int length = Overhead + content.Length;
        if (length > destination.Length || content.Length > ushort.MaxValue)
        {
            return 0;
        }

        BinaryPrimitives.WriteUInt16BigEndian(destination, code.Value);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)content.Length);
        content.CopyTo(destination[Overhead..]);
        return length;
    }

    /// <summary>Goes to the next option.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        int length = _rest.Length >= Overhead
            ? BinaryPrimitives.ReadUInt16BigEndian(_rest[2..])
            : ushort.MaxValue;
        if (length > _rest.Length - Overhead)
        {
            IsMalformed = true;
            return false;
        }

        Code = new EdnsOptionCode(BinaryPrimitives.ReadUInt16BigEndian(_rest));
        Content = _rest.Slice(Overhead, length);
        _rest = _rest[(Overhead + length)..];
        return true;
    }
}
