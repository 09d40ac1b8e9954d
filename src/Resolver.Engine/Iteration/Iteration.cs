// Step 6: what to ask next. The algorithm of RFC 1034 §5.3.3 for one name and type, as decisions without I/O,
// clock or lock: Next gives a Step, Accept takes in what came of it.
//   1. See if the answer is in local information.                  The walk's caller does (LoopEngine).
//   2. Find the best servers to ask.                               ZoneServers
//   3. Send them queries until one returns a response.             Next, NameServerSelector (step 7)
//   4. Analyse the response:                                       Accept
//      a. it answers, or denies: cache and return.                 Finish
//      b. it delegates closer: cache, go to 2.                     AcceptReferral
//      c. it is an alias: cache, begin anew with the new name.     Finish; the caller begins anew
//      d. it is a failure: delete the server, go back to 3.        ServerVerdicts
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The pure core of one walk at a time: ended and idle, it waits for the next.</summary>
internal sealed class Iteration
{
    private readonly IterationRoom _room;
    private readonly ZoneServers _servers;
    private Question _question;
    private NameMinimiser _minimiser;
    private AskRound _round;
    private int _referrals;
    private ServerChoice _probe = ServerChoice.None;
    private WalkEnd? _end;

    public Iteration(IterationRoom room) => (_room, _servers) = (room, new ZoneServers(room));

    /// <summary>The zone whose servers are being asked.</summary>
    public DomainName Zone => _servers.Zone;

    /// <summary>Who else stands before that zone's servers.</summary>
    public ZoneTally Tally => _servers.Tally;

    /// <summary>What went wrong with its servers so far.</summary>
    public WalkTroubles Troubles => _servers.Troubles;

    private ResolverLimits Limits => _room.Options.Limits;

    /// <summary>Begins a walk at the servers of a delegation.</summary>
    public void Begin(Question question, Delegation start)
    {
        _question = question;
        _minimiser = new NameMinimiser(question, _room.Options.Minimisation, Limits);
        _round = default;
        _referrals = 0;
        _end = null;
        EnterZone(start);
    }

    // Step 6: Iterate
    /// <summary>What to do now.</summary>
    public Step Next()
    {
        if (_end is { } end)
        {
            return Step.Done(end);
        }

        if (_probe.Index >= 0)
        {
            return Probe();
        }

        if (!_round.MayAsk(Limits))
        {
            return Step.Wait;
        }

        bool isAlone = _round.Pending == 0;
        if (_round.Exchanges >= Limits.MaxExchangesPerQuestion)
        {
            return !isAlone ? Step.Wait : Fail(Troubles.ToLimitError("max-exchanges-per-question"));
        }

        ServerChoice choice = _room.Selector.Pick(_servers.Candidates, _round.IsHeard, _room.Now);
        if (choice.Index >= 0 && (isAlone || choice.Transport == ExchangeTransport.Udp))
        {
            return _servers.NextAddressBefore(choice) ?? Ask(choice);
        }

        return _servers.NextAddress() ?? (isAlone ? NextInAnotherWay() ?? NextAfterAll() : Step.Wait);
    }

    /// <summary>True while a reply to this step is of use: else the question has moved on.</summary>
    public bool Expects(in Step asked) => _end is null && asked.Round == _round.Number;

    /// <summary>Takes in a reply that is expected. True when it ends the walk: then Next is Done.</summary>
    public bool Accept(in Step asked, ClassifiedReply reply)
    {
        ref ServerCandidate server = ref _servers.Candidates[asked.Server];
        _round.End(ref server, asked);
        switch (reply.Kind)
        {
            case ReplyKind.Answer or ReplyKind.Alias or ReplyKind.NoData:
                return AcceptContent(asked, reply);
            case ReplyKind.NameError:
                return AcceptNameError(asked);
            case ReplyKind.Referral:
                return AcceptReferral(reply.Referral!);
            case ReplyKind.Truncated or ReplyKind.NotUnderstood or ReplyKind.ServerFailure or ReplyKind.Refused
                or ReplyKind.Lame or ReplyKind.Recursive or ReplyKind.Malformed or ReplyKind.OtherError:
                if (!ServerVerdicts.MayRepeat(ref server, asked, reply))
                {
                    Troubles.Add(ServerTrouble.Of(asked, reply));
                }

                return false;
            default:
                throw new ArgumentOutOfRangeException(nameof(reply));
        }
    }

    /// <summary>Takes in that no reply came.</summary>
    public void AcceptFailure(in Step asked, in ExchangeFailure failure)
    {
        if (asked.Visit != _servers.Visit)
        {
            return;
        }

        ref ServerCandidate server = ref _servers.Candidates[asked.Server];
        _round.End(ref server, asked);
        Troubles.Add(ServerTrouble.Of(asked, failure.Status));
        ServerVerdicts.TakeFailure(ref server, asked, failure, Limits);
        _servers.SeekOtherFamily(asked);
    }

    /// <summary>Takes in that the reply is late. True when that opens the way to another server.</summary>
    public bool AcceptLateness(in LateAsk ask) => _end is null && ask.Round == _round.Number
        && _round.TryMarkLate(ref _servers.Candidates[ask.Server], ask);

    /// <summary>
    /// Takes in a name server's addresses, or none and why; null: the look-up was cut short by its asker's
    /// budget. True: there may be something to do.
    /// </summary>
    public bool AcceptAddresses(in Step needed, RRset? addresses, string? trouble) =>
        _servers.AcceptAddresses(needed, addresses, trouble);

    /// <summary>The zone of a name server was found. True when that opens a way to the server.</summary>
    public bool AcceptZoneOf(DomainName server) =>
        _end is null && _servers.AddAddressesOfParents(server);

    /// <summary>Ends the walk in failure: something that cannot happen has happened.</summary>
    public void Abort() => _end ??= new WalkEnd(
        WalkEndKind.Failure, new ExtendedError(ExtendedErrorCode.Other, "internal error, see the log"));

    /// <summary>
    /// The reply that ended the walk is bogus: others are asked. False when none had ended it.
    /// </summary>
    public bool GiveUpReply()
    {
        if (_end is null)
        {
            return false;
        }

        ref ServerCandidate liar = ref _servers.Candidates[_round.GiveUpReply()];
        liar.IsOut = true;
        Troubles.Add(ServerTrouble.OfBogus(liar.Name, liar.Endpoint));
        _end = null;
        BeginRound();
        return true;
    }

    /// <summary>An exchange did not come to its end: the asker's time was over first.</summary>
    public void ReturnAsk(in Step asked)
    {
        _round.TakeBack();
        if (asked.Visit == _servers.Visit)
        {
            _round.End(ref _servers.Candidates[asked.Server], asked);
        }
    }

    /// <summary>Begins at another place: the rules by which the first was found have changed.</summary>
    public void BeginAt(Delegation start) => EnterZone(start);

    /// <summary>The walk has ended. True when this may serve the next: it has not grown large.</summary>
    public bool TryClear() => _servers.TryClear();

    private void EnterZone(Delegation delegation)
    {
        _servers.Enter(delegation);
        _minimiser.EnterZone(delegation.Zone);
        if (_servers.Asks == ServerRole.Recursive)
        {
            // Who recurses for us needs the whole question; parts of it would be questions of their own.
            _minimiser.Disclose();
        }

        _room.PassKnownParts(ref _minimiser);
        BeginRound();
    }

    private void BeginRound()
    {
        _probe = ServerChoice.None;
        _round.BeginNext(_servers.Candidates);
    }

    private Step Ask(in ServerChoice choice)
    {
        if (_round.Pending == 0 && _round.Exchanges < Limits.MaxExchangesPerQuestion / 2)
        {
            _probe = _room.Selector.PickProbe(_servers.Candidates, choice, _room.Now);
        }

        ref ServerCandidate server = ref _servers.Candidates[choice.Index];
        _round.Begin(ref server, choice.IsDoubtful && _servers.IsSeeking && _round.MayAskAside(Limits));
        bool mayBeLate = choice.LateAfter < choice.Timeout && _servers.HasMoreThanOne;
        return Make(StepKind.Ask, choice) with { LateAfter = mayBeLate ? choice.LateAfter : TimeSpan.Zero };
    }

    private Step Probe()
    {
        _round.BeginProbe();
        Step probe = Make(StepKind.Probe, _probe);
        _probe = ServerChoice.None;
        return probe;
    }

    private Step Make(StepKind kind, in ServerChoice choice)
    {
        ref readonly ServerCandidate server = ref _servers.Candidates[choice.Index];
        return new Step
        {
            Kind = kind,
            Visit = _servers.Visit,
            Round = _round.Number,
            Number = _round.Exchanges,
            Server = choice.Index,
            Endpoint = server.Endpoint,
            ServerName = server.Name,
            Asked = _servers.Put(_minimiser, choice.Transport),
            Timeout = choice.Timeout,
            WithEdns = !server.WithoutEdns,
            WithCookie = !server.WithoutEdns && !server.WithoutCookie,
            WithCase = _room.Options.RandomizesCase && !server.WithoutCase,
        };
    }

    private Step? NextInAnotherWay()
    {
        if (!LastResorts.TryOpen(_servers, ref _minimiser))
        {
            return null;
        }

        BeginRound();
        return Next();
    }

    private Step NextAfterAll() => _servers.RecallLame() ? Next() : Fail(_servers.WhyNoneHelps());

    private bool AcceptContent(in Step asked, ClassifiedReply reply)
    {
        // A DNAME above the name rewrites it whatever the type; anything else only shows that it exists.
        if (asked.Asked.IsWhole(_question) || reply.Answer is [var first, ..] && first.Type == RRType.Dname)
        {
            return Finish();
        }

        _minimiser.Advance();
        _room.PassKnownParts(ref _minimiser);
        BeginRound();
        return false;
    }

    private bool AcceptNameError(in Step asked)
    {
        // The root's servers are right about top-level names: RFC 8020 §2, and the whole name stays unsaid.
        if (asked.Asked.IsWhole(_question) || _minimiser.Mode == Minimisation.Strict || Zone.IsRoot)
        {
            return Finish();
        }

        _minimiser.Disclose();
        BeginRound();
        return false;
    }

    private bool AcceptReferral(Delegation referral)
    {
        if (++_referrals > Limits.MaxReferrals)
        {
            _ = Fail(Troubles.ToLimitError("max-referrals"));
            return false;
        }

        EnterZone(referral);
        return false;
    }

    private bool Finish() => (_end = new WalkEnd(WalkEndKind.Reply, null)) is not null;

    private Step Fail(ExtendedError error) =>
        Step.Done((_end = new WalkEnd(WalkEndKind.Failure, error)).Value);
}
