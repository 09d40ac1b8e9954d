// The records that prove absence, and their like with a set of types: NSEC, NSEC3, NSEC3PARAM, CSYNC.
// RFC 4034 §4, RFC 5155 §3 and §4, RFC 7477 §2. One idea, so one file.
using System;
using System.Collections.Generic;

namespace Resolver.Wire;

/// <summary>The next name of a zone, and the types at this one (RFC 4034 §4).</summary>
public sealed class NsecRecord : ResourceRecord
{
    internal NsecRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>The next owner in canonical order.</summary>
    public DomainName NextName => FieldAt(0).TakeName();

    /// <summary>The types at the owner.</summary>
    public IReadOnlyList<RRType> Types => TypeBitmap.ToList(FieldAt(1).Rest);
}

/// <summary>The next hashed name of a zone, and the types at this one (RFC 5155 §3).</summary>
public sealed class Nsec3Record : ResourceRecord
{
    internal Nsec3Record(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Algorithm of the hash; 1 is SHA-1.</summary>
    public byte HashAlgorithm => FieldAt(0).TakeU8();

    /// <summary>Flags; 1 is opt-out.</summary>
    public byte Flags => FieldAt(1).TakeU8();

    /// <summary>Extra rounds of hashing.</summary>
    public ushort Iterations => FieldAt(2).TakeU16();

    /// <summary>The salt.</summary>
    public ReadOnlyMemory<byte> Salt => CountedAt(3);

    /// <summary>The next hash in order.</summary>
    public ReadOnlyMemory<byte> NextHash => CountedAt(4);

    /// <summary>The types at the name that was hashed.</summary>
    public IReadOnlyList<RRType> Types => TypeBitmap.ToList(FieldAt(5).Rest);
}

/// <summary>How the names of a zone are hashed (RFC 5155 §4).</summary>
public sealed class Nsec3ParamRecord : ResourceRecord
{
    internal Nsec3ParamRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Algorithm of the hash; 1 is SHA-1.</summary>
    public byte HashAlgorithm => FieldAt(0).TakeU8();

    /// <summary>Flags.</summary>
    public byte Flags => FieldAt(1).TakeU8();

    /// <summary>Extra rounds of hashing.</summary>
    public ushort Iterations => FieldAt(2).TakeU16();

    /// <summary>The salt.</summary>
    public ReadOnlyMemory<byte> Salt => CountedAt(3);
}

/// <summary>What a parent shall copy from its child (RFC 7477 §2).</summary>
public sealed class CsyncRecord : ResourceRecord
{
    internal CsyncRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Least serial of the child's SOA.</summary>
    public uint Serial => FieldAt(0).TakeU32();

    /// <summary>Flags: 1 immediate, 2 the serial is a least one.</summary>
    public ushort Flags => FieldAt(1).TakeU16();

    /// <summary>The types to copy.</summary>
    public IReadOnlyList<RRType> Types => TypeBitmap.ToList(FieldAt(2).Rest);
}
