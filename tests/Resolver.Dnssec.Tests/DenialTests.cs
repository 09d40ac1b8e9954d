// Proofs of absence over zones of real signers. Each case gives the owners of the records that go with the
// answer; for NSEC3 zones the names that they were hashed from. RFC 4035 App. B and RFC 5155 App. B in kind.
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class DenialTests
{
    private const string Nsec = "p256";
    private const string Nsec3 = "p256-nsec3";
    private const string OptOut = "p256-optout";

    [Theory]
    [InlineData(Nsec, "ml.example", "many2.example example", ProofOutcome.Proven)]
    [InlineData(Nsec, "ml.example", "d.example example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "e.example", "d.example example", ProofOutcome.Proven)]
    [InlineData(Nsec, "e.example", "d.example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "e.example", "example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "zz.example", "xx.example example", ProofOutcome.Proven)]
    [InlineData(Nsec, "e.xx.example", "xx.example", ProofOutcome.Proven)]
    [InlineData(Nsec, "xx.example", "xx.example example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "sub.ent.example", "d.example example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "q.w.example", "*.w.example srv.example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "q.b.example", "b.example example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "q.d.example", "d.example example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "example.com", "xx.example example", ProofOutcome.NotProven)]
    [InlineData(Nsec3, "e.example", "example e.example *.example", ProofOutcome.Proven)]
    [InlineData(Nsec3, "e.example", "e.example *.example", ProofOutcome.NotProven)]
    [InlineData(Nsec3, "xx.example", "example xx.example *.example", ProofOutcome.NotProven)]
    [InlineData(Nsec3, "a.b.c.xx.example", "xx.example c.xx.example *.xx.example", ProofOutcome.Proven)]
    [InlineData(Nsec3, "q.b.example", "b.example q.b.example *.b.example", ProofOutcome.NotProven)]
    [InlineData(Nsec3, "q.d.example", "d.example q.d.example *.d.example", ProofOutcome.NotProven)]
    [InlineData(OptOut, "e.example", "example e.example *.example", ProofOutcome.InsecureOptOut)]
    public void NXDOMAIN(string zone, string name, string owners, object expected) =>
        Assert.Equal(expected, (object)OfName(zone, name, owners));

    [Theory]
    [InlineData(Nsec, "xx.example", "MX", "xx.example", ProofOutcome.Proven)]
    [InlineData(Nsec, "xx.example", "A", "xx.example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "alias.example", "MX", "alias.example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "alias.example", "CNAME", "alias.example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "b.example", "A", "b.example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "b.example", "DS", "b.example", ProofOutcome.Proven)]
    [InlineData(Nsec, "a.example", "DS", "a.example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "example", "DS", "example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "example", "A", "example", ProofOutcome.Proven)]
    [InlineData(Nsec, "ent.example", "A", "d.example", ProofOutcome.Proven)]
    [InlineData(Nsec, "sub.ent.example", "A", "d.example", ProofOutcome.Proven)]
    [InlineData(Nsec, "sub.ent.example", "A", "many.example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "q.w.example", "A", "*.w.example", ProofOutcome.Proven)]
    [InlineData(Nsec, "q.w.example", "MX", "*.w.example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "q.c.example", "A", "*.c.example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "q.x.w.example", "A", "*.w.example x.w.example", ProofOutcome.NotProven)]
    [InlineData(Nsec3, "xx.example", "MX", "xx.example", ProofOutcome.Proven)]
    [InlineData(Nsec3, "xx.example", "A", "xx.example", ProofOutcome.NotProven)]
    [InlineData(Nsec3, "alias.example", "A", "alias.example", ProofOutcome.NotProven)]
    [InlineData(Nsec3, "b.example", "A", "b.example", ProofOutcome.NotProven)]
    [InlineData(Nsec3, "b.example", "DS", "b.example", ProofOutcome.Proven)]
    [InlineData(Nsec3, "example", "DS", "example", ProofOutcome.NotProven)]
    [InlineData(Nsec3, "ent.example", "A", "ent.example", ProofOutcome.Proven)]
    [InlineData(Nsec3, "q.w.example", "A", "w.example q.w.example *.w.example", ProofOutcome.Proven)]
    [InlineData(Nsec3, "q.w.example", "MX", "w.example q.w.example *.w.example", ProofOutcome.NotProven)]
    [InlineData(Nsec3, "q.w.example", "A", "w.example *.w.example", ProofOutcome.NotProven)]
    [InlineData(Nsec3, "q.w.example", "A", "w.example q.w.example", ProofOutcome.NotProven)]
    [InlineData(OptOut, "b.example", "DS", "example b.example", ProofOutcome.InsecureOptOut)]
    [InlineData(OptOut, "b.example", "DS", "b.example", ProofOutcome.NotProven)]
    [InlineData(OptOut, "q.w.example", "A", "w.example q.w.example *.w.example", ProofOutcome.InsecureOptOut)]
    public void NODATA(string zone, string name, string type, string owners, object expected)
    {
        CryptoBudget budget = Budget();
        Assert.True(RRType.TryParse(type, out RRType denied));
        Assert.Equal(expected, (object)Denial.OfType(
            Evidence(zone, owners), new DeniedType(DomainName.Parse(name), denied), ref budget));
    }

    [Theory]
    [InlineData(Nsec, "q.w.example", 2, "*.w.example", ProofOutcome.Proven)]
    [InlineData(Nsec, "r.q.w.example", 2, "*.w.example", ProofOutcome.Proven)]
    [InlineData(Nsec, "q.w.example", 2, "d.example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "x.w.example", 2, "*.w.example x.w.example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "q.y.w.example", 2, "x.w.example", ProofOutcome.NotProven)]
    [InlineData(Nsec, "y.w.example", 2, "x.w.example", ProofOutcome.NotProven)]
    [InlineData(Nsec3, "q.w.example", 2, "q.w.example", ProofOutcome.Proven)]
    [InlineData(Nsec3, "r.q.w.example", 2, "q.w.example", ProofOutcome.Proven)]
    [InlineData(Nsec3, "q.x.w.example", 2, "x.w.example q.x.w.example", ProofOutcome.NotProven)]
    [InlineData(Nsec3, "w.example", 2, "w.example", ProofOutcome.NotProven)]
    [InlineData(OptOut, "q.w.example", 2, "q.w.example", ProofOutcome.InsecureOptOut)]
    public void Nothing_closer(string zone, string name, int labels, string owners, object expected)
    {
        CryptoBudget budget = Budget();
        Assert.Equal(expected, (object)Denial.OfCloserName(
            Evidence(zone, owners), DomainName.Parse(name), labels, ref budget));
    }

    [Theory]
    [InlineData(Nsec, "b.example", "b.example", DelegationProof.InsecureDelegation)]
    [InlineData(Nsec, "a.example", "a.example", DelegationProof.NotProven)]
    [InlineData(Nsec, "xx.example", "xx.example", DelegationProof.NoCut)]
    [InlineData(Nsec, "ent.example", "d.example", DelegationProof.NoCut)]
    [InlineData(Nsec, "e.example", "d.example", DelegationProof.NoName)]
    [InlineData(Nsec, "e.example", "xx.example", DelegationProof.NotProven)]
    [InlineData(Nsec, "alias.example", "alias.example", DelegationProof.NotProven)]
    [InlineData(Nsec, "example", "example", DelegationProof.NotProven)]
    [InlineData(Nsec, "q.b.example", "b.example", DelegationProof.NotProven)]
    [InlineData(Nsec3, "b.example", "b.example", DelegationProof.InsecureDelegation)]
    [InlineData(Nsec3, "a.example", "a.example", DelegationProof.NotProven)]
    [InlineData(Nsec3, "xx.example", "xx.example", DelegationProof.NoCut)]
    [InlineData(Nsec3, "ent.example", "ent.example", DelegationProof.NoCut)]
    [InlineData(Nsec3, "e.example", "example e.example", DelegationProof.NoName)]
    [InlineData(Nsec3, "e.example", "e.example", DelegationProof.NotProven)]
    [InlineData(OptOut, "b.example", "example b.example", DelegationProof.InsecureOptOut)]
    [InlineData(OptOut, "a.example", "a.example", DelegationProof.NotProven)]
    public void No_DS(string zone, string name, string owners, object expected)
    {
        CryptoBudget budget = Budget();
        Assert.Equal(expected, (object)Denial.OfDelegationSigner(
            Evidence(zone, owners), DomainName.Parse(name), ref budget));
    }

    [Fact]
    public void Iterations_above_the_limit_make_insecure()
    {
        SignedZone signed = SignedZone.Load("rsasha1-nsec3");
        RRset[] sets = [.. signed.Sets.Where(s => s.Type == RRType.Nsec3)];
        DenialEvidence evidence = DenialEvidence.Collect(
            signed.Origin.Wire, sets, new DnssecPolicy { MaxNsec3Iterations = 11 });
        CryptoBudget budget = Budget();
        DomainName name = DomainName.Parse("e.example");
        Assert.Equal(ProofOutcome.InsecureIterations, Denial.OfName(evidence, name, ref budget));
        Assert.Equal(
            ProofOutcome.InsecureIterations,
            Denial.OfType(evidence, new DeniedType(name, RRType.A), ref budget));
        Assert.Equal(ProofOutcome.InsecureIterations, Denial.OfCloserName(evidence, name, 1, ref budget));
        Assert.Equal(
            DelegationProof.InsecureIterations, Denial.OfDelegationSigner(evidence, name, ref budget));
        Assert.Equal(Budget().HashUnitsLeft, budget.HashUnitsLeft);
    }

    [Fact]
    public void Hashes_end_with_the_budget()
    {
        // 120 labels: each ancestor would be hashed.
        DomainName deep = DomainName.Parse(string.Concat(Enumerable.Repeat("a.", 119)) + "example");
        DenialEvidence evidence = Evidence(Nsec3, "example");
        CryptoBudget budget = Budget();
        Assert.Equal(ProofOutcome.BudgetSpent, Denial.OfName(evidence, deep, ref budget));
        Assert.Equal(0, budget.HashUnitsLeft);
        Assert.Equal(
            ProofOutcome.BudgetSpent,
            Denial.OfType(evidence, new DeniedType(deep, RRType.A), ref budget));
        Assert.Equal(ProofOutcome.BudgetSpent, Denial.OfCloserName(evidence, deep, 1, ref budget));
        Assert.Equal(DelegationProof.BudgetSpent, Denial.OfDelegationSigner(evidence, deep, ref budget));
    }

    // Hashed are the name, the apex, the name's parent and the next closer name; then the wildcard. Each
    // costs a unit: the longest takes four compressions of SHA-1 beside its twelve iterations.
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(119)]
    public void A_name_made_up_of_many_labels_costs_few_hashes(int labels)
    {
        DomainName deep = DomainName.Parse(string.Concat(Enumerable.Repeat("a.", labels - 1)) + "e.example");
        CryptoBudget budget = new() { HashUnitsLeft = 5 };
        Assert.Equal(
            ProofOutcome.Proven,
            Denial.OfName(Evidence(Nsec3, "example e.example *.example"), deep, ref budget));
    }

    [Fact]
    public void A_name_missing_among_its_like_costs_few_hashes()
    {
        CryptoBudget budget = new() { HashUnitsLeft = 4 };
        Assert.Equal(
            ProofOutcome.Proven,
            Denial.OfName(
                Evidence(Nsec3, "y.w.example z.y.w.example *.y.w.example"),
                DomainName.Parse("z.y.w.example"),
                ref budget));
    }

    [Fact]
    public void A_budget_that_ends_before_the_wildcard_is_told()
    {
        CryptoBudget budget = new() { HashUnitsLeft = 2 };
        DenialEvidence evidence = Evidence(Nsec3, "example e.example *.example");
        DomainName name = DomainName.Parse("e.example");
        Assert.Equal(ProofOutcome.BudgetSpent, Denial.OfName(evidence, name, ref budget));
        budget.HashUnitsLeft = 2;
        Assert.Equal(
            ProofOutcome.BudgetSpent,
            Denial.OfType(evidence, new DeniedType(name, RRType.A), ref budget));
    }

    private static ProofOutcome OfName(string zone, string name, string owners)
    {
        CryptoBudget budget = Budget();
        return Denial.OfName(Evidence(zone, owners), DomainName.Parse(name), ref budget);
    }

    private static CryptoBudget Budget() => new() { HashUnitsLeft = 64 };

    // The record of each owner; in an NSEC3 zone the one that matches or covers its hash.
    private static DenialEvidence Evidence(string zone, string owners)
    {
        SignedZone signed = SignedZone.Load(zone);
        List<RRset> sets = [];
        foreach (string owner in owners.Split(' '))
        {
            DomainName name = DomainName.Parse(owner);
            sets.AddRange(signed.Sets.Where(s => s.Type == RRType.Nsec && s.OwnerName == name));
            foreach (RRset set in signed.Sets.Where(s => s.Type == RRType.Nsec3))
            {
                Assert.True(Nsec3Range.TryRead(set, signed.Origin.Wire, out Nsec3Range range));
                NameHash hash = Nsec3Hash.Hash(name.Wire, range.Parameters);
                if (range.Matches(hash) || range.Covers(hash))
                {
                    sets.Add(set);
                }
            }
        }

        return DenialEvidence.Collect(signed.Origin.Wire, [.. sets], new DnssecPolicy());
    }
}
