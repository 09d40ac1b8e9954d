// Collects what the resolver logs as errors: a broken invariant or an exception at the root of a callback.
using System;
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Resolver.Fuzz;

/// <summary>A logger factory that keeps errors and nothing else.</summary>
internal sealed class FaultLog : ILoggerFactory, ILogger
{
    /// <summary>The errors with their exceptions.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Faults.Enqueue($"{formatter(state, exception)}: {exception}");
        }
    }

    public void Dispose()
    {
    }
}
