// How a running server fares, as data.
using System.Collections.Immutable;

namespace Resolver.Server;

/// <summary>The state of a server.</summary>
internal sealed record StatusModel
{
    /// <summary>The program's version.</summary>
    public required string Version { get; init; }

    /// <summary>Seconds since it began to answer.</summary>
    public required double UptimeSeconds { get; init; }

    /// <summary>Addresses answered on.</summary>
    public required ImmutableArray<string> Listen { get; init; }

    /// <summary>Address of the metrics page; null for none.</summary>
    public string? Metrics { get; init; }

    /// <summary>Clients' queries.</summary>
    public required QueryStatus Queries { get; init; }

    /// <summary>Replies by rcode.</summary>
    public required ImmutableSortedDictionary<string, long> Answers { get; init; }

    /// <summary>What is under way.</summary>
    public required FlightStatus InFlight { get; init; }

    /// <summary>The caches.</summary>
    public required CacheStatus Cache { get; init; }

    /// <summary>Name servers by IPv4.</summary>
    public required FamilyStatus Ipv4 { get; init; }

    /// <summary>Name servers by IPv6.</summary>
    public required FamilyStatus Ipv6 { get; init; }

    /// <summary>The clock, when it is behind the last good time; null when it is believed.</summary>
    public ClockStatus? Clock { get; init; }

    /// <summary>Where signatures are not judged (RFC 7646).</summary>
    public required ImmutableArray<NegativeAnchorStatus> NegativeTrustAnchors { get; init; }

    /// <summary>Limits that ended client queries, with how often.</summary>
    public required ImmutableSortedDictionary<string, long> LimitsMet { get; init; }

    /// <summary>The last failed queries, the last one first.</summary>
    public required ImmutableArray<FailureStatus> LastFailures { get; init; }
}

/// <summary>Counts of queries.</summary>
/// <param name="Udp">By UDP.</param>
/// <param name="Tcp">By TCP.</param>
/// <param name="Hits">Answered whole from the cache.</param>
/// <param name="Misses">Not answered so.</param>
/// <param name="Dropped">Deliberately left without reply.</param>
/// <param name="TcpConnections">TCP connections open now.</param>
internal sealed record QueryStatus(
    long Udp, long Tcp, long Hits, long Misses, long Dropped, long TcpConnections);

/// <summary>What is under way.</summary>
/// <param name="Queries">Client queries that wait for their reply.</param>
/// <param name="OldestMs">How long the oldest of them has waited.</param>
/// <param name="Walks">Walks to name servers.</param>
/// <param name="Overdue">Walks that the watchdog had to end, since the start.</param>
internal sealed record FlightStatus(long Queries, double OldestMs, long Walks, long Overdue);

/// <summary>The caches.</summary>
/// <param name="Octets">Octets taken.</param>
/// <param name="Size">Octets that may be taken.</param>
/// <param name="Entries">RRsets, denials, delegations and failures.</param>
/// <param name="Answers">Whole answers.</param>
/// <param name="Evictions">Entries that had to go for others, since the start.</param>
internal sealed record CacheStatus(long Octets, long Size, long Entries, long Answers, long Evictions);

/// <summary>How name servers answer in one address family.</summary>
/// <param name="Exchanges">Exchanges ended.</param>
/// <param name="Replies">Of these, with a reply.</param>
/// <param name="Unreachable">Of these, for which this machine had no way.</param>
/// <param name="LastReplySecondsAgo">Since the last reply; null for none yet.</param>
internal sealed record FamilyStatus(
    long Exchanges, long Replies, long Unreachable, double? LastReplySecondsAgo)
{
    /// <summary>
    /// Whether the family works here, as the resolver judges it by what happened last; null: not known yet.
    /// </summary>
    public bool? Works { get; init; }
}

/// <summary>A clock that is wrong.</summary>
/// <param name="Says">What it says.</param>
/// <param name="LastGood">The time by which signatures are judged instead.</param>
/// <param name="Spared">Domains in which they are not judged meanwhile.</param>
internal sealed record ClockStatus(
    System.DateTimeOffset Says, System.DateTimeOffset LastGood, ImmutableArray<string> Spared);

/// <summary>A negative trust anchor.</summary>
/// <param name="Name">The name.</param>
/// <param name="Until">When it ends; null for one of the configuration.</param>
internal sealed record NegativeAnchorStatus(string Name, System.DateTimeOffset? Until);

/// <summary>A failed query.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type.</param>
/// <param name="SecondsAgo">Since it last failed.</param>
/// <param name="Times">How often it failed while it was kept.</param>
/// <param name="Reason">Why, as the client was told.</param>
internal sealed record FailureStatus(string Name, string Type, double SecondsAgo, int Times, string Reason);
