// The lines of the log as people and the journal get them: one line each, whatever is told.
using System;
using System.IO;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class LogLineFormatterTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 6, TimeSpan.Zero);

    [Theory]
    [InlineData(LogLevel.Trace, "trce", 7)]
    [InlineData(LogLevel.Debug, "dbug", 7)]
    [InlineData(LogLevel.Information, "info", 6)]
    [InlineData(LogLevel.Warning, "warn", 4)]
    [InlineData(LogLevel.Error, "fail", 3)]
    [InlineData(LogLevel.Critical, "crit", 2)]
    public void A_line_has_time_and_level_and_for_the_journal_its_priority(
        LogLevel level, string word, int priority)
    {
        string line = Format(level, "told", null, false);
        Assert.Equal($"2026-01-02T03:04:05.006Z {word}: Resolver[7] told\n", line);
        Assert.Equal($"<{priority}>Resolver[7] told\n", Format(level, "told", null, true));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Line_ends_in_a_message_and_an_exception_begin_no_line(bool isForJournal)
    {
        InvalidOperationException exception = new("two\r\nlines");
        string line = Format(LogLevel.Error, "also\ntwo", exception, isForJournal);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        Assert.Contains(
            "also two System.InvalidOperationException: two lines", line, StringComparison.Ordinal);
    }

    private static string Format(LogLevel level, string message, Exception? exception, bool isForJournal)
    {
        using StringWriter writer = new() { NewLine = "\n" };
        LogEntry<string> entry = new(
            level, "Resolver", new EventId(7), message, exception, static (m, _) => m);
        new LogLineFormatter(new FakeTimeProvider(Now), isForJournal).Write(entry, null, writer);
        return writer.ToString();
    }
}
