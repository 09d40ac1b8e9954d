// The fast lane: steps 1-4, 12 and 13 of the life of a query (src/README.md has the whole table), on the
// thread that received the datagram, without allocation. What cannot be answered from here goes to the
// question's home loop behind one call, QueryRunner.Run.
//   1 Receive  the listener, which calls Handle
//   2 Read     QueryView            → FORMERR, NOTIMP, BADVERS, NOTAUTH, or silence
//   3 Admit    IQueryPolicy         → REFUSED, TC, silence, or a view
//   4 Look up  AnswerCache          → a hit goes to 12, else the RRset caches, else 5 (Join, on the home loop)
//  12 Write    ReplyFinisher
//  13 Send     the listener, with the octets returned
using System;
using Resolver.Engine;
using Resolver.Transport;
using Resolver.Wire;

namespace Resolver;

/// <summary>Answers stub clients' queries. One per resolver and policy; used on all of its loops.</summary>
internal sealed class StubQueryHandler
{
    private const int KeepaliveUnit = 100;

    private readonly ResolverWorks _works;
    private readonly IQueryPolicy _policy;

    public StubQueryHandler(ResolverWorks works, IQueryPolicy policy)
    {
        _works = works;
        _policy = policy;
    }

    // Step 1: Receive
    /// <summary>Answers one query; the contract is that of <see cref="QueryHandler"/>.</summary>
    public int Handle(ReadOnlySpan<byte> query, ref QueryArrival arrival, Span<byte> reply)
    {
        int length = Answer(query, ref arrival, reply);
        if (length != QueryArrival.Pending)
        {
            _works.Clients.AnswerAtOnce(arrival.Loop, arrival.Client, query, reply[..length]);
        }

        return length;
    }

    private int Answer(ReadOnlySpan<byte> query, ref QueryArrival arrival, Span<byte> reply)
    {
        // Step 2: Read
        Span<byte> nameBuffer = stackalloc byte[NameOctets.MaxLength];
        QueryVerdict verdict = QueryView.TryRead(
            query, nameBuffer, _works.Limits.MaxEdnsOptions, out QueryView view);
        if (verdict == QueryVerdict.Drop)
        {
            return 0;
        }

        ReplyTarget target = TargetOf(view, arrival.Client.Transport);
        ReadOnlySpan<byte> question = query.Slice(MessageHeader.Length, view.QuestionLength);

        // Step 3: Admit
        PolicyDecision decision = _policy.Decide(arrival.Client);
        if (decision.Verdict != PolicyVerdict.Continue)
        {
            return Turn(decision.Verdict, question, target, reply);
        }

        if (verdict is not (QueryVerdict.Ok or QueryVerdict.CookieOnly))
        {
            return _works.Finisher.Write(verdict, view, new ReplyError(query, question, target, reply));
        }

        target = target with { Cookie = CookieOf(query, view, arrival) };
        if (_works.RateLimit is { } limit && !Admits(limit, arrival, target.Cookie.IsProven))
        {
            return Slow(question, target, arrival.Client.Transport, reply);
        }

        ReadOnlySpan<byte> name = nameBuffer[..view.NameLength];
        if (!IsOrdinary(view))
        {
            return AnswerExtraordinary(view, name, question, target, reply);
        }

        // Step 4: Look up
        _works.Clients.Of(arrival.Loop).Ask(arrival.Client.Transport, view.Type);
        AnswerKey key = _works.Caches.Answers.KeyOf(
            new QuestionName(name, view.Type, view.Class),
            Answers.FlagsOf(view.Header.Flags, view.DnssecOk),
            decision.View);
        long now = arrival.Loop.Time.GetTimestamp();
        if (_works.Caches.Answers.TryCopy(key, now, reply, out AnswerHit hit))
        {
            if (hit.IsDueForPrefetch)
            {
                _works.Prefetcher?.Post(arrival.Loop, name, view.Type, decision.View);
            }

            // Step 12: Write
            return _works.Finisher.Finish(reply, hit.Length, name, target);
        }

        Question asked = new(DomainName.FromValidWire(name), view.Type, decision.View);
        return AnswerSlowly(asked, target, ref arrival, reply);
    }

    // Everything but class IN, real types, recursion desired.
    private static bool IsOrdinary(in QueryView view) =>
        view.Class == RRClass.IN
        && view.Header.Has(HeaderFlags.RecursionDesired)
        && !MetaType.Covers(view.Type);

    private ReplyTarget TargetOf(in QueryView view, ClientTransport transport)
    {
        ResolverLimits limits = _works.Limits;
        bool datagram = transport == ClientTransport.Udp;
        return new ReplyTarget
        {
            Id = view.Header.Id,
            Opcode = view.Header.Opcode,
            Flags = view.Header.Flags,
            HasEdns = view.HasEdns,
            DnssecOk = view.DnssecOk,
            MaxLength = datagram ? Math.Min((int)view.PayloadSize, limits.ClientUdpPayloadSize) : ushort.MaxValue,
            WantsNsid = view.WantsNsid,
            KeepaliveUnits = view.WantsKeepalive && transport == ClientTransport.Tcp
                ? limits.TcpIdleMilliseconds / KeepaliveUnit
                : -1,
        };
    }

    private ReplyCookie CookieOf(ReadOnlySpan<byte> query, in QueryView view, in QueryArrival arrival) =>
        view.CookieLength == 0 ? default : _works.Cookies.Answer(
            query.Slice(view.CookieOffset, view.CookieLength),
            arrival.Client.Remote.Address,
            arrival.Loop.Time.GetUtcNow());

    private static bool Admits(ClientRateLimit limit, in QueryArrival arrival, bool isProven)
    {
        ClientKey client = ClientKey.Of(arrival.Client, isProven);
        return client.IsProgram || limit.Admits(client, arrival.Loop.Time.GetTimestamp());
    }

    // A flood under somebody's name must not become a flood of replies, and the one whose name it is gets
    // through by TCP or with its cookie: of unproven queries one in two is answered, with TC.
    private int Slow(
        ReadOnlySpan<byte> question, in ReplyTarget target, ClientTransport transport, Span<byte> reply)
    {
        _works.Counts.Limits.Add(StubErrors.RateLimited);
        return transport == ClientTransport.Udp && !target.Cookie.IsProven
            ? Turn(target.Id % 2 == 0 ? PolicyVerdict.Truncate : PolicyVerdict.Drop, question, target, reply)
            : _works.Finisher.WriteBare(reply, question, Rcode.Refused, target, StubErrors.RateLimited);
    }

    private int Turn(PolicyVerdict verdict, ReadOnlySpan<byte> question, in ReplyTarget target, Span<byte> reply)
    {
        switch (verdict)
        {
            case PolicyVerdict.Refuse:
                // Strangers get no option but the reason: nobody gains by letting us write to them.
                ReplyTarget stranger = target with { WantsNsid = false, KeepaliveUnits = -1 };
                return _works.Finisher.WriteBare(reply, question, Rcode.Refused, stranger, StubErrors.Prohibited);
            case PolicyVerdict.Truncate:
                int length = _works.Finisher.WriteBare(reply, question, Rcode.NoError, target);
                ReplyFinisher.MarkTruncated(reply);
                return length;
            case PolicyVerdict.Drop:
                return 0;
            case PolicyVerdict.Continue:
            default:
                throw new ArgumentOutOfRangeException(nameof(verdict));
        }
    }

    private int AnswerExtraordinary(
        in QueryView view, ReadOnlySpan<byte> name, ReadOnlySpan<byte> question, in ReplyTarget target, Span<byte> reply)
    {
        if (view.QuestionLength == 0)
        {
            return _works.Finisher.WriteCookie(view, target, reply);
        }

        if (view.Class == RRClass.CH)
        {
            int length = _works.Chaos.TryWrite(reply, name, view.Type);
            return length > 0
                ? _works.Finisher.Finish(reply, length, name, target)
                : _works.Finisher.WriteBare(reply, question, Rcode.Refused, target);
        }

        (Rcode rcode, ExtendedError error) = view.Class != RRClass.IN ? (Rcode.Refused, StubErrors.ForeignClass)
            : MetaType.Covers(view.Type) ? (MetaType.RcodeOf(view.Type), StubErrors.MetaType)
            : (Rcode.Refused, StubErrors.NoRecursion);
        return _works.Finisher.WriteBare(reply, question, rcode, target, error);
    }

    private int AnswerSlowly(
        Question question, in ReplyTarget target, ref QueryArrival arrival, Span<byte> reply)
    {
        ClientKey client = ClientKey.Of(arrival.Client, target.Cookie.IsProven);
        ShareVerdict verdict = _works.TryTakePlace(arrival.Loop, client);
        if (verdict != ShareVerdict.Admitted)
        {
            ExtendedError reason =
                verdict == ShareVerdict.Full ? StubErrors.TooManyWaiting : StubErrors.ShareUsedUp;
            return _works.KnownOn(arrival.Loop).Write(question, target, reason, reply);
        }

        QueryPlace place = new(_works.Shares, client);
        _works.Begin(arrival.Loop, new ClientQuery(arrival.TakeTicket(), question, target, place)
        {
            Began = arrival.Loop.Time.GetTimestamp(),
            Records = _works.Clients,
        });
        return QueryArrival.Pending;
    }
}
