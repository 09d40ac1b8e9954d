// Every line that the program itself logs, with stable ids.
using System;
using Microsoft.Extensions.Logging;

namespace Resolver.Server;

/// <summary>The program's log messages.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(
        1, LogLevel.Warning, "Not listening on {Address}, which is in the default list: {Reason}.")]
    public static partial void SkippedDefault(ILogger log, string address, string reason);

    [LoggerMessage(2, LogLevel.Information, "Answering on {Addresses}.")]
    public static partial void Listening(ILogger log, string addresses);

    [LoggerMessage(3, LogLevel.Information, "The configuration was read again.")]
    public static partial void Reloaded(ILogger log);

    [LoggerMessage(4, LogLevel.Error, "The configuration was not read again, the old one stays: {Problem}")]
    public static partial void ReloadRefused(ILogger log, string problem);

    [LoggerMessage(5, LogLevel.Warning, "A change of {Key} takes effect at the next start.")]
    public static partial void WaitsForStart(ILogger log, string key);

    [LoggerMessage(6, LogLevel.Information, "Stopping.")]
    public static partial void Stopping(ILogger log);

    [LoggerMessage(9, LogLevel.Error, "A request on the control socket met an internal error.")]
    public static partial void ControlFault(ILogger log, Exception exception);

    [LoggerMessage(10, LogLevel.Information, "Metrics on http://{Address}/metrics.")]
    public static partial void MetricsListening(ILogger log, string address);

    [LoggerMessage(
        11, LogLevel.Warning, "The metrics on {Address} can be read by everyone who reaches that address.")]
    public static partial void MetricsOpen(ILogger log, string address);

    [LoggerMessage(
        12,
        LogLevel.Warning,
        "Negative trust anchor at {Name}: signatures are not judged there until {End:u}.")]
    public static partial void NegativeAnchorBegun(ILogger log, string name, DateTimeOffset end);

    [LoggerMessage(13, LogLevel.Warning, "The negative trust anchor at {Name} was removed.")]
    public static partial void NegativeAnchorEnded(ILogger log, string name);

    [LoggerMessage(7, LogLevel.Warning, "{Warning}")]
    public static partial void Warned(ILogger log, string warning);

    [LoggerMessage(
        8, LogLevel.Critical, "Reloading failed in a way that it should not; the old configuration stays.")]
    public static partial void ReloadFailed(ILogger log, Exception exception);
}
