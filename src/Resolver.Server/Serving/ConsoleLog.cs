// The loggers of serve: lines on standard error. Composed by hand: a container makes the same objects by
// reflection, which was nearly half of the time from exec to the first answer (bench/README.md).
using System;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Resolver.Engine;

namespace Resolver.Server;

/// <summary>Makes loggers that write to standard error.</summary>
internal static class ConsoleLog
{
    // What IOptionsMonitor asks of its type.
    private const DynamicallyAccessedMemberTypes Constructor =
        DynamicallyAccessedMemberTypes.PublicParameterlessConstructor;

    /// <summary>
    /// Loggers for what passes the threshold, and for queries; disposing waits for the last line.
    /// </summary>
    public static LoggerFactory Create(LogThreshold threshold, ResolverLimits limits, LogLineFormatter lines)
    {
        LoggerFilterOptions filter = new() { MinLevel = LogLevel.Trace };
        filter.Rules.Add(new LoggerFilterRule(
            providerName: null,
            categoryName: null,
            logLevel: null,
            (_, category, level) => threshold.Passes(level) || category == QueryLog.Category));
        LoggerFactory loggers = new([], new Settled<LoggerFilterOptions>(filter));
#pragma warning disable CA2000 // The factory disposes what is added to it.
        loggers.AddProvider(new ConsoleLoggerProvider(
            new Settled<ConsoleLoggerOptions>(OptionsFor(limits)), [lines]));
#pragma warning restore CA2000
        return loggers;
    }

    /// <summary>
    /// A terminal that does not read must not hold up answers; what is left out is told.
    /// </summary>
    internal static ConsoleLoggerOptions OptionsFor(ResolverLimits limits) => new()
    {
        FormatterName = LogLineFormatter.FormatterName,
        LogToStandardErrorThreshold = LogLevel.Trace,
        QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite,
        MaxQueueLength = limits.MaxLogLinesWaiting,
    };

    // Options that nobody changes.
    private sealed class Settled<[DynamicallyAccessedMembers(Constructor)] T>(T value) : IOptionsMonitor<T>
    {
        public T CurrentValue => value;

        public T Get(string? name) => value;

        public IDisposable? OnChange(Action<T, string?> listener) => null;
    }
}
