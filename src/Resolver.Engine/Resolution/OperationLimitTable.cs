// The rows of LimitTable on what is kept, watched and told for operators.
using System.Collections.Immutable;

namespace Resolver.Engine;

/// <summary>The rows on operations.</summary>
internal static class OperationLimitTable
{
    public static readonly Limit MaxBriefTraceEvents = new(
        "max-brief-trace-events", 48, 16, 1000,
        "Last steps kept of each client query under way, for the case that it fails.");

    public static readonly Limit MaxKeptFailures = new(
        "max-kept-failures", 100, 0, 10000,
        "Failed queries whose traces are kept, the last ones; 0: none.");

    public static readonly Limit MaxKeptFailureOctets = new(
        "max-kept-failure-octets", 1048576, 16384, 268435456,
        "Octets that these traces may take together.");

    public static readonly Limit WatchdogMilliseconds = new(
        "watchdog-ms", 1000, 100, 60000,
        "ms; a resolution that outlives its deadline by so long is ended, counted and logged.");

    public static readonly Limit MaxMetricsConnections = new(
        "max-metrics-connections", 16, 1, 1000,
        "Connections to the metrics page: a scraper or two, and a person with a browser.");

    public static readonly Limit MaxControlConnections = new(
        "max-control-connections", 8, 1, 100,
        "Connections served at once on the control socket: a person's terminals.");

    public static readonly Limit MaxLogLinesWaiting = new(
        "max-log-lines-waiting", 10000, 100, 1000000,
        "Lines of the log that wait for a terminal that does not read; more are left out.");

    public static readonly Limit GatherMicroseconds = new(
        "gather-us", 50, 0, 1000,
        "us for which a loop that gets more than 40,000 queries a second lets them gather, so that they "
        + "share system calls and replies to one client share a way (Linux); 0: never.");

    /// <summary>
    /// These rows with their properties. Last, as static fields are made in the order of the text.
    /// </summary>
    public static ImmutableArray<LimitBinding> All { get; } =
    [
        new(MaxBriefTraceEvents,
            static l => l.MaxBriefTraceEvents, static (l, v) => l with { MaxBriefTraceEvents = v }),
        new(MaxKeptFailures,
            static l => l.MaxKeptFailures, static (l, v) => l with { MaxKeptFailures = v }),
        new(MaxKeptFailureOctets,
            static l => l.MaxKeptFailureOctets, static (l, v) => l with { MaxKeptFailureOctets = v }),
        new(WatchdogMilliseconds,
            static l => l.WatchdogMilliseconds, static (l, v) => l with { WatchdogMilliseconds = v }),
        new(MaxMetricsConnections,
            static l => l.MaxMetricsConnections, static (l, v) => l with { MaxMetricsConnections = v }),
        new(MaxControlConnections,
            static l => l.MaxControlConnections, static (l, v) => l with { MaxControlConnections = v }),
        new(MaxLogLinesWaiting,
            static l => l.MaxLogLinesWaiting, static (l, v) => l with { MaxLogLinesWaiting = v }),
        new(GatherMicroseconds,
            static l => l.GatherMicroseconds, static (l, v) => l with { GatherMicroseconds = v }),
    ];
}
