// The keys of [cache].
using System;
using System.Collections.Immutable;

namespace Resolver.Server;

/// <summary>The keys.</summary>
internal static class CacheKeys
{
    private const string Section = "cache";

    /// <summary>In the order of the file.</summary>
    public static ImmutableArray<ConfigurationKey> All { get; } =
    [
        new ConfigurationKey<long>(
            Section,
            "size",
            "\"auto\": the smaller of 256 MiB and a tenth of the memory limit.",
            ValueKinds.CacheSize)
        {
            Read = static c => c.Options.CacheSize,
            With = static (c, v) => c with { Options = c.Options with { CacheSize = v } },
        },
        new ConfigurationKey<TimeSpan>(
            Section, "min-ttl", "Records live at least so long.", ValueKinds.Time(OptionRanges.MinTtl))
        {
            Read = static c => c.Options.MinTtl,
            With = static (c, v) => c with { Options = c.Options with { MinTtl = v } },
        },
        new ConfigurationKey<TimeSpan>(
            Section, "max-ttl", "Records live at most so long.", ValueKinds.Time(OptionRanges.MaxTtl))
        {
            Read = static c => c.Options.MaxTtl,
            With = static (c, v) => c with { Options = c.Options with { MaxTtl = v } },
        },
        new ConfigurationKey<TimeSpan>(
            Section,
            "max-negative-ttl",
            "Denials live at most so long (RFC 2308).",
            ValueKinds.Time(OptionRanges.MaxNegativeTtl))
        {
            Read = static c => c.Options.MaxNegativeTtl,
            With = static (c, v) => c with { Options = c.Options with { MaxNegativeTtl = v } },
        },
        new ConfigurationKey<bool>(
            Section,
            "serve-stale",
            "Answer with expired records when servers cannot be reached (RFC 8767).",
            ValueKinds.Boolean)
        {
            Read = static c => c.Options.ServeStale,
            With = static (c, v) => c with { Options = c.Options with { ServeStale = v } },
        },
        new ConfigurationKey<TimeSpan>(
            Section, "stale-ttl", "The TTL of such answers.", ValueKinds.Time(OptionRanges.StaleTtl))
        {
            Read = static c => c.Options.StaleTtl,
            With = static (c, v) => c with { Options = c.Options with { StaleTtl = v } },
        },
        new ConfigurationKey<TimeSpan>(
            Section,
            "stale-max-age",
            "For how long after its end a record may be given.",
            ValueKinds.Time(OptionRanges.StaleMaxAge))
        {
            Read = static c => c.Options.StaleMaxAge,
            With = static (c, v) => c with { Options = c.Options with { StaleMaxAge = v } },
        },
        new ConfigurationKey<bool>(
            Section, "prefetch", "Fetch popular records anew before they expire.", ValueKinds.Boolean)
        {
            Read = static c => c.Options.Prefetch,
            With = static (c, v) => c with { Options = c.Options with { Prefetch = v } },
        },
    ];
}
