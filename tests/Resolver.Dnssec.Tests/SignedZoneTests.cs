// Whole zones made by real signers: every signature in them is good, and none is after any octet was altered.
using System.Collections.Generic;
using Resolver.Wire;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class SignedZoneTests
{
    private static readonly string[] Names =
    [
        "rsasha1", "rsasha1-nsec3", "rsasha256", "rsasha512", "p256", "p384", "ed25519", "ed448",
        "p256-nsec3", "p256-optout", "ldns-nsec", "ldns-nsec3",
    ];

    public static TheoryData<string, string> Zones()
    {
        TheoryData<string, string> rows = [];
        foreach (string name in Names)
        {
            rows.Add(name, Importers.Framework);
            rows.Add(name, Importers.Libcrypto);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Every_signature_of_a_real_signer_is_good(string name, string importer)
    {
        SignedZone zone = SignedZone.Load(name);
        ZoneKeys keys = zone.Keys(Importers.Of(importer));
        int count = 0;
        foreach (RRset set in zone.SignedSets)
        {
            CryptoBudget budget = new() { ChecksLeft = 32, FailuresLeft = 1 };
            SignatureResult result =
                RRsetAuthentication.Authenticate(set, keys, SignedZone.Terms, ref budget);
            Assert.True(result.IsValid, $"{set.OwnerName} {set.Type}: {result.Verdict}");
            Assert.False(result.IsWildcardExpanded);
            Assert.Equal(31, budget.ChecksLeft);
            count++;
        }

        Assert.InRange(count, 30, 80);
        CryptoBudget full = new() { ChecksLeft = 32, FailuresLeft = 8 };
        KeySetResult chain = KeySetAuthentication.Authenticate(
            zone.FirstKeyDS(), keys, SignedZone.Terms, ref full);
        Assert.Equal(SignatureVerdict.Valid, chain.Verdict);
        Assert.Same(keys, chain.Keys);
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void No_octet_of_a_signature_or_record_can_be_altered(string name, string importer)
    {
        SignedZone zone = SignedZone.Load(name);
        ZoneKeys keys = zone.Keys(Importers.Of(importer));
        foreach (RRset set in (RRset[])[zone["many.example.", RRType.A], zone["srv.example.", RRType.Srv]])
        {
            foreach (RRset altered in Alterations(set))
            {
                CryptoBudget budget = new() { ChecksLeft = 32, FailuresLeft = 8 };
                SignatureResult result =
                    RRsetAuthentication.Authenticate(altered, keys, SignedZone.Terms, ref budget);
                Assert.False(result.IsValid, "an altered set was taken for good");
            }
        }
    }

    // Each octet once, by one bit that a fixed walk chooses; a bit that only changes the case of a name in
    // RDATA (0x20 of a letter) changes nothing that is signed and is left out.
    private static IEnumerable<RRset> Alterations(RRset set)
    {
        byte[] signature = set.FirstSignature();
        for (int at = 0; at < signature.Length; at++)
        {
            byte[] copy = [.. signature];
            copy[at] ^= (byte)(1 << (at % 5));
            yield return set.WithSignatures(copy);
        }

        List<byte[]> records = set.ListRecords();
        for (int record = 0; record < records.Count; record++)
        {
            for (int at = 0; at < records[record].Length; at++)
            {
                byte[][] copies = [.. records];
                copies[record] = [.. records[record]];
                copies[record][at] ^= (byte)(1 << (at % 5));
                yield return set.WithRecords(copies);
            }
        }
    }
}
