// The keys of [control], [metrics] and [log].
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Resolver.Server;

/// <summary>The keys.</summary>
internal static class OperationKeys
{
    /// <summary>In the order of the file.</summary>
    public static ImmutableArray<ConfigurationKey> All { get; } =
    [
        new ConfigurationKey<string>(
            "control", "socket", "Path of the socket that status, flush and explain --live use; empty: none.",
            ValueKinds.FilePath)
        {
            Read = static c => c.ControlSocket,
            With = static (c, v) => c with { ControlSocket = v },
        },
        new ConfigurationKey<string>(
            "metrics", "listen", "ADDRESS:PORT of Prometheus text at GET /metrics; empty: none.",
            ValueKinds.EndpointOrNone)
        {
            Read = static c => c.MetricsListen,
            With = static (c, v) => c with { MetricsListen = v },
        },
        new ConfigurationKey<LogLevel>(
            "log",
            "level",
            "Lines on standard error: \"trace\", \"debug\", \"information\", \"warning\", \"error\", "
            + "\"critical\", \"none\".",
            ValueKinds.Choice(
                ("trace", LogLevel.Trace),
                ("debug", LogLevel.Debug),
                ("information", LogLevel.Information),
                ("warning", LogLevel.Warning),
                ("error", LogLevel.Error),
                ("critical", LogLevel.Critical),
                ("none", LogLevel.None)))
        {
            Read = static c => c.LogLevel,
            With = static (c, v) => c with { LogLevel = v },
            IsLive = true,
        },
        new ConfigurationKey<bool>(
            "log", "queries", "A line for every query, whatever the level.", ValueKinds.Boolean)
        {
            Read = static c => c.LogQueries,
            With = static (c, v) => c with { LogQueries = v },
            IsLive = true,
        },
    ];
}
