// Every message the engine logs, with its stable id.
using System;
using Microsoft.Extensions.Logging;

namespace Resolver.Engine;

/// <summary>Log messages of the engine.</summary>
internal static partial class EngineLog
{
    /// <summary>An invariant was broken; the resolution failed, the server goes on.</summary>
    [LoggerMessage(1001, LogLevel.Critical, "Resolution of {Question} ended in an internal error")]
    public static partial void Fault(ILogger logger, string question, Exception fault);

    /// <summary>A resolution outlived its deadline, which nothing should; the watchdog ended it.</summary>
    [LoggerMessage(
        1004, LogLevel.Critical, "Resolution of {Question} outlived its deadline and was ended. {Steps}")]
    public static partial void Overdue(ILogger logger, string question, string steps);

    /// <summary>An exception reached the root of a loop's callback.</summary>
    [LoggerMessage(1003, LogLevel.Critical, "A loop caught an internal error")]
    public static partial void LoopFault(ILogger logger, Exception fault);

    /// <summary>Priming failed; the hints are used as they are.</summary>
    [LoggerMessage(1002, LogLevel.Warning, "Priming failed ({Reason}); the root hints are used as they are")]
    public static partial void PrimingFailed(ILogger logger, string reason);
}
