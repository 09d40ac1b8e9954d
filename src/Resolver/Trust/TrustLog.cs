// Every message about trust anchors and the clock, with its stable id.
using System;
using Microsoft.Extensions.Logging;

namespace Resolver;

/// <summary>Log messages of trust.</summary>
internal static partial class TrustLog
{
    [LoggerMessage(2001, LogLevel.Error, "{File} is not used: {Reason}. The configured anchors stand.")]
    public static partial void FileRefused(ILogger logger, string file, string reason);

    [LoggerMessage(2002, LogLevel.Error, "{File} could not be written: {Reason}.")]
    public static partial void FileNotWritten(ILogger logger, string file, string reason);

    [LoggerMessage(
        2003,
        LogLevel.Warning,
        "The clock says {Clock}, but signatures proved good at {Floor}: they are judged by the latter until "
        + "the clock is set.")]
    public static partial void ClockIsWrong(ILogger logger, DateTimeOffset clock, DateTimeOffset floor);

    [LoggerMessage(2004, LogLevel.Information, "The clock is believed again: it says {Clock}.")]
    public static partial void ClockIsBelieved(ILogger logger, DateTimeOffset clock);

    [LoggerMessage(
        2008,
        LogLevel.Warning,
        "Until the clock is set, signatures at and below {Names} are not judged, so that a time server can be "
        + "found.")]
    public static partial void TimeServersSpared(ILogger logger, string names);

    [LoggerMessage(2005, LogLevel.Information, "Key {Tag} of {Zone} is {State} (RFC 5011).")]
    public static partial void KeyChanged(ILogger logger, ushort tag, string zone, string state);

    [LoggerMessage(2006, LogLevel.Warning, "The keys of {Zone} could not be refreshed: {Reason}.")]
    public static partial void NotRefreshed(ILogger logger, string zone, string reason);

    [LoggerMessage(
        2007,
        LogLevel.Warning,
        "The configured anchors of {Zone} are others than before: its state begins anew.")]
    public static partial void BegunAnew(ILogger logger, string zone);
}
