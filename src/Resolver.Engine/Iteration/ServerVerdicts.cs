// What the end of an exchange means for the server within this walk: asked again in another way, or given up
// (RFC 1034 §5.3.3 step 4d). Each way of asking is used up by its own failure, so no server can make the walk
// ask for ever (CVE-2026-5950).
using System;

namespace Resolver.Engine;

/// <summary>Changes a candidate by what came of asking it.</summary>
internal static class ServerVerdicts
{
    /// <summary>
    /// Takes in a reply that is no content; false when the server is given up for it.
    /// </summary>
    public static bool MayRepeat(ref ServerCandidate server, in Step asked, ReplyKind kind)
    {
        switch (kind)
        {
            case ReplyKind.Truncated:
                server.NeedsTcp = true;
                return true;
            case ReplyKind.NotUnderstood when asked.WithEdns:
                server.WithoutEdns = true;
                return true;
            case ReplyKind.Malformed when asked.Asked.Transport == ExchangeTransport.Udp:
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
                server.RepliedWithError = true;
                server.RepliedServFail = kind == ReplyKind.ServerFailure;
                return false;
            case ReplyKind.Answer or ReplyKind.Alias or ReplyKind.NoData or ReplyKind.NameError
                or ReplyKind.Referral:
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    /// <summary>Takes in that no reply came.</summary>
    public static void TakeFailure(
        ref ServerCandidate server, in Step asked, in ExchangeFailure failure, ResolverLimits limits)
    {
        switch (failure.Status)
        {
            case ExchangeStatus.TooManyMismatches:
                server.NeedsTcp = true;
                server.UdpTries++;
                break;
            case ExchangeStatus.TimedOut when failure.CaseDiffered && !server.WithoutCase:
                // It may not keep the case, or someone guessed all but the case: a stream tells the two
                // apart.
                server.WithoutCase = true;
                server.NeedsTcp = true;
                break;
            case ExchangeStatus.TimedOut when asked.Asked.Transport == ExchangeTransport.Udp:
                server.UdpTries++;
                break;
            case ExchangeStatus.TimedOut or ExchangeStatus.ConnectionRefused
                or ExchangeStatus.ConnectionClosed:
                server.TcpTries++;
                server.IsOut = server.TcpTries >= limits.MaxTcpTriesPerServer;
                break;
            case ExchangeStatus.Unreachable or ExchangeStatus.SocketsExhausted or ExchangeStatus.Stopped:
                server.IsOut = true;
                break;
            case ExchangeStatus.Reply:
            default:
                throw new ArgumentOutOfRangeException(nameof(failure));
        }
    }
}
