// One line per event: for people with time and level, for systemd's journal, which knows the time, with the
// priority that it reads (sd-daemon(3)).
using System;
using System.Globalization;
using System.IO;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Resolver.Server;

/// <summary>The form of log lines.</summary>
internal sealed class LogLineFormatter : ConsoleFormatter
{
    /// <summary>Its name among formatters.</summary>
    public const string FormatterName = "line";

    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    private readonly TimeProvider _time;
    private readonly bool _isForJournal;

    /// <summary>Lines with the time of <paramref name="time"/>, or with a priority for the journal.</summary>
    public LogLineFormatter(TimeProvider time, bool isForJournal)
        : base(FormatterName)
    {
        _time = time;
        _isForJournal = isForJournal;
    }

    /// <inheritdoc/>
    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (_isForJournal)
        {
            textWriter.Write($"<{PriorityOf(logEntry.LogLevel)}>");
        }
        else
        {
            textWriter.Write(_time.GetUtcNow().ToString(TimeFormat, CultureInfo.InvariantCulture));
            textWriter.Write($" {WordFor(logEntry.LogLevel)}: ");
        }

        string message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write($"{logEntry.Category}[{logEntry.EventId.Id}] {message.ReplaceLineEndings(" ")}");
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(' ');
            textWriter.Write(exception.ToString().ReplaceLineEndings(" "));
        }

        textWriter.WriteLine();
    }

    private static string WordFor(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical or LogLevel.None or _ => "crit",
    };

    // syslog's severities (RFC 5424 §6.2.1).
    private static int PriorityOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => 7,
        LogLevel.Information => 6,
        LogLevel.Warning => 4,
        LogLevel.Error => 3,
        LogLevel.Critical or LogLevel.None or _ => 2,
    };
}
