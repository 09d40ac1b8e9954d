// Replies to queries that are not looked up, by what step 2 found: errors, and a cookie asked for alone.
using System;
using System.Buffers.Binary;
using Resolver.Wire;

namespace Resolver;

/// <summary>Writes replies without records of the question's.</summary>
internal static class ErrorReplies
{
    private const int AdditionalsAt = 10;

    /// <summary>Replies to a query that cannot be worked on.</summary>
    public static int Write(
        this ReplyFinisher finisher, QueryVerdict verdict, in QueryView view, in ReplyError what)
    {
        int length = finisher.WriteBare(what.Reply, what.Question, RcodeOf(verdict), what.Target);
        return verdict == QueryVerdict.BadKey && length > 0 ? AddTsig(view, what, length) : length;
    }

    /// <summary>
    /// Replies with the cookie alone (RFC 7873 §5.4), and says whether the client's was good.
    /// </summary>
    public static int WriteCookie(
        this ReplyFinisher finisher, in QueryView view, in ReplyTarget target, Span<byte> reply)
    {
        bool isNew = view.CookieLength == CookieOption.ClientLength;
        Rcode rcode = isNew || target.Cookie.IsProven ? Rcode.NoError : Rcode.BadCookie;
        return finisher.WriteBare(reply, default, rcode, target);
    }

    // RFC 8945 §5.3.2: unsigned, and the last record of all (§5.1).
    private static int AddTsig(in QueryView view, in ReplyError what, int length)
    {
        Span<byte> room = what.Reply[length..Math.Min(what.Target.MaxLength, what.Reply.Length)];
        int added = view.Tsig.WriteUnsigned(what.Query, TsigView.BadKey, room);
        if (added > 0)
        {
            Span<byte> count = what.Reply[AdditionalsAt..];
            BinaryPrimitives.WriteUInt16BigEndian(
                count, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(count) + 1));
        }

        return length + added;
    }

    private static Rcode RcodeOf(QueryVerdict verdict) => verdict switch
    {
        QueryVerdict.NotImp => Rcode.NotImp,
        QueryVerdict.BadVers => Rcode.BadVers,
        QueryVerdict.FormErr => Rcode.FormErr,
        QueryVerdict.BadKey => Rcode.NotAuth,
        QueryVerdict.Ok or QueryVerdict.Drop or QueryVerdict.CookieOnly =>
            throw new InvalidOperationException("no error"),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}

/// <summary>A query, and where the reply goes.</summary>
/// <param name="query">The query.</param>
/// <param name="question">Its question; empty when that was not read.</param>
/// <param name="target">What of it shapes the reply.</param>
/// <param name="reply">Room for the reply.</param>
internal readonly ref struct ReplyError(
    ReadOnlySpan<byte> query, ReadOnlySpan<byte> question, in ReplyTarget target, Span<byte> reply)
{
    /// <summary>The query.</summary>
    public ReadOnlySpan<byte> Query { get; } = query;

    /// <summary>Its question.</summary>
    public ReadOnlySpan<byte> Question { get; } = question;

    /// <summary>What of it shapes the reply.</summary>
    public ReplyTarget Target { get; } = target;

    /// <summary>Room for the reply.</summary>
    public Span<byte> Reply { get; } = reply;
}
