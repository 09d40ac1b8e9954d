// Everything that makes one resolver differ from another, in one immutable value. Numbers that bound work
// stand in Limits. A value outside its range throws when it is set; values that contradict each other throw in
// Check, which composition calls.
using System;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>The options of one resolver. Immutable; the defaults are useful as they are.</summary>
public sealed record ResolverOptions
{
    private static readonly ImmutableArray<AddressPrefix> UnaskedByDefault =
    [
        AddressPrefix.Parse("127.0.0.0/8"),
        AddressPrefix.Parse("::1/128"),
        AddressPrefix.Parse("0.0.0.0/8"),
        AddressPrefix.Parse("::/128"),
    ];

    /// <summary>The network to live in; null for <see cref="ResolverNetwork.System"/>.</summary>
    public ResolverNetwork? Network { get; init; }

    /// <summary>Count of loops (threads); 0 for one per core.</summary>
    public int LoopCount
    {
        get;
        init => field = (int)OptionRanges.LoopCount.Check(value, nameof(LoopCount));
    } = 1;

    /// <summary>The kind of loop.</summary>
    public LoopKind LoopKind { get; init; }

    /// <summary>The text of a root hints file (zone-file form); empty for the built-in copy.</summary>
    public string RootHints { get; init; } = "";

    /// <summary>Whether parents see only the labels that they need (RFC 9156).</summary>
    public QnameMinimization QnameMinimization { get; init; } = QnameMinimization.Relaxed;

    /// <summary>Draw the case of the letters of each query's name, as a check of the reply (0x20).</summary>
    public bool CaseRandomization { get; init; } = true;

    /// <summary>Ask servers by IPv4.</summary>
    public bool UseIPv4 { get; init; } = true;

    /// <summary>Ask servers by IPv6.</summary>
    public bool UseIPv6 { get; init; } = true;

    /// <summary>The port on which name servers are asked.</summary>
    public int UpstreamPort
    {
        get;
        init => field = (int)OptionRanges.Port.Check(value, nameof(UpstreamPort));
    } = 53;

    /// <summary>
    /// Addresses never asked, whether learned from the network or from hints; servers of forward and stub
    /// zones are.
    /// </summary>
    public ImmutableArray<AddressPrefix> DoNotQuery { get; init; } = UnaskedByDefault;

    /// <summary>
    /// Ask a hint for the root's servers at first use, and again when they expire (RFC 9609).
    /// </summary>
    public bool Priming { get; init; } = true;

    /// <summary>Answer the names of RFC 6761, 6303, 7686 and 8375 without asking anybody.</summary>
    public bool SpecialUseNames { get; init; } = true;

    /// <summary>Local addresses to ask from, drawn per query; empty: the system chooses.</summary>
    public ImmutableArray<IPAddress> SourceAddresses { get; init; } = [];

    /// <summary>
    /// Records from the internet with these addresses, HTTPS and SVCB hints included, are removed from
    /// answers (a guard against DNS rebinding); empty: none.
    /// </summary>
    public ImmutableArray<AddressPrefix> PrivateAddresses { get; init; } = [];

    /// <summary>
    /// Domains whose answers may hold private addresses. Forward and stub zones may too, except for ".".
    /// </summary>
    public ImmutableArray<DomainName> PrivateDomains { get; init; } = [];

    /// <summary>
    /// Octets for all caches together; 0: the smaller of 256 MiB and a tenth of the memory limit.
    /// </summary>
    public long CacheSize
    {
        get;
        init => field = value == 0 ? 0 : OptionRanges.CacheSize.Check(value, nameof(CacheSize));
    }

    /// <summary>Records live at least so long.</summary>
    public TimeSpan MinTtl
    {
        get;
        init => field = OptionRanges.MinTtl.Check(value, nameof(MinTtl));
    }

    /// <summary>Records live at most so long.</summary>
    public TimeSpan MaxTtl
    {
        get;
        init => field = OptionRanges.MaxTtl.Check(value, nameof(MaxTtl));
    } = TimeSpan.FromDays(1);

    /// <summary>Denials live at most so long (RFC 2308 §5).</summary>
    public TimeSpan MaxNegativeTtl
    {
        get;
        init => field = OptionRanges.MaxNegativeTtl.Check(value, nameof(MaxNegativeTtl));
    } = TimeSpan.FromHours(1);

    /// <summary>Answer with expired records when servers cannot be reached (RFC 8767).</summary>
    public bool ServeStale { get; init; } = true;

    /// <summary>The TTL put into such answers.</summary>
    public TimeSpan StaleTtl
    {
        get;
        init => field = OptionRanges.StaleTtl.Check(value, nameof(StaleTtl));
    } = TimeSpan.FromSeconds(30);

    /// <summary>For how long after its end a record may still be given.</summary>
    public TimeSpan StaleMaxAge
    {
        get;
        init => field = OptionRanges.StaleMaxAge.Check(value, nameof(StaleMaxAge));
    } = TimeSpan.FromDays(1);

    /// <summary>Fetch popular records anew before they expire.</summary>
    public bool Prefetch { get; init; } = true;

    /// <summary>Judge signatures (RFC 4035).</summary>
    public bool Validation { get; init; } = true;

    /// <summary>
    /// Texts with DS or DNSKEY records (zone-file form); empty for the built-in anchors of the root.
    /// </summary>
    public ImmutableArray<string> TrustAnchors { get; init; } = [];

    /// <summary>
    /// The folder in which the state of trust anchors (RFC 5011) and the last good time are kept; empty: the
    /// anchors stand as they are given.
    /// </summary>
    public string StateDirectory { get; init; } = "";

    /// <summary>Domains in which signatures are not judged (RFC 7646).</summary>
    public ImmutableArray<DomainName> NegativeTrustAnchors { get; init; } = [];

    /// <summary>
    /// Domains in which signatures are not judged while the clock is behind the last good time that
    /// <see cref="StateDirectory"/> keeps, so that a machine without a clock of its own finds a time server.
    /// By default the pool that most systems ask, whose zone is not signed: nothing is given away.
    /// </summary>
    public ImmutableArray<DomainName> TimeServers { get; init; } = [DomainName.Parse("pool.ntp.org.")];

    /// <summary>Deny names from ranges already proven (RFC 8198).</summary>
    public bool AggressiveNsec { get; init; } = true;

    /// <summary>
    /// Recursive servers to ask for a zone and everything below it. Of forward zones, stub zones and built-in
    /// names the most specific wins.
    /// </summary>
    public ImmutableArray<ZoneServers> ForwardZones { get; init; } = [];

    /// <summary>
    /// Authoritative servers to ask for a zone; the walk goes on from there through their referrals.
    /// </summary>
    public ImmutableArray<ZoneServers> StubZones { get; init; } = [];

    /// <summary>The answer to id.server in class CH (RFC 4892); empty: refused.</summary>
    public string Identity { get; init; } = "";

    /// <summary>
    /// Secrets of DNS cookies (RFC 9018), 32 hexadecimal digits each: the first makes them, those of the
    /// others are still taken; empty: one is drawn at the start.
    /// </summary>
    public ImmutableArray<string> CookieSecrets { get; init; } = [];

    /// <summary>
    /// Queries of one client (an IPv4 address, an IPv6 /64) that are answered in a second; 0: no bound.
    /// Beyond it a datagram without a cookie is answered with TC or not at all, other queries are refused.
    /// </summary>
    public int ClientQueriesPerSecond
    {
        get;
        init => field = (int)OptionRanges.ClientQueriesPerSecond.Check(value, nameof(ClientQueriesPerSecond));
    }

    /// <summary>The answer to version.bind in class CH; empty: refused.</summary>
    public string Version { get; init; } = "";

    /// <summary>The bounds of all work.</summary>
    public ResolverLimits Limits { get; init; } = ResolverLimits.Default;

    /// <summary>Who makes the meter of this resolver's metrics; null: the resolver makes its own.</summary>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>Where to log.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>
    /// Throws when options contradict each other.
    /// </summary>
    internal void Check()
    {
        if (!UseIPv4 && !UseIPv6)
        {
            throw new ArgumentException("IPv4 and IPv6 are both off: no server can be asked.");
        }

        if (MinTtl > MaxTtl)
        {
            throw new ArgumentException("The least TTL is above the greatest.");
        }

        CheckZones();
    }

    private void CheckZones()
    {
        ZoneServers[] zones = [.. ForwardZones, .. StubZones];
        if (zones.FirstOrDefault(static z => z.Servers.IsDefaultOrEmpty) is { } empty)
        {
            throw new ArgumentException($"The zone {empty.Zone} has no servers.");
        }

        if (zones.FirstOrDefault(static z => z.Servers.Any(static s => s.Port == 0)) is { } closed)
        {
            throw new ArgumentException($"A server of the zone {closed.Zone} has port 0.");
        }

        if (zones.GroupBy(static z => z.Zone).FirstOrDefault(static g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The zone {twice.Key} has two entries.");
        }
    }
}
