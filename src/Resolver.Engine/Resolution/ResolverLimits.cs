// All bounds of the engine and the transport in one place: name, default, range, reason. A bound written
// anywhere else is an error of review. The numbers and their company: docs of the defaults in src/README.md.

using System.Collections.Immutable;

namespace Resolver.Engine;

/// <summary>
/// The limits of one resolver. Immutable; a value outside its range throws <see
/// cref="System.ArgumentOutOfRangeException"/>.
/// </summary>
public sealed partial record ResolverLimits
{
    /// <summary>The limits as they stand when nothing is configured.</summary>
    public static ResolverLimits Default { get; } = new();

    /// <summary>Every limit by its configuration name, with how to read it and how to set it.</summary>
    public static ImmutableArray<LimitBinding> All => LimitTable.All;

    /// <summary>
    /// Queries to name servers for one question of the tree (CVE-2020-8616 and the CAMP family).
    /// </summary>
    public int MaxExchangesPerQuestion
    {
        get; init => field = LimitTable.MaxExchangesPerQuestion.Check(value);
    } = LimitTable.MaxExchangesPerQuestion.Default;

    /// <summary>Queries to name servers for everything one client query causes (CVE-2026-50045).</summary>
    public int MaxExchanges { get; init => field = LimitTable.MaxExchanges.Check(value); } =
        LimitTable.MaxExchanges.Default;

    /// <summary>Octets received from name servers for one client query.</summary>
    public int MaxUpstreamOctets { get; init => field = LimitTable.MaxUpstreamOctets.Check(value); } =
        LimitTable.MaxUpstreamOctets.Default;

    /// <summary>ms; dig and glibc give up at 5 s.</summary>
    public int QueryDeadlineMilliseconds
    {
        get; init => field = LimitTable.QueryDeadlineMilliseconds.Check(value);
    } = LimitTable.QueryDeadlineMilliseconds.Default;

    /// <summary>Referrals followed for one question (RFC 1034 §5.3.3 asks for a bound).</summary>
    public int MaxReferrals { get; init => field = LimitTable.MaxReferrals.Check(value); } =
        LimitTable.MaxReferrals.Default;

    /// <summary>Resolutions begun on behalf of a resolution: name server addresses (CVE-2020-8616).</summary>
    public int MaxRecursionDepth { get; init => field = LimitTable.MaxRecursionDepth.Check(value); } =
        LimitTable.MaxRecursionDepth.Default;

    /// <inheritdoc cref="LimitTable.MaxWalks"/>
    public int MaxWalks { get; init => field = LimitTable.MaxWalks.Check(value); } =
        LimitTable.MaxWalks.Default;

    /// <summary>Name servers used of one delegation (CVE-2022-3204).</summary>
    public int MaxNameServers { get; init => field = LimitTable.MaxNameServers.Check(value); } =
        LimitTable.MaxNameServers.Default;

    /// <summary>Addresses of one family used of one name server name.</summary>
    public int MaxAddressesPerNameServer
    {
        get; init => field = LimitTable.MaxAddressesPerNameServer.Check(value);
    } = LimitTable.MaxAddressesPerNameServer.Default;

    /// <summary>Name server address look-ups in flight for one delegation (CVE-2020-12662).</summary>
    public int MaxConcurrentAddressFetches
    {
        get; init => field = LimitTable.MaxConcurrentAddressFetches.Check(value);
    } = LimitTable.MaxConcurrentAddressFetches.Default;

    /// <summary>Name server address look-ups for one question (CVE-2020-8616).</summary>
    public int MaxAddressFetches { get; init => field = LimitTable.MaxAddressFetches.Check(value); } =
        LimitTable.MaxAddressFetches.Default;

    /// <summary>CNAME and DNAME links followed for one query.</summary>
    public int MaxAliases { get; init => field = LimitTable.MaxAliases.Check(value); } =
        LimitTable.MaxAliases.Default;

    /// <summary>Extra labels disclosed one by one (RFC 9156 §2.3 MAX_MINIMISE_COUNT).</summary>
    public int MaxMinimisationSteps { get; init => field = LimitTable.MaxMinimisationSteps.Check(value); } =
        LimitTable.MaxMinimisationSteps.Default;

    /// <summary>Of these, steps of one label each (RFC 9156 §2.3 MINIMISE_ONE_LAB).</summary>
    public int MinimisationSingleLabelSteps
    {
        get; init => field = LimitTable.MinimisationSingleLabelSteps.Check(value);
    } = LimitTable.MinimisationSingleLabelSteps.Default;

    /// <summary>ms; wait for a server never heard from.</summary>
    public int FirstTimeoutMilliseconds
    {
        get; init => field = LimitTable.FirstTimeoutMilliseconds.Check(value);
    } = LimitTable.FirstTimeoutMilliseconds.Default;

    /// <summary>ms; floor of the timeout made from round-trip history (RFC 6298 §2.4 in spirit).</summary>
    public int MinTimeoutMilliseconds
    {
        get; init => field = LimitTable.MinTimeoutMilliseconds.Check(value);
    } = LimitTable.MinTimeoutMilliseconds.Default;

    /// <summary>ms; ceiling of that timeout.</summary>
    public int MaxTimeoutMilliseconds
    {
        get; init => field = LimitTable.MaxTimeoutMilliseconds.Check(value);
    } = LimitTable.MaxTimeoutMilliseconds.Default;

    /// <summary>ms; least wait for a server by TCP: a lost SYN is sent again after one second.</summary>
    public int MinTcpTimeoutMilliseconds
    {
        get; init => field = LimitTable.MinTcpTimeoutMilliseconds.Check(value);
    } = LimitTable.MinTcpTimeoutMilliseconds.Default;

    /// <summary>ms; least wait for a late server before another is asked beside it.</summary>
    public int HedgeMilliseconds { get; init => field = LimitTable.HedgeMilliseconds.Check(value); } =
        LimitTable.HedgeMilliseconds.Default;

    /// <summary>Percent of queries beside which another server is asked in the background.</summary>
    public int ProbePercent { get; init => field = LimitTable.ProbePercent.Check(value); } =
        LimitTable.ProbePercent.Default;

    /// <summary>ms; a server not asked for so long is a new one (RFC 6891 §6.2.2).</summary>
    public int ServerMemoryMilliseconds
    {
        get; init => field = LimitTable.ServerMemoryMilliseconds.Check(value);
    } = LimitTable.ServerMemoryMilliseconds.Default;

    /// <summary>Timeouts in a row after which a server is asked only now and then (RFC 9520 §3.2).</summary>
    public int MaxSilence { get; init => field = LimitTable.MaxSilence.Check(value); } =
        LimitTable.MaxSilence.Default;

    /// <summary>ms; longest time for which a silent server is left alone.</summary>
    public int SilencePauseMilliseconds
    {
        get; init => field = LimitTable.SilencePauseMilliseconds.Check(value);
    } = LimitTable.SilencePauseMilliseconds.Default;

    /// <summary>Failures in a row after which IPv4 or IPv6 is held for broken here.</summary>
    public int MaxFamilySilence { get; init => field = LimitTable.MaxFamilySilence.Check(value); } =
        LimitTable.MaxFamilySilence.Default;

    /// <summary>ms; how long a server is not asked for a zone that it turned out not to serve.</summary>
    public int LameMilliseconds { get; init => field = LimitTable.LameMilliseconds.Check(value); } =
        LimitTable.LameMilliseconds.Default;

    /// <summary>ms; a zone whose servers were all lame has them asked again after it.</summary>
    public int LameRetryMilliseconds { get; init => field = LimitTable.LameRetryMilliseconds.Check(value); } =
        LimitTable.LameRetryMilliseconds.Default;

    /// <summary>ms; least time between priming queries when priming fails (RFC 9609 §3.1).</summary>
    public int PrimingPauseMilliseconds
    {
        get; init => field = LimitTable.PrimingPauseMilliseconds.Check(value);
    } = LimitTable.PrimingPauseMilliseconds.Default;

    /// <summary>Datagrams to one address for one question before it is passed over.</summary>
    public int MaxUdpTriesPerServer { get; init => field = LimitTable.MaxUdpTriesPerServer.Check(value); } =
        LimitTable.MaxUdpTriesPerServer.Default;

    /// <summary>TCP attempts to one address for one question.</summary>
    public int MaxTcpTriesPerServer { get; init => field = LimitTable.MaxTcpTriesPerServer.Check(value); } =
        LimitTable.MaxTcpTriesPerServer.Default;

    /// <summary>Replies that do not match before TCP is used (RFC 5452 §9.3).</summary>
    public int MaxMismatches { get; init => field = LimitTable.MaxMismatches.Check(value); } =
        LimitTable.MaxMismatches.Default;

    /// <summary>
    /// Octets; EDNS size announced to servers, below any fragmentation (DNS flag day 2020).
    /// </summary>
    public int UpstreamUdpPayloadSize
    {
        get; init => field = LimitTable.UpstreamUdpPayloadSize.Check(value);
    } = LimitTable.UpstreamUdpPayloadSize.Default;

    /// <summary>Octets; largest datagram sent to a client.</summary>
    public int ClientUdpPayloadSize { get; init => field = LimitTable.ClientUdpPayloadSize.Check(value); } =
        LimitTable.ClientUdpPayloadSize.Default;
    /// <summary>EDNS options read in one message (CVE-2026-41292).</summary>
    public int MaxEdnsOptions { get; init => field = LimitTable.MaxEdnsOptions.Check(value); } =
        LimitTable.MaxEdnsOptions.Default;
    /// <summary>Records kept of one RRset (CVE-2024-1737).</summary>
    public int MaxRecordsPerRRset { get; init => field = LimitTable.MaxRecordsPerRRset.Check(value); } =
        LimitTable.MaxRecordsPerRRset.Default;
    /// <summary>RRsets taken from one reply.</summary>
    public int MaxRRsetsPerReply { get; init => field = LimitTable.MaxRRsetsPerReply.Check(value); } =
        LimitTable.MaxRRsetsPerReply.Default;
    /// <summary>Client queries joined to one resolution (DNSBomb, CVE-2024-33655).</summary>
    public int MaxWaitersPerResolution
    {
        get; init => field = LimitTable.MaxWaitersPerResolution.Check(value);
    } = LimitTable.MaxWaitersPerResolution.Default;
    /// <summary>Resolutions under way in one resolver, all loops together.</summary>
    public int MaxResolutionsInFlight
    {
        get; init => field = LimitTable.MaxResolutionsInFlight.Check(value);
    } = LimitTable.MaxResolutionsInFlight.Default;
    /// <summary>Sockets to name servers open at once, all loops together; the file limit lowers it.</summary>
    public int MaxUpstreamSockets { get; init => field = LimitTable.MaxUpstreamSockets.Check(value); } =
        LimitTable.MaxUpstreamSockets.Default;
    /// <summary>Exchanges on one upstream UDP socket before it is closed.</summary>
    public int MaxSocketUses { get; init => field = LimitTable.MaxSocketUses.Check(value); } =
        LimitTable.MaxSocketUses.Default;
    /// <summary>
    /// UDP sockets without a port that each loop keeps open for the next exchange; 0: none.
    /// </summary>
    public int MaxParkedSockets { get; init => field = LimitTable.MaxParkedSockets.Check(value); } =
        LimitTable.MaxParkedSockets.Default;
    /// <summary>Source ports drawn for one exchange before it is given up (RFC 5452 §9.2).</summary>
    public int MaxPortDraws { get; init => field = LimitTable.MaxPortDraws.Check(value); } =
        LimitTable.MaxPortDraws.Default;
    /// <summary>ms; a connection to a name server is kept for a next query (RFC 7766 §6.2.1).</summary>
    public int UpstreamTcpIdleMilliseconds
    {
        get; init => field = LimitTable.UpstreamTcpIdleMilliseconds.Check(value);
    } = LimitTable.UpstreamTcpIdleMilliseconds.Default;
    /// <summary>Connections to name servers kept per loop without a query.</summary>
    public int MaxUpstreamTcpIdle { get; init => field = LimitTable.MaxUpstreamTcpIdle.Check(value); } =
        LimitTable.MaxUpstreamTcpIdle.Default;
    /// <summary>Exchanges under way on one connection to a name server (RFC 7766 §6.2.1.1).</summary>
    public int MaxUpstreamTcpPipeline
    {
        get; init => field = LimitTable.MaxUpstreamTcpPipeline.Check(value);
    } = LimitTable.MaxUpstreamTcpPipeline.Default;
    /// <summary>Client connections, all loops together.</summary>
    public int MaxTcpConnections { get; init => field = LimitTable.MaxTcpConnections.Check(value); } =
        LimitTable.MaxTcpConnections.Default;
    /// <summary>ms; a client connection without a query is closed after it (RFC 7766 §6.2.3).</summary>
    public int TcpIdleMilliseconds { get; init => field = LimitTable.TcpIdleMilliseconds.Check(value); } =
        LimitTable.TcpIdleMilliseconds.Default;
    /// <summary>ms; a client that does not read its replies is closed after it (CVE-2024-0760).</summary>
    public int TcpWriteMilliseconds { get; init => field = LimitTable.TcpWriteMilliseconds.Check(value); } =
        LimitTable.TcpWriteMilliseconds.Default;
    /// <summary>Queries of one connection being worked on at once (RFC 7766 §6.2.1.1).</summary>
    public int MaxTcpPipeline { get; init => field = LimitTable.MaxTcpPipeline.Check(value); } =
        LimitTable.MaxTcpPipeline.Default;
    /// <summary>
    /// Octets of replies that a client connection may leave unread; at half of it no query is read.
    /// </summary>
    public int MaxTcpOutputOctets { get; init => field = LimitTable.MaxTcpOutputOctets.Check(value); } =
        LimitTable.MaxTcpOutputOctets.Default;
    /// <summary>
    /// The same of all connections together; beyond it each may leave one message (CVE-2024-0760).
    /// </summary>
    public int MaxTcpUnreadOctets { get; init => field = LimitTable.MaxTcpUnreadOctets.Check(value); } =
        LimitTable.MaxTcpUnreadOctets.Default;
    /// <summary>ms; first time to remember a failed resolution (RFC 9520 §3.2).</summary>
    public int FailureTtlMilliseconds
    {
        get; init => field = LimitTable.FailureTtlMilliseconds.Check(value);
    } = LimitTable.FailureTtlMilliseconds.Default;
    /// <summary>ms; that time doubles up to this (RFC 9520 §3.2).</summary>
    public int MaxFailureTtlMilliseconds
    {
        get; init => field = LimitTable.MaxFailureTtlMilliseconds.Check(value);
    } = LimitTable.MaxFailureTtlMilliseconds.Default;
    /// <summary>ms; data with TTL 0 is kept so long, so that a crowd costs one walk.</summary>
    public int ZeroTtlHoldMilliseconds
    {
        get; init => field = LimitTable.ZeroTtlHoldMilliseconds.Check(value);
    } = LimitTable.ZeroTtlHoldMilliseconds.Default;
    /// <summary>ms; a client that waits so long gets the expired answer (RFC 8767 §5).</summary>
    public int StaleAnswerMilliseconds
    {
        get; init => field = LimitTable.StaleAnswerMilliseconds.Check(value);
    } = LimitTable.StaleAnswerMilliseconds.Default;
    /// <summary>ms; after a failure, time until expired data is tried to be renewed again.</summary>
    public int StaleRecheckMilliseconds
    {
        get; init => field = LimitTable.StaleRecheckMilliseconds.Check(value);
    } = LimitTable.StaleRecheckMilliseconds.Default;
    /// <summary>Characters of an extended error's text in a reply (RFC 8914 §2).</summary>
    public int MaxErrorText { get; init => field = LimitTable.MaxErrorText.Check(value); } =
        LimitTable.MaxErrorText.Default;
    /// <summary>Last part of an answer's life in which a hit makes it due for prefetch.</summary>
    public int PrefetchWindowPercent { get; init => field = LimitTable.PrefetchWindowPercent.Check(value); } =
        LimitTable.PrefetchWindowPercent.Default;
    /// <summary>Hits that make an answer popular enough to be prefetched.</summary>
    public int PrefetchMinHits { get; init => field = LimitTable.PrefetchMinHits.Check(value); } =
        LimitTable.PrefetchMinHits.Default;
    /// <summary>Exchanges spent on prefetch for a hundred queries of clients.</summary>
    public int PrefetchAllowancePercent
    {
        get; init => field = LimitTable.PrefetchAllowancePercent.Check(value);
    } = LimitTable.PrefetchAllowancePercent.Default;
    /// <summary>Exchanges with name servers for one prefetch.</summary>
    public int PrefetchMaxExchanges { get; init => field = LimitTable.PrefetchMaxExchanges.Check(value); } =
        LimitTable.PrefetchMaxExchanges.Default;
    /// <summary>Prefetches under way in one resolver, and those that wait on one loop.</summary>
    public int MaxPrefetchesInFlight { get; init => field = LimitTable.MaxPrefetchesInFlight.Check(value); } =
        LimitTable.MaxPrefetchesInFlight.Default;
    /// <summary>Events kept of one trace.</summary>
    public int MaxTraceEvents { get; init => field = LimitTable.MaxTraceEvents.Check(value); } =
        LimitTable.MaxTraceEvents.Default;
}
