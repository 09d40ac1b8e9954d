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

/// <summary>The pure core of one walk.</summary>
internal sealed class Iteration
{
    private readonly Question _question;
    private readonly IterationRoom _room;
    private readonly ZoneServers _servers;
    private NameMinimiser _minimiser;
    private int _referrals;
    private int _exchanges;
    private int _exchangesPending;
    private WalkEnd? _end;

    public Iteration(Question question, IterationRoom room, Delegation start)
    {
        _question = question;
        _room = room;
        _servers = new ZoneServers(room);
        _minimiser = new NameMinimiser(question, room.Options.Minimisation, room.Options.Limits);
        EnterZone(start);
    }

    /// <summary>The zone whose servers are being asked.</summary>
    public DomainName Zone => _servers.Zone;

    private ResolverLimits Limits => _room.Options.Limits;

    // Step 6: Iterate
    /// <summary>What to do now.</summary>
    public Step Next()
    {
        if (_end is { } end)
        {
            return Step.Done(end);
        }

        if (_exchangesPending > 0)
        {
            return Step.Wait;
        }

        if (_exchanges >= Limits.MaxExchangesPerQuestion)
        {
            return Fail("limit max-exchanges-per-question met");
        }

        ServerChoice choice = _room.Selector.Pick(_servers.Candidates);
        if (choice.Index >= 0)
        {
            return _servers.NextAddressBefore(choice) ?? Ask(choice);
        }

        return _servers.NextAddress() ?? NextWithWholeName() ?? Fail(
            $"no server of {Zone} gave a usable reply: {_servers.LastTrouble}");
    }

    /// <summary>
    /// Takes in a reply. True when the caller's question is answered by it: then Next is Done.
    /// </summary>
    public bool Accept(in Step asked, ClassifiedReply reply)
    {
        _exchangesPending--;
        if (asked.Visit != _servers.Visit || _end is not null)
        {
            return false;
        }

        ref ServerCandidate server = ref _servers.Candidates[asked.Server];
        server.Pending--;
        switch (reply.Kind)
        {
            case ReplyKind.Answer or ReplyKind.Alias or ReplyKind.NoData:
                return AcceptContent(asked, reply);
            case ReplyKind.NameError:
                return AcceptNameError(asked);
            case ReplyKind.Referral:
                return AcceptReferral(reply.Referral!);
            case ReplyKind.Truncated or ReplyKind.NotUnderstood or ReplyKind.ServerFailure or ReplyKind.Refused
                or ReplyKind.Lame or ReplyKind.Malformed or ReplyKind.OtherError:
                if (!ServerVerdicts.MayRepeat(ref server, asked, reply.Kind))
                {
                    _servers.LastTrouble = $"{asked.ServerName} at {asked.Endpoint} said {reply.Reason}";
                }

                return false;
            default:
                throw new ArgumentOutOfRangeException(nameof(reply));
        }
    }

    /// <summary>Takes in that no reply came.</summary>
    public void AcceptFailure(in Step asked, in ExchangeFailure failure)
    {
        _exchangesPending--;
        if (asked.Visit != _servers.Visit)
        {
            return;
        }

        ref ServerCandidate server = ref _servers.Candidates[asked.Server];
        server.Pending--;
        _servers.LastTrouble =
            $"{asked.ServerName} at {asked.Endpoint}: {ExchangeTrouble.Describe(failure.Status)}";
        ServerVerdicts.TakeFailure(ref server, asked, failure, Limits);
        _servers.SeekOtherFamily(asked);
    }

    /// <summary>Takes in a name server's addresses, or none.</summary>
    public void AcceptAddresses(in Step needed, RRset addresses) => _servers.AcceptAddresses(needed, addresses);

    /// <summary>
    /// An address look-up was cut short by its asker's budget: the name may be looked up again.
    /// </summary>
    public void ReturnAddress(in Step needed) => _servers.ReturnAddress(needed);

    /// <summary>Ends the walk in failure: something that cannot happen has happened.</summary>
    public void Abort() => _end ??= new WalkEnd(
        WalkEndKind.Failure, new ExtendedError(ExtendedErrorCode.Other, "internal error, see the log"));

    /// <summary>An exchange did not come to its end: the asker's time was over first.</summary>
    public void ReturnAsk(in Step asked)
    {
        _exchangesPending--;
        _exchanges--;
        if (asked.Visit == _servers.Visit)
        {
            _servers.Candidates[asked.Server].Pending--;
        }
    }

    /// <summary>Begins at another place: the rules by which the first was found have changed.</summary>
    public void BeginAt(Delegation start) => EnterZone(start);

    private void EnterZone(Delegation delegation)
    {
        _servers.Enter(delegation);
        _minimiser.EnterZone(delegation.Zone);
        if (_servers.Asks == ServerRole.Recursive)
        {
            // Who recurses for us needs the whole question; parts of it would be questions of their own.
            _minimiser.Disclose();
        }
    }

    private Step Ask(ServerChoice choice)
    {
        ref ServerCandidate server = ref _servers.Candidates[choice.Index];
        server.Pending++;
        _exchangesPending++;
        _exchanges++;
        return new Step
        {
            Kind = StepKind.Ask,
            Visit = _servers.Visit,
            Server = choice.Index,
            Endpoint = server.Endpoint,
            ServerName = server.Name,
            Asked = new AskedQuestion(_minimiser.Name, _minimiser.Type, Zone, choice.Transport)
            {
                Role = _servers.Asks,
            },
            Timeout = choice.Timeout,
            WithEdns = !server.WithoutEdns,
            WithCase = _room.Options.RandomizesCase && !server.WithoutCase,
        };
    }

    // RFC 9156 §2.3: servers that choke on a name they should know are asked for the whole one, once.
    private Step? NextWithWholeName()
    {
        if (_minimiser.IsWhole || _minimiser.Mode != Minimisation.Relaxed)
        {
            return null;
        }

        _minimiser.Disclose();
        return _servers.RecallThoseWithErrors() ? Next() : null;
    }

    private bool AcceptContent(in Step asked, ClassifiedReply reply)
    {
        if (IsWhole(asked))
        {
            return Finish();
        }

        // A DNAME above the name rewrites it whatever the type; anything else only shows that the name
        // exists.
        if (reply.Answer.Count > 0 && reply.Answer[0].Type == RRType.Dname)
        {
            return Finish();
        }

        _minimiser.Advance();
        return false;
    }

    private bool AcceptNameError(in Step asked)
    {
        // The root's servers are right about top-level names: RFC 8020 §2, and the whole name stays unsaid.
        if (IsWhole(asked) || _minimiser.Mode == Minimisation.Strict || Zone.IsRoot)
        {
            return Finish();
        }

        _minimiser.Disclose();
        return false;
    }

    private bool AcceptReferral(Delegation referral)
    {
        if (++_referrals > Limits.MaxReferrals)
        {
            _ = Fail("limit max-referrals met");
            return false;
        }

        EnterZone(referral);
        return false;
    }

    private bool IsWhole(in Step asked) =>
        asked.Asked.Type == _question.Type && asked.Asked.Name.Wire.Length == _question.Name.Wire.Length;

    private bool Finish()
    {
        _end = new WalkEnd(WalkEndKind.Reply, null);
        return true;
    }

    private Step Fail(string reason)
    {
        _end = new WalkEnd(
            WalkEndKind.Failure, new ExtendedError(ExtendedErrorCode.NoReachableAuthority, reason));
        return Step.Done(_end.Value);
    }
}
