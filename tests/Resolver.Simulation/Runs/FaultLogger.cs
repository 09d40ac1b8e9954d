// Hears what the resolver logs: a critical message is a flaw of its own, which servers and networks must not
// be able to bring about. What anomalies throw is not counted: it must only be logged.
using System;
using System.Collections.Generic;
using Microsoft.Extensions.Logging;

namespace Resolver.Simulation;

/// <summary>A logger that keeps critical messages.</summary>
internal sealed class FaultLogger : ILoggerFactory, ILogger
{
    /// <summary>The messages.</summary>
    public List<string> Faults { get; } = [];

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && exception is not InjectedFault)
        {
            Faults.Add($"{formatter(state, exception)}: {exception}");
        }
    }
}
