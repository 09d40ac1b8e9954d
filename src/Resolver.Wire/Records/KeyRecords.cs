// Keys of zones and digests of them, at the parent, and as the child wishes them: DNSKEY, CDNSKEY, DS, CDS.
// RFC 4034 §2 and §5, RFC 7344 §3. Two forms, each of two types, so one file.
using System;

namespace Resolver.Wire;

/// <summary>A public key of a zone: DNSKEY or CDNSKEY.</summary>
public abstract class ZoneKeyRecord : ResourceRecord
{
    private protected ZoneKeyRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Flags: 256 zone key, 1 secure entry point, 128 revoked.</summary>
    public ushort Flags => FieldAt(0).TakeU16();

    /// <summary>Always 3.</summary>
    public byte Protocol => FieldAt(1).TakeU8();

    /// <summary>The algorithm.</summary>
    public byte Algorithm => FieldAt(2).TakeU8();

    /// <summary>The key.</summary>
    public ReadOnlyMemory<byte> PublicKey => RestAt(3);
}

/// <summary>A public key of a zone (RFC 4034 §2).</summary>
public sealed class DnskeyRecord : ZoneKeyRecord
{
    internal DnskeyRecord(in RecordFields fields)
        : base(fields)
    {
    }
}

/// <summary>The key whose digest a child wishes at its parent (RFC 7344 §3.2).</summary>
public sealed class CdnskeyRecord : ZoneKeyRecord
{
    internal CdnskeyRecord(in RecordFields fields)
        : base(fields)
    {
    }
}

/// <summary>The digest of a key of a zone: DS or CDS.</summary>
public abstract class KeyDigestRecord : ResourceRecord
{
    private protected KeyDigestRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Tag of the key it is for (RFC 4034 App. B).</summary>
    public ushort KeyTag => FieldAt(0).TakeU16();

    /// <summary>Algorithm of that key.</summary>
    public byte Algorithm => FieldAt(1).TakeU8();

    /// <summary>Algorithm of the digest.</summary>
    public byte DigestType => FieldAt(2).TakeU8();

    /// <summary>The digest.</summary>
    public ReadOnlyMemory<byte> Digest => RestAt(3);
}

/// <summary>The digest of a key of a delegated zone, at its parent (RFC 4034 §5).</summary>
public sealed class DSRecord : KeyDigestRecord
{
    internal DSRecord(in RecordFields fields)
        : base(fields)
    {
    }
}

/// <summary>The digest that a child wishes at its parent (RFC 7344 §3.1).</summary>
public sealed class CdsRecord : KeyDigestRecord
{
    internal CdsRecord(in RecordFields fields)
        : base(fields)
    {
    }
}
