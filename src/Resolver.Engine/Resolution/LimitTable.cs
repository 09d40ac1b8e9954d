// The table behind ResolverLimits: one row per bound, and how configuration sets it without reflection.
using System.Collections.Immutable;

namespace Resolver.Engine;

/// <summary>The rows.</summary>
internal static class LimitTable
{
    public static readonly Limit MaxExchangesPerQuestion = new(
        "max-exchanges-per-question", 64, 4, 1024,
        "Queries to name servers for one question of the tree (CVE-2020-8616 and the CAMP family).");

    public static readonly Limit MaxExchanges = new(
        "max-exchanges", 128, 4, 4096,
        "Queries to name servers for everything one client query causes (CVE-2026-50045).");

    public static readonly Limit MaxUpstreamOctets = new(
        "max-upstream-octets", 131072, 4096, 16777216,
        "Octets received from name servers for one client query.");

    public static readonly Limit QueryDeadlineMilliseconds = new(
        "query-deadline-ms", 4500, 200, 60000,
        "ms; dig and glibc give up at 5 s.");

    public static readonly Limit MaxReferrals = new(
        "max-referrals", 32, 1, 130,
        "Referrals followed for one question (RFC 1034 §5.3.3 asks for a bound).");

    public static readonly Limit MaxRecursionDepth = new(
        "max-recursion-depth", 7, 1, 32,
        "Resolutions begun on behalf of a resolution: name server addresses (CVE-2020-8616).");

    public static readonly Limit MaxWalks = new(
        "max-walks", 256, 8, 8192,
        "Resolutions begun for one client query; delegations in the cache make them cost no query (CAMP).");

    public static readonly Limit MaxNameServers = new(
        "max-name-servers", 13, 1, 64,
        "Name servers used of one delegation (CVE-2022-3204).");

    public static readonly Limit MaxAddressesPerNameServer = new(
        "max-addresses-per-name-server", 6, 1, 32,
        "Addresses of one family used of one name server name.");

    public static readonly Limit MaxConcurrentAddressFetches = new(
        "max-concurrent-address-fetches", 3, 1, 16,
        "Name server address look-ups in flight for one delegation (CVE-2020-12662).");

    public static readonly Limit MaxAddressFetches = new(
        "max-address-fetches", 10, 1, 64,
        "Name server address look-ups for one question (CVE-2020-8616).");

    public static readonly Limit MaxAliases = new(
        "max-aliases", 10, 1, 32,
        "CNAME and DNAME links followed for one query.");

    public static readonly Limit MaxMinimisationSteps = new(
        "max-minimisation-steps", 10, 0, 32,
        "Extra labels disclosed one by one (RFC 9156 §2.3 MAX_MINIMISE_COUNT).");

    public static readonly Limit MinimisationSingleLabelSteps = new(
        "minimisation-single-label-steps", 4, 0, 32,
        "Of these, steps of one label each (RFC 9156 §2.3 MINIMISE_ONE_LAB).");

    public static readonly Limit FirstTimeoutMilliseconds = new(
        "first-timeout-ms", 400, 50, 5000,
        "ms; wait for a server never heard from.");

    public static readonly Limit MinTimeoutMilliseconds = new(
        "min-timeout-ms", 50, 10, 1000,
        "ms; floor of the timeout made from round-trip history (RFC 6298 §2.4 in spirit).");
    public static readonly Limit MaxTimeoutMilliseconds = new(
        "max-timeout-ms", 3000, 500, 30000,
        "ms; ceiling of that timeout.");
    public static readonly Limit MinTcpTimeoutMilliseconds = new(
        "min-tcp-timeout-ms", 1500, 100, 10000,
        "ms; least wait for a server by TCP: a lost SYN is sent again after one second.");
    public static readonly Limit HedgeMilliseconds = new(
        "hedge-ms", 150, 10, 5000,
        "ms; least wait for a late server before another is asked beside it, at no more than two at once.");
    public static readonly Limit ProbePercent = new(
        "probe-percent", 5, 0, 50,
        "Percent of queries beside which another server is asked in the background, to know its round trip.");
    public static readonly Limit ServerMemoryMilliseconds = new(
        "server-memory-ms", 900000, 1000, 86400000,
        "ms; a server not asked for so long is a new one; what it cannot do is tried again (RFC 6891).");
    public static readonly Limit MaxSilence = new(
        "max-silence", 5, 2, 32,
        "Timeouts in a row after which a server is asked only now and then (RFC 9520 §3.2).");
    public static readonly Limit SilencePauseMilliseconds = new(
        "silence-pause-ms", 8000, 100, 300000,
        "ms; longest time for which a silent server is left alone; it begins at an eighth and doubles.");
    public static readonly Limit MaxFamilySilence = new(
        "max-family-silence", 4, 2, 32,
        "Failures in a row after which IPv4 or IPv6 is held for broken here, and asked in the background.");
    public static readonly Limit LameMilliseconds = new(
        "lame-ms", 900000, 1000, 86400000,
        "ms; how long a server is not asked for a zone that it turned out not to serve.");
    public static readonly Limit LameRetryMilliseconds = new(
        "lame-retry-ms", 5000, 100, 900000,
        "ms; a zone whose servers all turned out not to serve it has them asked again after it.");
    public static readonly Limit PrimingPauseMilliseconds = new(
        "priming-pause-ms", 10000, 1000, 3600000,
        "ms; least time between priming queries when priming fails (RFC 9609 §3.1).");
    public static readonly Limit MaxUdpTriesPerServer = new(
        "max-udp-tries-per-server", 2, 1, 8,
        "Datagrams to one address for one question before it is passed over.");
    public static readonly Limit MaxTcpTriesPerServer = new(
        "max-tcp-tries-per-server", 1, 1, 4,
        "TCP attempts to one address for one question.");
    public static readonly Limit MaxMismatches = new(
        "max-mismatches", 3, 1, 64,
        "Replies that do not match before TCP is used (RFC 5452 §9.3).");
    public static readonly Limit UpstreamUdpPayloadSize = new(
        "upstream-udp-payload-size", 1232, 512, 4096,
        "Octets; EDNS size announced to servers, below any fragmentation (DNS flag day 2020).");
    public static readonly Limit ClientUdpPayloadSize = new(
        "client-udp-payload-size", 1232, 512, 4096,
        "Octets; largest datagram sent to a client.");
    public static readonly Limit MaxEdnsOptions = new(
        "max-edns-options", 32, 4, 256,
        "EDNS options read in one message (CVE-2026-41292).");
    public static readonly Limit MaxRecordsPerRRset = new(
        "max-records-per-rrset", 256, 16, 4096,
        "Records kept of one RRset (CVE-2024-1737).");
    public static readonly Limit MaxRRsetsPerReply = new(
        "max-rrsets-per-reply", 128, 16, 1024,
        "RRsets taken from one reply.");
    public static readonly Limit MaxWaitersPerResolution = new(
        "max-waiters-per-resolution", 1000, 1, 100000,
        "Client queries joined to one resolution (DNSBomb, CVE-2024-33655).");
    public static readonly Limit MaxResolutionsInFlight = new(
        "max-resolutions-in-flight", 10000, 16, 1000000,
        "Resolutions under way in one resolver, all loops together.");
    public static readonly Limit MaxUpstreamSockets = new(
        "max-upstream-sockets", 8192, 16, 65536,
        "Sockets to name servers open at once, all loops together; the file limit lowers it.");
    public static readonly Limit MaxSocketUses = new(
        "max-socket-uses", 16, 1, 64,
        "Exchanges on one upstream UDP socket before it is closed.");
    public static readonly Limit MaxParkedSockets = new(
        "max-parked-sockets", 256, 0, 32768,
        "UDP sockets without a port that each loop keeps open for the next exchange; 0: none.");
    public static readonly Limit MaxPortDraws = new(
        "max-port-draws", 64, 4, 1024,
        "Source ports drawn for one exchange before it is given up (RFC 5452 §9.2).");
    public static readonly Limit UpstreamTcpIdleMilliseconds = new(
        "upstream-tcp-idle-ms", 5000, 0, 60000,
        "ms; a connection to a name server is kept for a next query (RFC 7766 §6.2.1).");
    public static readonly Limit MaxUpstreamTcpIdle = new(
        "max-upstream-tcp-idle", 64, 0, 4096,
        "Connections to name servers kept per loop without a query.");
    public static readonly Limit MaxUpstreamTcpPipeline = new(
        "max-upstream-tcp-pipeline", 32, 1, 1024,
        "Exchanges under way on one connection to a name server (RFC 7766 §6.2.1.1).");
    public static readonly Limit MaxTcpConnections = new(
        "max-tcp-connections", 1024, 1, 100000,
        "Client connections, all loops together.");
    public static readonly Limit TcpIdleMilliseconds = new(
        "tcp-idle-ms", 10000, 100, 600000,
        "ms; a client connection without a query is closed after it (RFC 7766 §6.2.3).");
    public static readonly Limit TcpWriteMilliseconds = new(
        "tcp-write-ms", 5000, 100, 600000,
        "ms; a client that does not read its replies is closed after it (CVE-2024-0760).");
    public static readonly Limit MaxTcpPipeline = new(
        "max-tcp-pipeline", 100, 1, 10000,
        "Queries of one connection being worked on at once (RFC 7766 §6.2.1.1).");
    public static readonly Limit MaxTcpOutputOctets = new(
        "max-tcp-output-octets", 524288, 131072, 16777216,
        "Octets of replies unread by a client connection; at half of it no further query is read.");
    public static readonly Limit MaxTcpUnreadOctets = new(
        "max-tcp-unread-octets", 16777216, 1048576, 1073741824,
        "The same of all connections together; beyond it each may leave one message (CVE-2024-0760).");
    public static readonly Limit FailureTtlMilliseconds = new(
        "failure-ttl-ms", 5000, 1000, 300000,
        "ms; first time to remember a failed resolution (RFC 9520 §3.2).");
    public static readonly Limit MaxFailureTtlMilliseconds = new(
        "max-failure-ttl-ms", 300000, 1000, 300000,
        "ms; that time doubles up to this (RFC 9520 §3.2).");
    public static readonly Limit ZeroTtlHoldMilliseconds = new(
        "zero-ttl-hold-ms", 1000, 0, 1000,
        "ms; data with TTL 0 is kept so long, so that a crowd costs one walk (RFC 1035 §3.2.1 in spirit).");
    public static readonly Limit StaleAnswerMilliseconds = new(
        "stale-answer-ms", 1800, 0, 60000,
        "ms; a client that waits so long gets the expired answer (RFC 8767 §5, client response timer).");
    public static readonly Limit StaleRecheckMilliseconds = new(
        "stale-recheck-ms", 30000, 1000, 300000,
        "ms; after a failure, time until expired data is tried to be renewed again (RFC 8767 §5).");
    public static readonly Limit MaxErrorText = new(
        "max-error-text", 240, 0, 500,
        "Characters of an extended error's text in a reply (RFC 8914 §2).");
    public static readonly Limit PrefetchWindowPercent = new(
        "prefetch-window-percent", 10, 1, 50,
        "Last part of an answer's life in which a hit makes it due for prefetch.");
    public static readonly Limit PrefetchMinHits = new(
        "prefetch-min-hits", 3, 1, 255,
        "Hits that make an answer popular enough to be prefetched.");
    public static readonly Limit PrefetchAllowancePercent = new(
        "prefetch-allowance-percent", 5, 0, 100,
        "Exchanges spent on prefetch for a hundred queries of clients, over the resolver's life.");
    public static readonly Limit PrefetchMaxExchanges = new(
        "prefetch-max-exchanges", 16, 1, 128,
        "Exchanges with name servers for one prefetch.");
    public static readonly Limit MaxPrefetchesInFlight = new(
        "max-prefetches-in-flight", 32, 1, 1024,
        "Prefetches under way in one resolver, and those that wait on one loop.");
    public static readonly Limit MaxTraceEvents = new(
        "max-trace-events", 2000, 100, 100000,
        "Events kept of one trace.");

    /// <summary>All rows with their properties. Last: static fields are made in this order.</summary>
    public static ImmutableArray<LimitBinding> All { get; } =
    [
        new(MaxExchangesPerQuestion,
            static l => l.MaxExchangesPerQuestion, static (l, v) => l with { MaxExchangesPerQuestion = v }),
        new(MaxExchanges,
            static l => l.MaxExchanges, static (l, v) => l with { MaxExchanges = v }),
        new(MaxUpstreamOctets,
            static l => l.MaxUpstreamOctets, static (l, v) => l with { MaxUpstreamOctets = v }),
        new(QueryDeadlineMilliseconds, static l => l.QueryDeadlineMilliseconds,
            static (l, v) => l with { QueryDeadlineMilliseconds = v }),
        new(MaxReferrals,
            static l => l.MaxReferrals, static (l, v) => l with { MaxReferrals = v }),
        new(MaxRecursionDepth,
            static l => l.MaxRecursionDepth, static (l, v) => l with { MaxRecursionDepth = v }),
        new(MaxWalks, static l => l.MaxWalks, static (l, v) => l with { MaxWalks = v }),
        new(MaxNameServers,
            static l => l.MaxNameServers, static (l, v) => l with { MaxNameServers = v }),
        new(MaxAddressesPerNameServer, static l => l.MaxAddressesPerNameServer,
            static (l, v) => l with { MaxAddressesPerNameServer = v }),
        new(MaxConcurrentAddressFetches, static l => l.MaxConcurrentAddressFetches,
            static (l, v) => l with { MaxConcurrentAddressFetches = v }),
        new(MaxAddressFetches,
            static l => l.MaxAddressFetches, static (l, v) => l with { MaxAddressFetches = v }),
        new(MaxAliases,
            static l => l.MaxAliases, static (l, v) => l with { MaxAliases = v }),
        new(MaxMinimisationSteps,
            static l => l.MaxMinimisationSteps, static (l, v) => l with { MaxMinimisationSteps = v }),
        new(MinimisationSingleLabelSteps, static l => l.MinimisationSingleLabelSteps,
            static (l, v) => l with { MinimisationSingleLabelSteps = v }),
        new(FirstTimeoutMilliseconds,
            static l => l.FirstTimeoutMilliseconds, static (l, v) => l with { FirstTimeoutMilliseconds = v }),
        new(MinTimeoutMilliseconds,
            static l => l.MinTimeoutMilliseconds, static (l, v) => l with { MinTimeoutMilliseconds = v }),
        new(MaxTimeoutMilliseconds,
            static l => l.MaxTimeoutMilliseconds, static (l, v) => l with { MaxTimeoutMilliseconds = v }),
        new(MinTcpTimeoutMilliseconds, static l => l.MinTcpTimeoutMilliseconds,
            static (l, v) => l with { MinTcpTimeoutMilliseconds = v }),
        new(HedgeMilliseconds, static l => l.HedgeMilliseconds,
            static (l, v) => l with { HedgeMilliseconds = v }),
        new(ProbePercent, static l => l.ProbePercent,
            static (l, v) => l with { ProbePercent = v }),
        new(ServerMemoryMilliseconds, static l => l.ServerMemoryMilliseconds,
            static (l, v) => l with { ServerMemoryMilliseconds = v }),
        new(MaxSilence, static l => l.MaxSilence,
            static (l, v) => l with { MaxSilence = v }),
        new(SilencePauseMilliseconds, static l => l.SilencePauseMilliseconds,
            static (l, v) => l with { SilencePauseMilliseconds = v }),
        new(MaxFamilySilence, static l => l.MaxFamilySilence,
            static (l, v) => l with { MaxFamilySilence = v }),
        new(LameMilliseconds,
            static l => l.LameMilliseconds, static (l, v) => l with { LameMilliseconds = v }),
        new(LameRetryMilliseconds, static l => l.LameRetryMilliseconds,
            static (l, v) => l with { LameRetryMilliseconds = v }),
        new(PrimingPauseMilliseconds,
            static l => l.PrimingPauseMilliseconds, static (l, v) => l with { PrimingPauseMilliseconds = v }),
        new(MaxUdpTriesPerServer,
            static l => l.MaxUdpTriesPerServer, static (l, v) => l with { MaxUdpTriesPerServer = v }),
        new(MaxTcpTriesPerServer,
            static l => l.MaxTcpTriesPerServer, static (l, v) => l with { MaxTcpTriesPerServer = v }),
        new(MaxMismatches,
            static l => l.MaxMismatches, static (l, v) => l with { MaxMismatches = v }),
        new(UpstreamUdpPayloadSize,
            static l => l.UpstreamUdpPayloadSize, static (l, v) => l with { UpstreamUdpPayloadSize = v }),
        new(ClientUdpPayloadSize,
            static l => l.ClientUdpPayloadSize, static (l, v) => l with { ClientUdpPayloadSize = v }),
        new(MaxEdnsOptions,
            static l => l.MaxEdnsOptions, static (l, v) => l with { MaxEdnsOptions = v }),
        new(MaxRecordsPerRRset,
            static l => l.MaxRecordsPerRRset, static (l, v) => l with { MaxRecordsPerRRset = v }),
        new(MaxRRsetsPerReply,
            static l => l.MaxRRsetsPerReply, static (l, v) => l with { MaxRRsetsPerReply = v }),
        new(MaxWaitersPerResolution,
            static l => l.MaxWaitersPerResolution, static (l, v) => l with { MaxWaitersPerResolution = v }),
        new(MaxResolutionsInFlight,
            static l => l.MaxResolutionsInFlight, static (l, v) => l with { MaxResolutionsInFlight = v }),
        new(MaxUpstreamSockets,
            static l => l.MaxUpstreamSockets, static (l, v) => l with { MaxUpstreamSockets = v }),
        new(MaxSocketUses,
            static l => l.MaxSocketUses, static (l, v) => l with { MaxSocketUses = v }),
        new(MaxParkedSockets,
            static l => l.MaxParkedSockets, static (l, v) => l with { MaxParkedSockets = v }),
        new(MaxPortDraws,
            static l => l.MaxPortDraws, static (l, v) => l with { MaxPortDraws = v }),
        new(UpstreamTcpIdleMilliseconds, static l => l.UpstreamTcpIdleMilliseconds,
            static (l, v) => l with { UpstreamTcpIdleMilliseconds = v }),
        new(MaxUpstreamTcpIdle,
            static l => l.MaxUpstreamTcpIdle, static (l, v) => l with { MaxUpstreamTcpIdle = v }),
        new(MaxUpstreamTcpPipeline,
            static l => l.MaxUpstreamTcpPipeline, static (l, v) => l with { MaxUpstreamTcpPipeline = v }),
        new(MaxTcpConnections,
            static l => l.MaxTcpConnections, static (l, v) => l with { MaxTcpConnections = v }),
        new(TcpIdleMilliseconds,
            static l => l.TcpIdleMilliseconds, static (l, v) => l with { TcpIdleMilliseconds = v }),
        new(TcpWriteMilliseconds,
            static l => l.TcpWriteMilliseconds, static (l, v) => l with { TcpWriteMilliseconds = v }),
        new(MaxTcpPipeline,
            static l => l.MaxTcpPipeline, static (l, v) => l with { MaxTcpPipeline = v }),
        new(MaxTcpOutputOctets,
            static l => l.MaxTcpOutputOctets, static (l, v) => l with { MaxTcpOutputOctets = v }),
        new(MaxTcpUnreadOctets,
            static l => l.MaxTcpUnreadOctets, static (l, v) => l with { MaxTcpUnreadOctets = v }),
        new(FailureTtlMilliseconds,
            static l => l.FailureTtlMilliseconds, static (l, v) => l with { FailureTtlMilliseconds = v }),
        new(MaxFailureTtlMilliseconds, static l => l.MaxFailureTtlMilliseconds,
            static (l, v) => l with { MaxFailureTtlMilliseconds = v }),
        new(ZeroTtlHoldMilliseconds,
            static l => l.ZeroTtlHoldMilliseconds, static (l, v) => l with { ZeroTtlHoldMilliseconds = v }),
        new(StaleAnswerMilliseconds,
            static l => l.StaleAnswerMilliseconds, static (l, v) => l with { StaleAnswerMilliseconds = v }),
        new(StaleRecheckMilliseconds,
            static l => l.StaleRecheckMilliseconds, static (l, v) => l with { StaleRecheckMilliseconds = v }),
        new(MaxErrorText,
            static l => l.MaxErrorText, static (l, v) => l with { MaxErrorText = v }),
        new(PrefetchWindowPercent,
            static l => l.PrefetchWindowPercent, static (l, v) => l with { PrefetchWindowPercent = v }),
        new(PrefetchMinHits,
            static l => l.PrefetchMinHits, static (l, v) => l with { PrefetchMinHits = v }),
        new(PrefetchAllowancePercent,
            static l => l.PrefetchAllowancePercent, static (l, v) => l with { PrefetchAllowancePercent = v }),
        new(PrefetchMaxExchanges,
            static l => l.PrefetchMaxExchanges, static (l, v) => l with { PrefetchMaxExchanges = v }),
        new(MaxPrefetchesInFlight,
            static l => l.MaxPrefetchesInFlight, static (l, v) => l with { MaxPrefetchesInFlight = v }),
        new(MaxTraceEvents,
            static l => l.MaxTraceEvents, static (l, v) => l with { MaxTraceEvents = v }),
        .. ClientLimitTable.All,
        .. OperationLimitTable.All,
        .. ServerLimitTable.All,
        .. ValidationLimitTable.All,
    ];
}
