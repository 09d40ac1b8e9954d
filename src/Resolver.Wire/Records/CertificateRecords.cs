// Certificates, keys of users and hosts, and what ties them to names: TLSA, SMIMEA, SSHFP, CERT, OPENPGPKEY,
// ZONEMD. RFC 6698 §2, RFC 8162 §2, RFC 4255 §3, RFC 4398 §2, RFC 7929 §2, RFC 8976 §2. One idea, so one
// file.
using System;

namespace Resolver.Wire;

/// <summary>A tie between a name and a certificate: TLSA or SMIMEA.</summary>
public abstract class CertificateAssociationRecord : ResourceRecord
{
    private protected CertificateAssociationRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>How certificates are matched: 0 to 3.</summary>
    public byte Usage => FieldAt(0).TakeU8();

    /// <summary>0 the whole certificate, 1 its public key.</summary>
    public byte Selector => FieldAt(1).TakeU8();

    /// <summary>0 as it is, 1 SHA-256, 2 SHA-512.</summary>
    public byte MatchingType => FieldAt(2).TakeU8();

    /// <summary>The certificate, key or hash.</summary>
    public ReadOnlyMemory<byte> Association => RestAt(3);
}

/// <summary>The certificate of a TLS server (RFC 6698 §2).</summary>
public sealed class TlsaRecord : CertificateAssociationRecord
{
    internal TlsaRecord(in RecordFields fields)
        : base(fields)
    {
    }
}

/// <summary>The certificate of a mail user (RFC 8162 §2).</summary>
public sealed class SmimeaRecord : CertificateAssociationRecord
{
    internal SmimeaRecord(in RecordFields fields)
        : base(fields)
    {
    }
}

/// <summary>The fingerprint of a host's SSH key (RFC 4255 §3).</summary>
public sealed class SshfpRecord : ResourceRecord
{
    internal SshfpRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Algorithm of the key.</summary>
    public byte Algorithm => FieldAt(0).TakeU8();

    /// <summary>Algorithm of the fingerprint.</summary>
    public byte FingerprintType => FieldAt(1).TakeU8();

    /// <summary>The fingerprint.</summary>
    public ReadOnlyMemory<byte> Fingerprint => RestAt(2);
}

/// <summary>A certificate (RFC 4398 §2).</summary>
public sealed class CertRecord : ResourceRecord
{
    internal CertRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Kind of certificate.</summary>
    public ushort CertificateType => FieldAt(0).TakeU16();

    /// <summary>Tag of the key in it.</summary>
    public ushort KeyTag => FieldAt(1).TakeU16();

    /// <summary>Algorithm of that key.</summary>
    public byte Algorithm => FieldAt(2).TakeU8();

    /// <summary>The certificate.</summary>
    public ReadOnlyMemory<byte> Certificate => RestAt(3);
}

/// <summary>An OpenPGP key (RFC 7929 §2).</summary>
public sealed class OpenPgpKeyRecord : ResourceRecord
{
    internal OpenPgpKeyRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>The key.</summary>
    public ReadOnlyMemory<byte> PublicKey => RestAt(0);
}

/// <summary>A digest over a zone (RFC 8976 §2).</summary>
public sealed class ZoneMDRecord : ResourceRecord
{
    internal ZoneMDRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Serial of the zone that was digested.</summary>
    public uint Serial => FieldAt(0).TakeU32();

    /// <summary>In which order the zone was digested.</summary>
    public byte Scheme => FieldAt(1).TakeU8();

    /// <summary>Algorithm of the digest.</summary>
    public byte HashAlgorithm => FieldAt(2).TakeU8();

    /// <summary>The digest.</summary>
    public ReadOnlyMemory<byte> Digest => RestAt(3);
}
