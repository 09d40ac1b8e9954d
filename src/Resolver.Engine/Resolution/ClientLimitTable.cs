// The rows of LimitTable that keep one client, or one zone, from taking what others need.
using System.Collections.Immutable;

namespace Resolver.Engine;

/// <summary>The rows on fair shares.</summary>
internal static class ClientLimitTable
{
    public static readonly Limit MaxWaitingQueries = new(
        "max-waiting-queries", 10000, 16, 1000000,
        "Client queries that wait for a reply, all loops together; once half are taken, "
        + "each client has a share.");

    public static readonly Limit PatienceMilliseconds = new(
        "patience-ms", 1000, 100, 60000,
        "ms; when all places for waiting queries are taken, one that has waited so long "
        + "gives way to a new one.");

    public static readonly Limit MaxResolutionsPerSlowZone = new(
        "max-resolutions-per-slow-zone", 100, 1, 1000000,
        "Resolutions under way at the servers of one zone while these are slow "
        + "(random subdomains).");

    public static readonly Limit MaxResolutionsPerDeadZone = new(
        "max-resolutions-per-dead-zone", 10, 1, 1000000,
        "The same while the last resolutions there heard nothing from any server "
        + "(RFC 9520 in spirit).");

    public static readonly Limit SlowZoneMilliseconds = new(
        "slow-zone-ms", 500, 50, 10000,
        "ms; a zone is slow when resolutions stay longer with its servers.");

    public static readonly Limit MaxLateReplies = new(
        "max-late-replies", 100, 1, 1000000,
        "Datagrams in any 10 ms to one client whose address is not proven, "
        + "of replies that are late; more wait (DNSBomb, CVE-2024-33655).");

    public static readonly Limit LateReplyMilliseconds = new(
        "late-reply-ms", 100, 1, 10000,
        "ms; a reply that took longer is late, so that such replies may be let pile up.");

    /// <summary>
    /// These rows with their properties. Last, as static fields are made in the order of the text.
    /// </summary>
    public static ImmutableArray<LimitBinding> All { get; } =
    [
        new(MaxWaitingQueries,
            static l => l.MaxWaitingQueries,
            static (l, v) => l with { MaxWaitingQueries = v }),
        new(PatienceMilliseconds,
            static l => l.PatienceMilliseconds,
            static (l, v) => l with { PatienceMilliseconds = v }),
        new(MaxResolutionsPerSlowZone,
            static l => l.MaxResolutionsPerSlowZone,
            static (l, v) => l with { MaxResolutionsPerSlowZone = v }),
        new(MaxResolutionsPerDeadZone,
            static l => l.MaxResolutionsPerDeadZone,
            static (l, v) => l with { MaxResolutionsPerDeadZone = v }),
        new(SlowZoneMilliseconds,
            static l => l.SlowZoneMilliseconds,
            static (l, v) => l with { SlowZoneMilliseconds = v }),
        new(MaxLateReplies,
            static l => l.MaxLateReplies,
            static (l, v) => l with { MaxLateReplies = v }),
        new(LateReplyMilliseconds,
            static l => l.LateReplyMilliseconds,
            static (l, v) => l with { LateReplyMilliseconds = v }),
    ];
}
