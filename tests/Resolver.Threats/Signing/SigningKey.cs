// A zone's key: ECDSA P-256 (RFC 6605), with the DNSKEY, the DS and the signatures that go with it. RFC 4034
// §3.1.8.1 says what is signed, App. B what a key tag is.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;

namespace Resolver.Threats;

/// <summary>Signs sets of one zone.</summary>
internal sealed class SigningKey : IDisposable
{
    public const byte P256 = 13;
    public const byte P384 = 14;

    private const uint Ttl = 300;
    private static readonly TimeSpan Validity = TimeSpan.FromDays(2);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public SigningKey(string zone)
    {
        Zone = zone;
        Rdata = MakeRdata(_key, 257, P256);
    }

    public string Zone { get; }

    /// <summary>The DNSKEY's RDATA. A row may claim another algorithm in it.</summary>
    public byte[] Rdata { get; init; }

    /// <summary>The DNSKEY.</summary>
    public Record Dnskey => new(Zone, Types.Dnskey, Ttl, Rdata);

    /// <summary>The DS, of SHA-256.</summary>
    public Record Signer => SignerOf(Zone, Rdata);

    /// <summary>The DS of any key.</summary>
    public static Record SignerOf(string zone, byte[] rdata)
    {
        ushort tag = TagOf(rdata);
        byte[] digest = SHA256.HashData([.. NameText.ToWire(zone), .. rdata]);
        return new Record(
            zone, Types.DS, Ttl, [(byte)(tag >> 8), (byte)tag, rdata[3], 2, .. digest]);
    }

    /// <summary>The tag of a DNSKEY.</summary>
    public static ushort TagOf(ReadOnlySpan<byte> rdata)
    {
        uint sum = 0;
        for (int i = 0; i < rdata.Length; i++)
        {
            sum += (i & 1) == 0 ? (uint)rdata[i] << 8 : rdata[i];
        }

        return (ushort)(sum + (sum >> 16));
    }

    /// <summary>RDATA of a new key that nobody signs with.</summary>
    public static byte[] MakeRdata(ushort flags, byte algorithm)
    {
        using ECDsa key = ECDsa.Create(
            algorithm == P256 ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384);
        return MakeRdata(key, flags, algorithm);
    }

    /// <summary>The RRSIG over a set, of the owner that it was given; its labels are the owner's.</summary>
    public Record Sign(IReadOnlyList<Record> set, Action<byte[]>? alter = null)
    {
        Record first = set[0];
        uint now = (uint)DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        uint span = (uint)Validity.TotalSeconds;
        int labels = NameText.Labels(first.Owner).Count - (IsWildcard(first.Owner) ? 1 : 0);
        byte[] lead = new byte[18];
        BinaryPrimitives.WriteUInt16BigEndian(lead, first.Type);
        lead[2] = Rdata[3];
        lead[3] = (byte)labels;
        BinaryPrimitives.WriteUInt32BigEndian(lead.AsSpan(4), first.Ttl);
        BinaryPrimitives.WriteUInt32BigEndian(lead.AsSpan(8), now + span);
        BinaryPrimitives.WriteUInt32BigEndian(lead.AsSpan(12), now - span);
        BinaryPrimitives.WriteUInt16BigEndian(lead.AsSpan(16), TagOf(Rdata));
        alter?.Invoke(lead);
        byte[] fields = [.. lead, .. NameText.ToWire(Zone)];
        byte[] signature = _key.SignData(Canonical(fields, set), HashAlgorithmName.SHA256);
        return new Record(first.Owner, Types.Rrsig, first.Ttl, [.. fields, .. signature]);
    }

    public void Dispose() => _key.Dispose();

    private static bool IsWildcard(string name) => name.StartsWith("*.", StringComparison.Ordinal);

    private static byte[] MakeRdata(ECDsa key, ushort flags, byte algorithm)
    {
        ECPoint point = key.ExportParameters(false).Q;
        return [(byte)(flags >> 8), (byte)flags, 3, algorithm, .. point.X!, .. point.Y!];
    }

    private static byte[] Canonical(byte[] fields, IReadOnlyList<Record> set)
    {
        List<byte> octets = [.. fields];
        byte[] owner = NameText.ToWire(set[0].Owner);
        byte[] ttl = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(ttl, set[0].Ttl);
        foreach (byte[] rdata in set.Select(static r => r.Rdata).Order(new ByOctets()))
        {
            ushort type = set[0].Type;
            octets.AddRange(owner);
            octets.AddRange([(byte)(type >> 8), (byte)type, 0, 1, .. ttl]);
            octets.AddRange([(byte)(rdata.Length >> 8), (byte)rdata.Length, .. rdata]);
        }

        return [.. octets];
    }

    private sealed class ByOctets : IComparer<byte[]>
    {
        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
