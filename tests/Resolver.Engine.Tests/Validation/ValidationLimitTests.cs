// Each bound of validation is reached: at it the work goes on, beyond it it ends. The bounds of signatures,
// keys, DS and hashes hold inside Resolver.Dnssec, whose tests reach them; here it is shown that they are the
// configured ones.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Dnssec;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class ValidationLimitTests
{
    private const string Address = "192.0.2.53";

    [Fact]
    public void The_policy_of_the_checks_is_made_of_the_limits()
    {
        DnssecPolicy policy = ValidationPolicy.Of(ResolverLimits.Default with
        {
            MaxKeysPerTag = 2,
            MaxSignaturesPerRRset = 3,
            MaxDelegationSigners = 5,
            MaxNsec3Iterations = 7,
        });
        Assert.Equal(
            (2, 3, 5, 7),
            (policy.MaxKeysPerTag, policy.MaxSignaturesPerRRset,
                policy.MaxDelegationSigners, policy.MaxNsec3Iterations));
    }

    [Fact]
    public void A_budget_holds_as_many_checks_failures_and_hashes_as_the_limits_say()
    {
        WorkBudget budget = new(
            ResolverLimits.Default with
            {
                MaxSignatureChecks = 5,
                MaxSignatureFailures = 2,
                MaxNsec3HashUnits = 9,
            },
            long.MaxValue);
        Assert.Equal(9, budget.Crypto.HashUnitsLeft);
        budget.SpendChecks(1, 1);
        Assert.True(budget.Crypto.MayCheck);
        budget.SpendChecks(1, 1);
        Assert.False(budget.Crypto.MayCheck);
        Assert.Equal(3, budget.Crypto.ChecksLeft);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    public void Unsigned_data_far_below_the_last_known_cut_is_probed_so_many_labels_deep(int limit)
    {
        using EngineRig rig = Signed(new ResolverLimits { MaxCutProbes = limit });
        ChainOfTrust chain = new(new ChainRoom(rig.Options, rig.Engine.Parts));
        DomainName deep = EngineRig.Name(string.Concat(Enumerable.Repeat("a.", 40)));
        int probes = 0;
        Finding? found = chain.OfUnsigned(deep);
        while (found is null)
        {
            probes++;
            (DomainName name, RRType type) = chain.Wanted!.Value;
            chain.Accept(name, type, NoCutAt(name));
            found = chain.OfUnsigned(deep);
        }

        Assert.Equal(limit, probes);
        Assert.Equal(SecurityStatus.Bogus, found.Value.Status);
        Assert.Contains("max-cut-probes", found.Value.Error!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Of_the_zones_that_have_signed_one_set_so_many_are_looked_for(int limit)
    {
        using EngineRig rig = Signed(new ResolverLimits { MaxSignersTried = limit });
        RRsetBuilder builder = new();
        builder.Begin(EngineRig.Name("a.b.c.d.").Wire, RRType.A, RRClass.IN);
        builder.Add([192, 0, 2, 1], 300);
        foreach (string zone in (string[])["a.b.c.d.", "b.c.d.", "c.d.", "d."])
        {
            builder.AddSignature([0, 1, 15, 4, .. new byte[14], .. EngineRig.Name(zone).Wire, 0], 300);
        }

        RRset set = builder.Build();
        CachedRRset entry = rig.Caches.RRsets.Store(
            set, DataRank.AnswerAuth, SecurityStatus.Unchecked, rig.Loop.Time.GetTimestamp());
        LinkOutcome content = new()
        {
            End = LinkEnd.Answer,
            LastName = set.OwnerName,
            Sets = [new AnswerSet(set, entry)],
        };
        Validation validation = new(
            new Question(set.OwnerName, RRType.A, default),
            content,
            new ChainRoom(rig.Options, rig.Engine.Parts));
        List<int> depths = [];
        ValidationStep step = validation.Next(rig.Engine.MakeBudget());
        for (; step.Kind == ValidationStepKind.Need; step = validation.Next(rig.Engine.MakeBudget()))
        {
            depths.Add(step.Needed.Name.LabelCount);
            validation.Accept(step.Needed, NoCutAt(step.Needed.Name));
        }

        // The signers, deepest first; then, whether the set may be unsigned, from the top; last the keys of
        // the zone that should have signed it.
        int[] signers = [.. Enumerable.Range(0, limit).Select(static i => 4 - i)];
        Assert.Equal([.. signers, .. Enumerable.Range(1, 4).Except(signers), 0], depths);
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    public async Task More_checks_at_once_than_the_limit_leave_the_loop(int checks, int offloads)
    {
        ResolverLimits limits = new() { MaxInlineSignatureChecks = 4 };
        TestLoop loop = new();
        SignatureBench bench = new(loop, limits, new EngineCounts());
        ZoneKeys keys = new(
            EngineRig.Set(".", RRType.Dnskey, 300, [1, 0, 3, 13, 1, 2, 3, 4]),
            new FrameworkImporter(),
            new DnssecPolicy());
        List<SubjectCheck> work =
        [
            .. Enumerable.Range(0, checks).Select(
                _ => new SubjectCheck(new Subject(EngineRig.A("a.", Address)), keys, default)),
        ];
        await bench.CheckAsync(work, new SignatureTerms(0, new DnssecPolicy()), new WorkBudget(limits, 0));
        Assert.Equal(offloads, loop.Offloads);
        Assert.All(work, w => Assert.Equal(SignatureVerdict.Missing, w.Subject.Check.Verdict));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Bogus_data_is_asked_of_so_many_other_servers(int retries)
    {
        using EngineRig rig = Signed(new ResolverLimits { MaxBogusRetries = retries });
        Unsigned(rig);
        Trace trace = new(rig.Loop.Time, 1000);
        (ResolutionOutcome outcome, _, _) = rig.Resolve("a.", RRType.A, trace);
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.Equal(SecurityStatus.Bogus, outcome.Security);
        Assert.Equal(retries, trace.Events.Count(e => e.Verdict == "asked elsewhere"));
    }

    [Fact]
    public void A_fault_while_better_data_is_sought_is_told_and_not_the_bogus_data_before()
    {
        using EngineRig rig = Signed(new ResolverLimits { MaxBogusRetries = 2 });
        int asked = 0;
        Unsigned(rig, () => rig.Caches.OnPublish = ++asked != 3 ? null : () =>
        {
            rig.Caches.OnPublish = null;
            throw new InvalidOperationException("no memory");
        });
        (ResolutionOutcome outcome, _, _) = rig.Resolve("a.", RRType.A);
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.Contains("internal error", outcome.Error?.Text, StringComparison.Ordinal);
    }

    // CVE-2026-50045: what is asked again after a failed validation must not begin a budget anew.
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Row_16_what_is_asked_elsewhere_after_bogus_data_is_paid_from_the_same_budget(int exchanges)
    {
        using EngineRig rig = Signed(new ResolverLimits { MaxExchanges = exchanges, MaxBogusRetries = 8 });
        Unsigned(rig);
        (ResolutionOutcome outcome, _, int queries) = rig.Resolve("a.", RRType.A);
        Assert.Equal(Rcode.ServFail, outcome.Rcode);
        Assert.Equal(exchanges, queries);
    }

    [Fact]
    public void Bogus_data_is_kept_for_those_who_take_it_unchecked_no_longer_than_the_limit()
    {
        using EngineRig rig = Signed(new ResolverLimits { MaxBogusTtlMilliseconds = 7000 });
        Unsigned(rig);
        _ = rig.Resolve("a.", RRType.A);
        long now = rig.Loop.Time.GetTimestamp();
        DomainName name = EngineRig.Name("a.");
        Assert.True(rig.Caches.RRsets.TryGet(name.Wire, RRType.A, now, out CachedRRset? kept));
        Assert.Equal((SecurityStatus.Bogus, 7u), (kept.Security, kept.Ttl));
    }

    private static EngineRig Signed(ResolverLimits limits)
    {
        byte[] signer = [0, 1, 13, 2, .. new byte[32]];
        return new EngineRig(
            o => o with
            {
                Limits = limits,
                RootHints =
                [
                    new RootHint(
                        EngineRig.Name("a.root-servers.net."),
                        [.. Enumerable.Range(1, 5).Select(i => InetAddress.Parse($"192.0.2.{i}"))]),
                ],
                Validates = true,
            },
            TrustAnchors.None.With(DomainName.Root, [signer]));
    }

    // Servers of a signed root who give data without signatures.
    private static void Unsigned(EngineRig rig, Action? beforeDenial = null)
    {
        for (int i = 1; i <= 5; i++)
        {
            rig.Servers.Serve($"192.0.2.{i}", q =>
            {
                if (q.Type == RRType.A)
                {
                    return EngineRig.Answer(EngineRig.A("a.", Address));
                }

                beforeDenial?.Invoke();
                return EngineRig.Deny("a.", Rcode.NoError);
            });
        }
    }

    private static LinkOutcome NoCutAt(DomainName name)
    {
        using ResolverCaches caches = new(
            CacheOptions.Default, ResolverLimits.Default, new CryptographicRandomSource());
        DenialSubject subject = new(name.Wire, RRType.DS, DenialKind.NoData);
        CachedDenial denial = caches.Denials.Store(
            subject, new DenialEvidence(EngineRig.Soa("a."), null, SecurityStatus.Unchecked), 0);
        Judgement secure = new(SecurityStatus.Secure, 300, null);
        return new LinkOutcome
        {
            End = LinkEnd.NoData,
            LastName = name,
            Denial = caches.Denials.Settle(subject, denial, new DenialJudgement(secure, CutKind.None), 0),
        };
    }
}
