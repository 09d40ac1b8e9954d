// Takes fields off the front of valid RDATA: what the typed records read their values with.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;

namespace Resolver.Wire;

/// <summary>A forward reader over RDATA that is known to be of its type's form.</summary>
internal ref struct RdataReader
{
    private ReadOnlySpan<byte> _rest;

    public RdataReader(ReadOnlySpan<byte> rdata) => _rest = rdata;

    /// <summary>All octets left.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Takes one octet.</summary>
    public byte TakeU8() => Take(1)[0];

    /// <summary>Takes two octets.</summary>
    public ushort TakeU16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    /// <summary>Takes four octets.</summary>
    public uint TakeU32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>Takes a name.</summary>
    public DomainName TakeName() => DomainName.FromValidWire(Take(NameOctets.Measure(_rest)));

    /// <summary>Takes a count and so many octets.</summary>
    public ReadOnlySpan<byte> TakeCounted() => Take(TakeU8());

    /// <summary>Takes a character-string; octets that are no UTF-8 become U+FFFD.</summary>
    public string TakeText() => Encoding.UTF8.GetString(TakeCounted());

    /// <summary>Takes character-strings up to the end.</summary>
    public IReadOnlyList<string> TakeTexts()
    {
        List<string> texts = [];
        while (!_rest.IsEmpty)
        {
            texts.Add(TakeText());
        }

        return texts;
    }

    private ReadOnlySpan<byte> Take(int octets)
    {
        ReadOnlySpan<byte> taken = _rest[..octets];
        _rest = _rest[octets..];
        return taken;
    }
}
