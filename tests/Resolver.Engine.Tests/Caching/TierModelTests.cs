// Newcomers and objects together against the model: nobody outside can tell which tier a set is in.
using System;
using System.Collections.Generic;
using Resolver.Wire;
using Xunit;
using static Resolver.Engine.Tests.CacheSamples;

namespace Resolver.Engine.Tests;

/// <summary>Random calls, each compared with what the model says.</summary>
public sealed class TierModelTests(ITestOutputHelper output)
{
    private const int Calls = 30_000;
    private const int StaleSeconds = 60;

    private static readonly string[] Zones = ["one.test", "two.test", "sub.two.test"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void From_outside_the_two_tiers_are_one_map(int seed)
    {
        output.WriteLine($"seed {seed}");
        using Run run = new(seed);
        for (int call = 0; call < Calls; call++)
        {
            run.Step();
        }

        output.WriteLine($"{run.Found} found, {run.Kept} answers kept, {run.Refused} refused");
        Assert.True(run.Found > 1000 && run.Kept > 200 && run.Refused > 200);
    }

    // A set in somebody's hands, as a walk has it.
    private sealed record Handle(string Name, CachedRRset Set, ModelSet Model, int Changes);

    private sealed class Run : IDisposable
    {
        private readonly Random _random;
        private readonly TierModel _model = new();
        private readonly List<Handle> _handles = [];
        private readonly Dictionary<string, (ModelSet Set, int Changes)> _answers = [];
        private readonly ResolverCaches _caches = NewCaches(new CacheOptions
        {
            Size = 16L << 20,
            StaleMaxAge = TimeSpan.FromSeconds(StaleSeconds),
        });

        private long _now;

        public Run(int seed) => _random = new Random(seed);

        public int Found { get; private set; }

        public int Kept { get; private set; }

        public int Refused { get; private set; }

        public void Dispose() => _caches.Dispose();

        public void Step()
        {
            _now += _random.Next(8) == 0 ? _random.NextInt64(5 * Second) : 0;
            switch (_random.Next(20))
            {
                case < 6:
                    Store();
                    break;
                case < 10:
                    LookUp();
                    break;
                case < 12:
                    Settle();
                    break;
                case 12:
                    Deny();
                    break;
                case < 16:
                    Answer();
                    break;
                case < 19:
                    AskForAnswer(AnyName());
                    break;
                default:
                    Flush();
                    break;
            }
        }

        private string AnyName() => $"n{_random.Next(12)}.{Zones[_random.Next(Zones.Length)]}";

        private void Store()
        {
            // One in twelve is too long for a newcomer.
            byte[] data = new byte[_random.Next(12) == 0 ? PlainEntry.MaxBody + 1 : 4];
            data[0] = (byte)_random.Next(3);
            RRsetBuilder builder = new();
            string name = AnyName();
            ModelSet set = new(
                data, (DataRank)_random.Next(1, 6), AnyStatus(), (uint)_random.Next(1, 120), _now);
            builder.Begin(Name(name), RRType.A, RRClass.IN);
            builder.Add(data, set.Ttl);
            CachedRRset stored = _caches.RRsets.Store(builder.Build(), set.Rank, set.Security, _now);
            ModelSet prevails = _model.Put(name, set, null, _now);
            Assert.True(prevails.IsShownBy(stored));
            Hold(name, stored, prevails);
            Assert.True(_caches.Entries >= _model.Count);
        }

        private SecurityStatus AnyStatus() => _random.Next(6) switch
        {
            0 => SecurityStatus.Secure,
            1 => SecurityStatus.Insecure,
            2 => SecurityStatus.Bogus,
            _ => SecurityStatus.Unchecked,
        };

        private void Hold(string name, CachedRRset set, ModelSet model)
        {
            Handle handle = new(name, set, model, _model.ChangesOf(name));
            if (_handles.Count < 30)
            {
                _handles.Add(handle);
            }
            else
            {
                _handles[_random.Next(_handles.Count)] = handle;
            }
        }

        private void LookUp()
        {
            string name = AnyName();
            ModelSet? held = _model.Held(name);
            bool takesStale = _random.Next(2) == 0;
            bool found = takesStale
                ? _caches.RRsets.TryGetStale(Name(name), RRType.A, _now, out CachedRRset? set)
                : _caches.RRsets.TryGet(Name(name.ToUpperInvariant()), RRType.A, _now, out set);
            Assert.Equal(
                held is not null && _now < held.ExpiresAt + (takesStale ? StaleSeconds * Second : 0), found);
            if (found)
            {
                Assert.True(held!.IsShownBy(set!));
                Hold(name, set!, held);
                Found++;
            }
        }

        private void Settle()
        {
            if (AnyHandle() is not { Set.Security: SecurityStatus.Unchecked } handle)
            {
                return;
            }

            Judgement verdict = new(AnyStatus(), (uint)_random.Next(1, 120), null);
            CachedRRset settled = _caches.RRsets.Settle(handle.Set, verdict, _now);
            ModelSet judged = handle.Model with
            {
                Security = verdict.Security,
                Ttl = Math.Min(handle.Model.Ttl, verdict.MaxTtl),
                ExpiresAt = verdict.EndOf(handle.Set, handle.Model.Ttl),
                IsDisplaced = false,
            };
            Assert.True(judged.IsShownBy(settled));
            if (_now < judged.ExpiresAt
                && ReferenceEquals(_model.Put(handle.Name, judged, handle.Model, _now), judged))
            {
                Hold(handle.Name, settled, judged);
            }
        }

        private Handle? AnyHandle() => _handles.Count == 0 ? null : _handles[_random.Next(_handles.Count)];

        private void Deny()
        {
            string name = AnyName();
            DenialEvidence evidence = new(Soa("test", 1, 1), null, AnyStatus());
            _ = _caches.Denials.Store(new(Name(name), RRType.A, DenialKind.NoData), evidence, _now);
            _model.Contradict(name, evidence.Security, _now);
        }

        // Of what was displaced no answer is kept, whoever holds it; of what was not, one is.
        private void Answer()
        {
            if (AnyHandle() is not { } handle || handle.Model.Data.Length > 4)
            {
                return;
            }

            bool isKept = _caches.StoreAnswer(handle.Set, _now);
            bool isFresh = _now < handle.Model.ExpiresAt;
            bool isUnchanged = _model.ChangesOf(handle.Name) == handle.Changes;
            Assert.False(isKept && (!isFresh || handle.Model.IsDisplaced));
            Assert.True(isKept || !isFresh || !isUnchanged);
            Kept += isKept ? 1 : 0;
            Refused += isKept ? 0 : 1;
            if (isKept)
            {
                _answers[handle.Name] = (handle.Model, _model.ChangesOf(handle.Name));
            }

            AskForAnswer(handle.Name);
        }

        private void AskForAnswer(string name)
        {
            bool isHeld = _answers.TryGetValue(name, out (ModelSet Set, int Changes) answer)
                && _now < answer.Set.ExpiresAt
                && _model.ChangesOf(name) == answer.Changes;
            Assert.Equal(isHeld, _caches.HasAnswer(name, _now));
        }

        private void Flush()
        {
            if (_random.Next(20) != 0)
            {
                return;
            }

            string ancestor = _random.Next(4) == 0 ? "test" : AnyName();
            _caches.Flush(DomainName.Parse(ancestor));
            _model.Flush(ancestor, _now);
            _answers.Clear();
            Assert.True(ancestor != "test" || _caches.Entries == 0);
        }
    }
}
