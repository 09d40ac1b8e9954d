// The limits on what is kept, watched and told for operators; their rows are in OperationLimitTable.
namespace Resolver.Engine;

/// <content>Operations.</content>
public sealed partial record ResolverLimits
{
    /// <summary>Last steps kept of each client query under way, for the case that it fails.</summary>
    public int MaxBriefTraceEvents
    {
        get; init => field = OperationLimitTable.MaxBriefTraceEvents.Check(value);
    } = OperationLimitTable.MaxBriefTraceEvents.Default;

    /// <summary>Failed queries whose traces are kept, the last ones; 0: none.</summary>
    public int MaxKeptFailures
    {
        get; init => field = OperationLimitTable.MaxKeptFailures.Check(value);
    } = OperationLimitTable.MaxKeptFailures.Default;

    /// <summary>Octets that these traces may take together.</summary>
    public int MaxKeptFailureOctets
    {
        get; init => field = OperationLimitTable.MaxKeptFailureOctets.Check(value);
    } = OperationLimitTable.MaxKeptFailureOctets.Default;

    /// <summary>ms; a resolution that outlives its deadline by so long is ended.</summary>
    public int WatchdogMilliseconds
    {
        get; init => field = OperationLimitTable.WatchdogMilliseconds.Check(value);
    } = OperationLimitTable.WatchdogMilliseconds.Default;

    /// <summary>Connections to the metrics page: a scraper or two, and a person with a browser.</summary>
    public int MaxMetricsConnections
    {
        get; init => field = OperationLimitTable.MaxMetricsConnections.Check(value);
    } = OperationLimitTable.MaxMetricsConnections.Default;

    /// <summary>Connections served at once on the control socket: a person's terminals.</summary>
    public int MaxControlConnections
    {
        get; init => field = OperationLimitTable.MaxControlConnections.Check(value);
    } = OperationLimitTable.MaxControlConnections.Default;

    /// <summary>Lines of the log that wait for a terminal that does not read; more are left out.</summary>
    public int MaxLogLinesWaiting
    {
        get; init => field = OperationLimitTable.MaxLogLinesWaiting.Check(value);
    } = OperationLimitTable.MaxLogLinesWaiting.Default;

    /// <summary>
    /// µs for which a loop that gets more than 40,000 queries a second lets them gather; 0: never.
    /// </summary>
    public int GatherMicroseconds
    {
        get; init => field = OperationLimitTable.GatherMicroseconds.Check(value);
    } = OperationLimitTable.GatherMicroseconds.Default;
}
