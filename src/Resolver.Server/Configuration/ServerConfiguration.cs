// The whole configuration of the program as one immutable value, swapped whole on reload. What the library
// can do by itself stands in Options; the rest is the program's own.
using System.Collections.Immutable;
using System.Linq;
using System.Net;
using Microsoft.Extensions.Logging;

namespace Resolver.Server;

/// <summary>
/// The program's configuration; the defaults are useful as they are, and never an open resolver.
/// </summary>
internal sealed record ServerConfiguration
{
    private static readonly ImmutableArray<string> PrivateNetworks =
    [
        "127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
        "fe80::/10",
        "fc00::/7",
    ];

    /// <summary>What is in force when nothing is configured.</summary>
    public static ServerConfiguration Default { get; } = new();

    /// <summary>Addresses to listen on, UDP and TCP.</summary>
    public ImmutableArray<IPEndPoint> Listen { get; init; } =
        [new IPEndPoint(IPAddress.Loopback, 53), new IPEndPoint(IPAddress.IPv6Loopback, 53)];

    /// <summary>
    /// True while nobody chose the list: an address of it that this machine lacks is then no error.
    /// </summary>
    public bool IsListenDefault { get; init; } = true;

    /// <summary>Count of loops; 0 for one per core.</summary>
    public int Threads { get; init; }

    /// <summary>Who may ask.</summary>
    public ImmutableArray<AddressPrefix> Allow { get; init; } =
        [.. PrivateNetworks.Select(AddressPrefix.Parse)];

    /// <summary>The folder of trust anchor state and time floor; empty: none kept.</summary>
    public string StateDirectory { get; init; } = "";

    /// <summary>The file of the cookie secret; empty: random at start.</summary>
    public string CookieSecret { get; init; } = "";

    /// <summary>The file of root hints; empty: the built-in copy.</summary>
    public string RootHintsFile { get; init; } = "";

    /// <summary>Files with DS or DNSKEY records; empty: the built-in anchors of the root.</summary>
    public ImmutableArray<string> TrustAnchorFiles { get; init; } = [];

    /// <summary>The path of the control socket; empty: none.</summary>
    public string ControlSocket { get; init; } = "";

    /// <summary>ADDRESS:PORT of the metrics page; empty: none.</summary>
    public string MetricsListen { get; init; } = "";

    /// <summary>What is worth a line on standard error.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary>Log every query.</summary>
    public bool LogQueries { get; init; }

    /// <summary>
    /// What the library is told; network, loops and logging are added when a resolver is made.
    /// </summary>
    public ResolverOptions Options { get; init; } = new();
}
