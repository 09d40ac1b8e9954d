// How grave an event must be to be logged: changes on reload, while loggers are in use on every thread.
using Microsoft.Extensions.Logging;

namespace Resolver.Server;

/// <summary>The least level that is logged.</summary>
internal sealed class LogThreshold
{
    private volatile int _level;

    /// <summary>Begins with a level.</summary>
    public LogThreshold(LogLevel level) => Level = level;

    /// <summary>The least level.</summary>
    public LogLevel Level
    {
        get => (LogLevel)_level;
        set => _level = (int)value;
    }

    /// <summary>True when an event of that level is to be logged.</summary>
    public bool Passes(LogLevel level) => level >= Level && level != LogLevel.None;
}
