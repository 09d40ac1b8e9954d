// The one logger of a factory, which keeps what it is told, by id.
using System;
using System.Collections.Generic;
using Microsoft.Extensions.Logging;

namespace Resolver.Tests;

internal sealed class LogLines : ILogger, ILoggerFactory
{
    public List<(int Id, string Text)> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) => Lines.Add((eventId.Id, formatter(state, exception)));
}
