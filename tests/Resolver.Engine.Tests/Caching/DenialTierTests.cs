// Denials as newcomers and as objects, against a plain map: nobody outside can tell which tier one is in.
using System;
using System.Collections.Generic;
using Resolver.Wire;
using Xunit;
using static Resolver.Engine.Tests.CacheSamples;

namespace Resolver.Engine.Tests;

public sealed class DenialTierTests(ITestOutputHelper output)
{
    private const int Calls = 20_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void From_outside_the_two_tiers_are_one_map(int seed)
    {
        output.WriteLine($"seed {seed}");
        using Run run = new(seed);
        for (int call = 0; call < Calls; call++)
        {
            run.Step();
        }

        output.WriteLine($"{run.Found} found, {run.Missed} not");
        Assert.True(run.Found > 500 && run.Missed > 500);
    }

    [Fact]
    public void A_denial_says_the_same_after_it_was_a_newcomer()
    {
        using ResolverCaches caches = NewCaches();
        RRset proof = Address("proof.test", 300, 1);
        DenialEvidence evidence = new(Soa("test", 300, 300), [proof, proof], SecurityStatus.Unchecked);
        CachedDenial stored = caches.StoreDenial("a.test", DenialKind.NameError, evidence);
        Judgement verdict = new(SecurityStatus.Secure, 200, new Attestation([proof, proof], null));
        CachedDenial settled = caches.Denials.Settle(
            new(Name("a.test"), RRType.A, DenialKind.NameError),
            stored,
            new DenialJudgement(verdict, CutKind.Insecure),
            0);

        Assert.True(caches.Denials.TryGet(Name("A.test"), RRType.Aaaa, 0, out CachedDenial? found));
        Assert.NotSame(settled, found);
        Assert.Equal(DenialKind.NameError, found.Kind);
        Assert.Equal(CutKind.Insecure, found.Cut);
        Assert.Equal(SecurityStatus.Secure, found.Security);
        Assert.Equal(200u, found.RemainingTtl(0));
        Assert.Equal(2, found.Proofs.Length);
        Assert.True(found.Proofs[1].Octets.SequenceEqual(proof.Octets));
        Assert.True(found.Soa.Octets.SequenceEqual(evidence.Soa.Octets));
        Assert.False(found.IsOfReferral);
        Assert.True(caches.Denials.TryGetAncestor(Name("x.a.test"), 0, out _));
    }

    [Fact]
    public void A_proof_beside_a_referral_stays_one()
    {
        using ResolverCaches caches = NewCaches();
        DenialEvidence evidence = new(default, [Address("p.test", 300, 1)], SecurityStatus.Unchecked)
        {
            IsOfReferral = true,
        };
        DenialSubject subject = new(Name("a.test"), RRType.DS, DenialKind.NoData);
        _ = caches.Denials.Store(subject, evidence, 0);

        Assert.True(caches.Denials.TryGetCut(Name("a.test"), 0, out CachedDenial? found));
        Assert.True(found.IsOfReferral && found.Soa.IsEmpty);
        Assert.False(caches.Denials.TryGet(Name("a.test"), RRType.DS, 0, out _));
    }

    private sealed record Denied(
        DenialKind Kind, SecurityStatus Security, long ExpiresAt, CachedDenial Stored);

    private sealed class Run(int seed) : IDisposable
    {
        private readonly Random _random = new(seed);
        private readonly Dictionary<(string, RRType), Denied> _model = [];

        private readonly ResolverCaches _caches = NewCaches();

        private long _now;

        public int Found { get; private set; }

        public int Missed { get; private set; }

        public void Dispose() => _caches.Dispose();

        public void Step()
        {
            _now += _random.Next(4) == 0 ? _random.NextInt64(3 * Second) : 0;
            string name = $"n{_random.Next(12)}.test";
            RRType type = _random.Next(2) == 0 ? RRType.A : RRType.Aaaa;
            switch (_random.Next(8))
            {
                case < 3:
                    Deny(name, type);
                    break;
                case 3:
                    Settle(name, type);
                    break;
                case 4:
                    Exist(name, type);
                    break;
                default:
                    LookUp(name, type);
                    break;
            }
        }

        private SecurityStatus AnyStatus() => (SecurityStatus)_random.Next(5);

        private void Deny(string name, RRType type)
        {
            DenialKind kind = (DenialKind)_random.Next(2);
            RRset[] proofs = new RRset[_random.Next(3)];
            proofs.AsSpan().Fill(Address("proof.test", 300, 1));
            uint ttl = (uint)_random.Next(1, 20);
            DenialEvidence evidence = new(Soa("test", ttl, ttl), proofs, AnyStatus());
            (string, RRType) key = (name, kind == DenialKind.NameError ? DenialCache.AnyType : type);
            Denied? held = _model.GetValueOrDefault(key);
            CachedDenial stored = _caches.Denials.Store(new(Name(name), type, kind), evidence, _now);
            if (IsAhead(held, evidence.Security))
            {
                Assert.Equal(SecurityStatus.Unchecked, stored.Security);
                return;
            }

            if (kind == DenialKind.NoData)
            {
                Contradict(name, DenialCache.AnyType, evidence.Security);
            }

            bool yields = held is null
                || _now >= held.ExpiresAt
                || DataPrecedence.MayContradict(evidence.Security, held.Security);
            if (yields)
            {
                _model[key] = new Denied(kind, evidence.Security, _now + (ttl * Second), stored);
            }

            Assert.Equal(_model[key].Security, stored.Security);
            Assert.Equal(_model[key].ExpiresAt, stored.ExpiresAt);
        }

        // What comes ahead of the end of what was judged waits for its own verdict.
        private bool IsAhead(Denied? held, SecurityStatus candidate) =>
            candidate == SecurityStatus.Unchecked
            && held is not null
            && _now < held.ExpiresAt
            && held.Security is not (SecurityStatus.Unchecked or SecurityStatus.Bogus)
            && held.Stored.IsDue(ResolverLimits.Default, _now);

        private void Settle(string name, RRType type)
        {
            if (!_model.TryGetValue((name, type), out Denied? held)
                || held.Security != SecurityStatus.Unchecked)
            {
                return;
            }

            Judgement verdict = new(AnyStatus(), (uint)_random.Next(1, 20), null);
            CachedDenial settled = _caches.Denials.Settle(
                new(Name(name), type, held.Kind), held.Stored, new DenialJudgement(verdict, default), _now);
            Assert.Equal(verdict.Security, settled.Security);
            if (_now < settled.ExpiresAt)
            {
                Contradict(name, DenialCache.AnyType, verdict.Security);
                _model[(name, type)] = new Denied(held.Kind, verdict.Security, settled.ExpiresAt, settled);
            }
        }

        private void Exist(string name, RRType type)
        {
            RRsetBuilder builder = new();
            builder.Begin(Name(name), type, RRClass.IN);
            builder.Add([192, 0, 2, 1], 1);
            SecurityStatus status = AnyStatus();
            _ = _caches.RRsets.Store(builder.Build(), DataRank.AnswerAuth, status, _now);
            Contradict(name, type, status);
            Contradict(name, DenialCache.AnyType, status);
        }

        private void Contradict(string name, RRType type, SecurityStatus security)
        {
            if (_model.TryGetValue((name, type), out Denied? held)
                && (DataPrecedence.MayContradict(security, held.Security)
                    || (_now >= held.ExpiresAt && security != SecurityStatus.Bogus)))
            {
                _model.Remove((name, type));
            }
        }

        private void LookUp(string name, RRType type)
        {
            Denied? held = Fresh(name, DenialCache.AnyType) ?? Fresh(name, type);
            bool isFound = _caches.Denials.TryGet(Name(name), type, _now, out CachedDenial? found);
            Assert.Equal(held is not null, isFound);
            Assert.Equal(held?.Security, found?.Security);
            Assert.Equal(held?.Kind, found?.Kind);
            Assert.Equal(held?.ExpiresAt, found?.ExpiresAt);
            Found += held is null ? 0 : 1;
            Missed += held is null ? 1 : 0;
        }

        private Denied? Fresh(string name, RRType type) =>
            _model.TryGetValue((name, type), out Denied? held) && _now < held.ExpiresAt ? held : null;
    }
}
