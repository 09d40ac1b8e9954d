// Keys that this test holds the private half of, and DNSKEY RRsets signed by them: what following a
// roll-over and forging need.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Security.Cryptography;
using Resolver.Wire;

namespace Resolver.Dnssec.Tests;

internal sealed class ForgedKeys : IDisposable
{
    private readonly List<ECDsa> _keys = [];

    public void Dispose() => _keys.ForEach(static k => k.Dispose());

    // A new key-signing key's RDATA; its number is its place.
    public byte[] Make(byte flags = 1)
    {
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _keys.Add(key);
        ECParameters point = key.ExportParameters(false);
        return [1, flags, 3, 13, .. point.Q.X!, .. point.Q.Y!];
    }

    public RRset Sign(string zone, uint now, byte[][] records, params int[] signers)
    {
        DomainName owner = DomainName.Parse(zone);
        List<byte[]> signatures = [];
        foreach (int signer in signers)
        {
            byte[] own = Array.Find(records, r => IsOf(r, _keys[signer]))!;
            byte[] lead = new byte[18];
            BinaryPrimitives.WriteUInt16BigEndian(lead, RRType.Dnskey.Value);
            lead[2] = 13;
            lead[3] = (byte)owner.LabelCount;
            BinaryPrimitives.WriteUInt32BigEndian(lead.AsSpan(4), 172_800);
            BinaryPrimitives.WriteUInt32BigEndian(lead.AsSpan(8), now + (20 * 86_400));
            BinaryPrimitives.WriteUInt32BigEndian(lead.AsSpan(12), now - 3_600);
            BinaryPrimitives.WriteUInt16BigEndian(lead.AsSpan(16), KeyTag.Of(own));
            byte[] empty = [.. lead, .. owner.Wire, 0];
            _ = SignatureFields.TryRead(empty, out SignatureFields fields);
            using SignedOctets signed = SignedOctets.Build(
                Edit.NewSet(owner, RRType.Dnskey, records), fields);
            byte[] signature = _keys[signer].SignData(
                signed.Octets, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            signatures.Add([.. lead, .. owner.Wire, .. signature]);
        }

        return Edit.Build(owner, RRType.Dnskey, records, signatures);
    }

    private static bool IsOf(byte[] record, ECDsa key) =>
        record.AsSpan(4, 32).SequenceEqual(key.ExportParameters(false).Q.X);
}
