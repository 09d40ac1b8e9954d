// RFC 9520 §3.2: failures are remembered, longer each time, and forgotten.
using System;
using Resolver.Wire;
using Xunit;
using static Resolver.Engine.Tests.CacheSamples;

namespace Resolver.Engine.Tests;

public sealed class FailureCacheTests : IDisposable
{
    private static readonly ExtendedError Reason = new(ExtendedErrorCode.NoReachableAuthority, "");

    private readonly ResolverCaches _caches = NewCaches();

    public void Dispose() => _caches.Dispose();

    [Fact]
    public void A_failure_is_remembered_for_its_type_and_with_its_reason()
    {
        _ = Store(0);

        long last = (5 * Second) - 1;
        Assert.True(_caches.Failures.TryGet(Name("BAD.test"), RRType.A, last, out CachedFailure? found));
        Assert.Same(Reason, found.Reason);
        Assert.False(_caches.Failures.TryGet(Name("bad.test"), RRType.Aaaa, 0, out _));
        Assert.False(_caches.Failures.TryGet(Name("bad.test"), RRType.A, 5 * Second, out _));
    }

    [Fact]
    public void Failure_after_failure_is_remembered_twice_as_long_up_to_the_bound()
    {
        long now = 0;
        foreach (int expected in (int[])[5, 10, 20, 40, 80, 160, 300, 300])
        {
            CachedFailure stored = Store(now);
            Assert.Equal(expected, stored.Remembered.TotalSeconds);
            now = stored.ExpiresAt;
        }
    }

    [Fact]
    public void First_and_longest_memory_are_what_the_limits_say()
    {
        using ResolverCaches caches = NewCaches(
            limits: new ResolverLimits { FailureTtlMilliseconds = 2000, MaxFailureTtlMilliseconds = 3000 });
        CachedFailure first = caches.Failures.Store(Name("bad.test"), RRType.A, Reason, 0);
        CachedFailure second = caches.Failures.Store(Name("bad.test"), RRType.A, Reason, first.ExpiresAt);

        Assert.Equal(2, first.Remembered.TotalSeconds);
        Assert.Equal(3, second.Remembered.TotalSeconds);
    }

    [Fact]
    public void The_same_failure_reported_by_several_does_not_count_twice()
    {
        CachedFailure first = Store(0);

        Assert.Same(first, Store(Second));
        Assert.Equal(5 * Second, first.ExpiresAt);
    }

    [Fact]
    public void After_a_rest_as_long_as_the_memory_it_begins_anew()
    {
        _ = Store(0);
        CachedFailure second = Store(5 * Second);
        CachedFailure third = Store(second.ExpiresAt + (10 * Second));

        Assert.Equal(10, second.Remembered.TotalSeconds);
        Assert.Equal(5, third.Remembered.TotalSeconds);
    }

    [Fact]
    public void A_success_forgets()
    {
        _ = Store(0);
        _caches.Failures.Forget(Name("bad.test"), RRType.A);

        Assert.False(_caches.Failures.TryGet(Name("bad.test"), RRType.A, 0, out _));
        Assert.Equal(5, Store(Second).Remembered.TotalSeconds);
    }

    private CachedFailure Store(long now) => _caches.Failures.Store(Name("bad.test"), RRType.A, Reason, now);
}
