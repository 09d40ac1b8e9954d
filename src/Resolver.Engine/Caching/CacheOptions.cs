// What a user may set about the caches. Bounds that are no matter of taste live in ResolverLimits.
using System;

namespace Resolver.Engine;

/// <summary>Sizes and times of the caches of one resolver; configuration section <c>[cache]</c>.</summary>
internal sealed record CacheOptions
{
    /// <summary>The least size that can be worked with.</summary>
    public const long MinSize = 1L << 20;

    private const long AutomaticCeiling = 256L << 20;

    /// <summary>As it stands when nothing is configured.</summary>
    public static CacheOptions Default { get; } = new();

    /// <summary>Octets for all stores together.</summary>
    public long Size
    {
        get;
        init => field = value >= MinSize
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Size), value, "at least 1 MiB");
    } = AutomaticCeiling;

    /// <summary>RRsets live at least so long, whatever their TTL says.</summary>
    public TimeSpan MinTtl { get; init => field = CheckTtl(value, nameof(MinTtl)); } = TimeSpan.Zero;

    /// <summary>RRsets and delegations live at most so long (RFC 8767 §4 allows a cap).</summary>
    public TimeSpan MaxTtl { get; init => field = CheckTtl(value, nameof(MaxTtl)); } = TimeSpan.FromDays(1);

    /// <summary>Denials live at most so long (RFC 2308 §5).</summary>
    public TimeSpan MaxNegativeTtl { get; init => field = CheckTtl(value, nameof(MaxNegativeTtl)); }
        = TimeSpan.FromHours(1);

    /// <summary>How long after its end an RRset may still be served (RFC 8767 §5).</summary>
    public TimeSpan StaleMaxAge { get; init => field = CheckTtl(value, nameof(StaleMaxAge)); }
        = TimeSpan.FromDays(1);

    /// <summary>
    /// The size meant by "auto": a tenth of the memory that the process may use, at most 256 MiB.
    /// </summary>
    public static long AutomaticSize(long memoryLimit) =>
        Math.Clamp(memoryLimit / 10, MinSize, AutomaticCeiling);

    private static TimeSpan CheckTtl(TimeSpan value, string name) =>
        value >= TimeSpan.Zero && value.TotalSeconds <= int.MaxValue
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "0 to 2^31-1 seconds (RFC 2181 §8)");
}
