// The fast lane of the caches is held at 0 octets by counting, not by vigilance.
using System;
using Resolver.Wire;
using Xunit;
using static Resolver.Engine.Tests.CacheSamples;

namespace Resolver.Engine.Tests;

/// <summary>Looking up allocates nothing, found or not.</summary>
public sealed class CacheAllocationTests : IDisposable
{
    private const int Rounds = 1000;

    private readonly ResolverCaches _caches = NewCaches();
    private readonly byte[] _known = Name("www.Example.com");
    private readonly byte[] _unknown = Name("x.unknown.test");
    private readonly byte[] _copy = new byte[4096];

    public CacheAllocationTests()
    {
        CachedRRset part = _caches.StoreAddress("www.example.com", 1, (300, DataRank.AnswerAuth, 0));
        _ = _caches.StoreAnswer(part, 0);
        _ = _caches.StoreDenial(
            "no.example.com", DenialKind.NameError, new(Soa("example.com", 900, 300), null, default));
        _ = _caches.Delegations.Store(NewDelegation(".", 300 * Second), 0);
        _ = _caches.Failures.Store(
            Name("bad.test"), RRType.A, new ExtendedError(ExtendedErrorCode.Other, ""), 0);
    }

    public void Dispose() => _caches.Dispose();

    [Fact]
    public void Looking_up_rrsets_allocates_nothing() => AssertFree(() =>
        _caches.RRsets.TryGet(_known, RRType.A, 0, out _)
        ^ _caches.RRsets.TryGet(_unknown, RRType.A, 0, out _)
        ^ _caches.RRsets.TryGetStale(_known, RRType.A, 0, out _));

    [Fact]
    public void Looking_up_denials_and_failures_allocates_nothing() => AssertFree(() =>
        _caches.Denials.TryGet(_known, RRType.A, 0, out _)
        ^ _caches.Failures.TryGet(_unknown, RRType.A, 0, out _));

    [Fact]
    public void Looking_up_delegations_allocates_nothing() => AssertFree(() =>
        _caches.Delegations.TryGetClosest(_known, 0, out _)
        ^ _caches.Delegations.TryGetStrictlyAbove(_unknown, 0, out _));

    [Fact]
    public void Looking_up_answers_allocates_nothing() => AssertFree(() =>
        _caches.Answers.TryCopy(_caches.Answers.Key(_known), 7 * Second, _copy, out _)
        ^ _caches.Answers.TryCopy(_caches.Answers.Key(_unknown), 0, _copy, out _));

    [Fact]
    public void Storing_an_answer_allocates_nothing_once_its_memory_is_there()
    {
        Assert.True(_caches.RRsets.TryGet(_known, RRType.A, 0, out CachedRRset? part));
        byte[] message = [.. Answer(part, 0)];
        AssertFree(() => _caches.Answers.Store(_caches.Answers.Key(_known), message, [part], 0));
    }

    // The runtime itself allocates now and then on whatever thread it finds (tiering, statistics): what costs
    // something by itself costs it in every window, so one window without cost proves that it does not.
    private static void AssertFree(Func<bool> work)
    {
        const int Windows = 8;
        bool any = false;
        long least = long.MaxValue;
        for (int window = 0; window <= Windows && least > 0; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Rounds; i++)
            {
                any ^= work();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(least == 0, $"{least} octets in {Rounds} rounds ({any})");
    }
}
