// Words for what kept a reply from coming, as extended errors and walks tell it.
using System;

namespace Resolver.Engine;

/// <summary>Names the ends of an exchange.</summary>
internal static class ExchangeTrouble
{
    /// <summary>What happened, in a few words.</summary>
    public static string Describe(ExchangeStatus status) => status switch
    {
        ExchangeStatus.TimedOut => "timed out",
        ExchangeStatus.Unreachable => "unreachable",
        ExchangeStatus.ConnectionRefused => "refused the connection",
        ExchangeStatus.ConnectionClosed => "closed the connection",
        ExchangeStatus.TooManyMismatches => "too many replies that do not match",
        ExchangeStatus.WrongReply => "sent a reply to another question",
        ExchangeStatus.SocketsExhausted => "no socket left, limit max-upstream-sockets met",
        ExchangeStatus.Stopped => "stopping",
        ExchangeStatus.Reply => "replied",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
