// The signature over an RRset: RFC 4034 §3.
using System;

namespace Resolver.Wire;

/// <summary>A signature over an RRset (RFC 4034 §3).</summary>
public sealed class RrsigRecord : ResourceRecord
{
    internal RrsigRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Type of the set that is signed.</summary>
    public RRType TypeCovered => new(FieldAt(0).TakeU16());

    /// <summary>The algorithm.</summary>
    public byte Algorithm => FieldAt(1).TakeU8();

    /// <summary>Labels of the owner, without a wildcard's.</summary>
    public byte Labels => FieldAt(2).TakeU8();

    /// <summary>Seconds to live of the set as signed.</summary>
    public uint OriginalTtl => FieldAt(3).TakeU32();

    /// <summary>End of validity, in seconds since 1970 modulo 2^32 (RFC 4034 §3.1.5).</summary>
    public uint Expiration => FieldAt(4).TakeU32();

    /// <summary>Begin of validity, in the same measure.</summary>
    public uint Inception => FieldAt(5).TakeU32();

    /// <summary>Tag of the key that signed (RFC 4034 App. B).</summary>
    public ushort KeyTag => FieldAt(6).TakeU16();

    /// <summary>The zone whose key signed.</summary>
    public DomainName SignerName => FieldAt(7).TakeName();

    /// <summary>The signature.</summary>
    public ReadOnlyMemory<byte> Signature => RestAt(8);
}
