// The configured times in ticks, and how a TTL becomes a lifetime. One place for all rules about TTLs.
using System;

namespace Resolver.Engine;

/// <summary>A TTL in seconds as it will be shown, and the timestamps it means.</summary>
/// <param name="Ttl">Seconds to live, bounds applied.</param>
/// <param name="StoredAt">Now.</param>
/// <param name="ExpiresAt">The end.</param>
/// <param name="Times">The rules it was made by.</param>
internal readonly record struct Lifetime(uint Ttl, long StoredAt, long ExpiresAt, CacheTimes Times);

/// <summary>The rules of one resolver about TTLs.</summary>
internal sealed class CacheTimes
{
    private readonly uint _minTtl;
    private readonly uint _maxTtl;
    private readonly uint _maxNegativeTtl;
    private readonly long _zeroTtlHold;
    private readonly long _staleMaxAge;

    public CacheTimes(CacheOptions options, ResolverLimits limits)
    {
        _maxTtl = (uint)options.MaxTtl.TotalSeconds;
        _minTtl = Math.Min((uint)options.MinTtl.TotalSeconds, _maxTtl);
        _maxNegativeTtl = Math.Min((uint)options.MaxNegativeTtl.TotalSeconds, _maxTtl);
        _zeroTtlHold = limits.ZeroTtlHoldMilliseconds * TimeSpan.TicksPerMillisecond;
        _staleMaxAge = options.StaleMaxAge.Ticks;
        FirstFailure = limits.FailureTtlMilliseconds * TimeSpan.TicksPerMillisecond;
        StaleRecheck = limits.StaleRecheckMilliseconds * TimeSpan.TicksPerMillisecond;
        MaxFailure = Math.Max(
            FirstFailure, limits.MaxFailureTtlMilliseconds * TimeSpan.TicksPerMillisecond);
    }

    /// <summary>Ticks for which a first failure is remembered.</summary>
    public long FirstFailure { get; }

    /// <summary>The longest that a failure is remembered, in ticks.</summary>
    public long MaxFailure { get; }

    /// <summary>Ticks for which a failure is remembered when old data stands in for it.</summary>
    public long StaleRecheck { get; }

    /// <summary>
    /// Ticks for which data of this TTL may stand in after its end (RFC 8767 §5). TTL 0 is for the
    /// transaction in progress (RFC 1035 §3.2.1) and never outlives it.
    /// </summary>
    public long StaleAge(uint ttl) => ttl == 0 ? 0 : _staleMaxAge;

    /// <summary>The lifetime of an RRset.</summary>
    public Lifetime OfRRset(uint ttl, long now) => Of(Math.Clamp(ttl, _minTtl, _maxTtl), now);

    /// <summary>
    /// The lifetime of a denial (RFC 2308 §5): the least of SOA's TTL, its MINIMUM, and the bounds.
    /// </summary>
    public Lifetime OfDenial(uint soaTtl, uint soaMinimum, long now) =>
        Of(Math.Min(Math.Min(soaTtl, soaMinimum), _maxNegativeTtl), now);

    /// <summary>The latest end of something that is to end at <paramref name="expiresAt"/>.</summary>
    public long Capped(long expiresAt, long now) =>
        Math.Min(expiresAt, now + (_maxTtl * TimeSpan.TicksPerSecond));

    // TTL 0 means "for the transaction in progress" (RFC 1035 §3.2.1). Held for a moment, and shown as 0, so
    // that a crowd that asks for such a name costs one walk and not one each.
    private Lifetime Of(uint ttl, long now) =>
        new(ttl, now, now + (ttl == 0 ? _zeroTtlHold : ttl * TimeSpan.TicksPerSecond), this);
}
