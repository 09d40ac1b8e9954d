// What the end of an exchange means for the server within this walk: asked again in another way, or given up
// (RFC 1034 §5.3.3 step 4d). Each way of asking is used up by its own failure, so no server can make the walk
// ask for ever (CVE-2026-5950).
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Changes a candidate by what came of asking it.</summary>
internal static class ServerVerdicts
{
    /// <summary>
    /// Takes in a reply that is no content; false when the server is given up for it.
    /// </summary>
    public static bool MayRepeat(ref ServerCandidate server, in Step asked, ClassifiedReply reply)
    {
        bool isDatagram = asked.Asked.Transport == ExchangeTransport.Udp;
        switch (reply.Kind)
        {
            case ReplyKind.Truncated:
                server.NeedsTcp = true;
                return true;
            case ReplyKind.OtherError when reply.Rcode == Rcode.BadCookie && asked.WithCookie && isDatagram:
                // RFC 7873 §5.3: once more with the cookie that came along, then by TCP.
                server.NeedsTcp = server.HadBadCookie;
                server.HadBadCookie = true;
                return true;
            case ReplyKind.NotUnderstood when asked.WithCookie && reply.HasEdns:
                server.WithoutCookie = true;
                return true;
            case ReplyKind.NotUnderstood when asked.WithEdns:
                server.WithoutEdns = true;
                return true;
            case ReplyKind.Malformed when isDatagram:
                server.NeedsTcp = true;
                return true;
            case ReplyKind.NotUnderstood or ReplyKind.Malformed:
                server.IsOut = true;
                return false;
            case ReplyKind.Recursive:
                server.IsOut = true;
                server.OffersRecursion = true;
                return false;
            case ReplyKind.ServerFailure or ReplyKind.Refused or ReplyKind.Lame or ReplyKind.OtherError:
                server.IsOut = true;
                server.RepliedWithError = reply.Rcode != Rcode.BadCookie;
                server.RepliedServFail = reply.Kind == ReplyKind.ServerFailure;
                return false;
            case ReplyKind.Answer or ReplyKind.Alias or ReplyKind.NoData or ReplyKind.NameError
                or ReplyKind.Referral:
            default:
                throw new ArgumentOutOfRangeException(nameof(reply));
        }
    }

    /// <summary>Takes in that no reply came.</summary>
    public static void TakeFailure(
        ref ServerCandidate server, in Step asked, in ExchangeFailure failure, ResolverLimits limits)
    {
        bool isDatagram = asked.Asked.Transport == ExchangeTransport.Udp;
        switch (failure.Status)
        {
            case ExchangeStatus.TooManyMismatches when isDatagram:
                server.NeedsTcp = true;
                server.UdpTries++;
                break;
            case ExchangeStatus.TimedOut when (failure.CaseDiffered || failure.CookieLacked) && isDatagram:
                // It may not keep the case, or have given up cookies, or someone guessed all the rest: a
                // stream tells.
                server.UdpTries++;
                server.NeedsTcp = true;
                break;
            case ExchangeStatus.TimedOut when isDatagram:
                server.UdpTries++;
                break;
            case ExchangeStatus.TimedOut or ExchangeStatus.ConnectionRefused
                or ExchangeStatus.ConnectionClosed or ExchangeStatus.TooManyMismatches:
                server.TcpTries++;
                server.IsOut = server.TcpTries >= limits.MaxTcpTriesPerServer;
                break;
            case ExchangeStatus.Unreachable or ExchangeStatus.SocketsExhausted or ExchangeStatus.Stopped
                or ExchangeStatus.WrongReply:
                server.IsOut = true;
                break;
            case ExchangeStatus.Reply:
            default:
                throw new ArgumentOutOfRangeException(nameof(failure));
        }
    }
}
