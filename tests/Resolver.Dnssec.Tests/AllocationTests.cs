// What checking costs the collector: with a key imported, an RSA or ECDSA check in libcrypto takes no memory
// from the heap, however large the set; proofs over ranges at hand take none either.
using System;
using System.Linq;
using Resolver.Wire;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class AllocationTests
{
    [Theory]
    [InlineData("rsasha256", "many.example.")]
    [InlineData("p256", "many.example.")]
    [InlineData("p384", "x.example.")]
    public void A_check_in_libcrypto_allocates_nothing(string name, string owner)
    {
        SignedZone zone = SignedZone.Load(name);
        ZoneKeys keys = zone.Keys(Importers.Of(Importers.Libcrypto));
        RRset set = owner == "x.example." ? zone["xx.example.", RRType.Aaaa] : zone[owner, RRType.A];
        AssertFree(() =>
        {
            CryptoBudget budget = new() { ChecksLeft = 1, FailuresLeft = 1 };
            return RRsetAuthentication.Authenticate(set, keys, SignedZone.Terms, ref budget).IsValid;
        });
    }

    [Fact]
    public void The_form_of_a_set_of_many_records_costs_one_comparison()
    {
        SignedZone zone = SignedZone.Load("p256");
        RRset set = zone["many2.example.", RRType.A];
        byte[] rrsig = set.FirstSignature();
        Assert.Equal(40, set.Count);
        Assert.InRange(Enumerable.Range(0, 5).Min(_ => Measure(() => Build(set, rrsig))), 1, 128);
    }

    [Theory]
    [InlineData("p256")]
    [InlineData("p256-nsec3")]
    public void A_proof_over_ranges_at_hand_allocates_nothing(string name)
    {
        SignedZone zone = SignedZone.Load(name);
        DenialEvidence evidence = zone.Evidence();
        DomainName denied = DomainName.Parse("no.such.name.example");
        AssertFree(() =>
        {
            CryptoBudget budget = new() { HashUnitsLeft = 64 };
            return Denial.OfName(evidence, denied, ref budget) == ProofOutcome.Proven;
        });
    }

    private static bool Build(RRset set, byte[] rrsig)
    {
        _ = SignatureFields.TryRead(rrsig, out SignatureFields fields);
        using SignedOctets signed = SignedOctets.Build(set, fields);
        return !signed.Octets.IsEmpty;
    }

    private static void AssertFree(Func<bool> work)
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.True(work());
        }

        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => Measure(work)));
    }

    private static long Measure(Func<bool> work)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
