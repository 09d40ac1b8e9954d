// The fields of an RRSIG's RDATA, read in place: RFC 4034 §3.1.
using System;
using System.Buffers.Binary;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>An RRSIG's RDATA by fields; spans point into it.</summary>
internal readonly ref struct SignatureFields
{
    private const int SignerAt = 18;

    private readonly ReadOnlySpan<byte> _rdata;

    private SignatureFields(ReadOnlySpan<byte> rdata, int signerLength)
    {
        _rdata = rdata;
        Signer = rdata.Slice(SignerAt, signerLength);
        Signature = rdata[(SignerAt + signerLength)..];
    }

    /// <summary>Type of the set that is signed.</summary>
    public RRType TypeCovered => new(BinaryPrimitives.ReadUInt16BigEndian(_rdata));

    /// <summary>Number of the algorithm.</summary>
    public byte Algorithm => _rdata[2];

    /// <summary>Labels of the owner as signed, a wildcard's and the root apart (RFC 4034 §3.1.3).</summary>
    public byte Labels => _rdata[3];

    /// <summary>Seconds to live as signed.</summary>
    public uint OriginalTtl => BinaryPrimitives.ReadUInt32BigEndian(_rdata[4..]);

    /// <summary>End of validity (RFC 4034 §3.1.5).</summary>
    public uint Expiration => BinaryPrimitives.ReadUInt32BigEndian(_rdata[8..]);

    /// <summary>Begin of validity.</summary>
    public uint Inception => BinaryPrimitives.ReadUInt32BigEndian(_rdata[12..]);

    /// <summary>Tag of the key that signed.</summary>
    public ushort KeyTag => BinaryPrimitives.ReadUInt16BigEndian(_rdata[16..]);

    /// <summary>The zone whose key signed, in wire form.</summary>
    public ReadOnlySpan<byte> Signer { get; }

    /// <summary>The signature.</summary>
    public ReadOnlySpan<byte> Signature { get; }

    /// <summary>The fields before the signer's name: they are signed too (RFC 4034 §3.1.8.1).</summary>
    public ReadOnlySpan<byte> Lead => _rdata[..SignerAt];

    /// <summary>Reads RDATA; false when it is not of the form.</summary>
    public static bool TryRead(ReadOnlySpan<byte> rdata, out SignatureFields fields)
    {
        fields = default;
        int signerLength = rdata.Length > SignerAt ? NameOctets.Measure(rdata[SignerAt..]) : -1;
        if (signerLength < 0 || rdata.Length == SignerAt + signerLength)
        {
            return false;
        }

        fields = new SignatureFields(rdata, signerLength);
        return true;
    }
}
