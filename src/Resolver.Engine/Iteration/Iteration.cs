// Step 6: what to ask next. The algorithm of RFC 1034 §5.3.3 for one name and type, as decisions without I/O,
// clock or lock: Next gives a Step, Accept takes in what came of it.
//   1. See if the answer is in local information.                  The walk's caller does (LoopEngine).
//   2. Find the best servers to ask.                               EnterZone, NextAddress
//   3. Send them queries until one returns a response.             Next, NameServerSelector (step 7)
//   4. Analyse the response:                                       Accept
//      a. it answers, or denies: cache and return.                 Finish
//      b. it delegates closer: cache, go to 2.                     AcceptReferral
//      c. it is an alias: cache, begin anew with the new name.     Finish; the caller begins anew
//      d. it is a failure: delete the server, go back to 3.        AcceptFailure
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The pure core of one walk.</summary>
internal sealed class Iteration
{
    private readonly Question _question;
    private readonly IterationRoom _room;
    private readonly ServerList _servers = new();
    private NameMinimiser _minimiser;
    private DomainName _zone;
    private int _visit;
    private int _referrals;
    private int _exchanges;
    private int _fetches;
    private int _fetchesHere;
    private int _fetchesPending;
    private int _fruitlessFetches;
    private int _exchangesPending;
    private WalkEnd? _end;
    private string _lastTrouble = "no server has an address";

    public Iteration(Question question, IterationRoom room, Delegation start)
    {
        _question = question;
        _room = room;
        _minimiser = new NameMinimiser(question, room.Options.Minimisation, room.Options.Limits);
        EnterZone(start);
    }

    /// <summary>The zone whose servers are being asked.</summary>
    public DomainName Zone => _zone;

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
            return NextAddressBefore(choice) ?? Ask(choice);
        }

        return NextAddress() ?? NextWithWholeName() ?? Fail(
            $"no server of {_zone} gave a usable reply: {_lastTrouble}");
    }

    /// <summary>
    /// Takes in a reply. True when the caller's question is answered by it: then Next is Done.
    /// </summary>
    public bool Accept(in Step asked, ClassifiedReply reply)
    {
        _exchangesPending--;
        if (asked.Visit != _visit || _end is not null)
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
            case ReplyKind.Truncated:
                server.NeedsTcp = true;
                return false;
            case ReplyKind.NotUnderstood when asked.WithEdns:
                server.WithoutEdns = true;
                return false;
            case ReplyKind.Malformed when asked.Asked.Transport == ExchangeTransport.Udp:
                server.NeedsTcp = true;
                return false;
            case ReplyKind.NotUnderstood or ReplyKind.ServerFailure or ReplyKind.Refused or ReplyKind.Lame
                or ReplyKind.Malformed or ReplyKind.OtherError:
                server.IsOut = true;
                server.RepliedWithError = true;
                _lastTrouble = $"{asked.ServerName} at {asked.Endpoint} said {reply.Reason}";
                return false;
            default:
                throw new ArgumentOutOfRangeException(nameof(reply));
        }
    }

    /// <summary>Takes in that no reply came.</summary>
    public void AcceptFailure(in Step asked, ExchangeStatus status, bool caseDiffered)
    {
        _exchangesPending--;
        if (asked.Visit != _visit)
        {
            return;
        }

        ref ServerCandidate server = ref _servers.Candidates[asked.Server];
        server.Pending--;
        _lastTrouble = $"{asked.ServerName} at {asked.Endpoint}: {ExchangeTrouble.Describe(status)}";
        switch (status)
        {
            case ExchangeStatus.TooManyMismatches:
                server.NeedsTcp = true;
                server.UdpTries++;
                break;
            case ExchangeStatus.TimedOut when caseDiffered && !server.WithoutCase:
                // It may not keep the case, or someone guessed all but the case: a stream tells the two
                // apart.
                server.WithoutCase = true;
                server.NeedsTcp = true;
                break;
            case ExchangeStatus.TimedOut when asked.Asked.Transport == ExchangeTransport.Udp:
                server.UdpTries++;
                break;
            case ExchangeStatus.TimedOut or ExchangeStatus.ConnectionRefused or ExchangeStatus.ConnectionClosed:
                server.TcpTries++;
                server.IsOut = server.TcpTries >= Limits.MaxTcpTriesPerServer;
                break;
            case ExchangeStatus.Unreachable or ExchangeStatus.SocketsExhausted or ExchangeStatus.Stopped:
                server.IsOut = true;
                break;
            case ExchangeStatus.Reply:
            default:
                throw new ArgumentOutOfRangeException(nameof(status));
        }

        RRType other = asked.Endpoint.Address.IsIPv6 ? RRType.A : RRType.Aaaa;
        bool usable = other == RRType.A ? _room.Options.UsesIPv4 : _room.Options.UsesIPv6;
        if (usable && _servers.NeedsOtherFamily(asked.ServerName, other, _zone)
            && !AddAll(asked.ServerName, _room.FindAddresses(asked.ServerName, other)))
        {
            _servers.AddMissing(asked.ServerName, other);
        }
    }

    /// <summary>Takes in a name server's addresses, or none.</summary>
    public void AcceptAddresses(in Step needed, RRset addresses)
    {
        _fetchesPending--;
        if (needed.Visit != _visit)
        {
            return;
        }

        if (!AddAll(needed.Missing.Name, addresses))
        {
            _fruitlessFetches++;
            _lastTrouble = $"{needed.Missing.Name} has no {needed.Missing.Type} that can be asked";
            if (needed.Missing.Type == RRType.A && _room.Options.UsesIPv6)
            {
                _servers.AddMissing(needed.Missing.Name, RRType.Aaaa);
            }
        }
    }

    /// <summary>
    /// An address look-up was cut short by its asker's budget: the name may be looked up again.
    /// </summary>
    public void ReturnAddress(in Step needed)
    {
        _fetchesPending--;
        if (needed.Visit == _visit)
        {
            _servers.AddMissing(needed.Missing.Name, needed.Missing.Type);
        }
    }

    /// <summary>Ends the walk in failure: something that cannot happen has happened.</summary>
    public void Abort() => _end ??= new WalkEnd(
        WalkEndKind.Failure, new ExtendedError(ExtendedErrorCode.Other, "internal error, see the log"));

    /// <summary>An exchange did not come to its end: the asker's time was over first.</summary>
    public void ReturnAsk(in Step asked)
    {
        _exchangesPending--;
        _exchanges--;
        if (asked.Visit == _visit)
        {
            _servers.Candidates[asked.Server].Pending--;
        }
    }

    private void EnterZone(Delegation delegation)
    {
        _visit++;
        _fetchesHere = 0;
        _zone = delegation.Zone;
        _servers.Clear();
        _minimiser.EnterZone(_zone);
        foreach (DelegatedServer server in delegation.Servers)
        {
            bool any = false;
            foreach (InetAddress address in server.Glue)
            {
                any |= TryAdd(server.Name, address);
            }

            any |= AddAll(server.Name, _room.FindAddresses(server.Name, RRType.A));
            any = any || AddAll(server.Name, _room.FindAddresses(server.Name, RRType.Aaaa));

            // A server inside the zone itself can be found through its glue alone (RFC 9471 §2.1).
            if (!any && !server.Name.IsSubdomainOf(_zone))
            {
                _servers.AddMissing(server.Name, _room.Options.UsesIPv4 ? RRType.A : RRType.Aaaa);
            }
        }
    }

    private bool AddAll(DomainName name, RRset addresses)
    {
        bool any = false;
        foreach (ReadOnlySpan<byte> address in addresses.Records)
        {
            any |= TryAdd(name, InetAddress.FromOctets(address));
        }

        return any;
    }

    private bool TryAdd(DomainName name, InetAddress address)
    {
        bool usable = address.IsIPv6 ? _room.Options.UsesIPv6 : _room.Options.UsesIPv4;
        if (!usable || !_room.Options.MayAsk(address))
        {
            return false;
        }

        InetEndpoint endpoint = new(address, _room.Options.UpstreamPort);
        if (_room.IsLame(endpoint, _zone))
        {
            _lastTrouble = $"{name} at {endpoint} is known not to serve the zone";
            return true;
        }

        _servers.Add(name, endpoint);
        return true;
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
            Visit = _visit,
            Server = choice.Index,
            Endpoint = server.Endpoint,
            ServerName = server.Name,
            Asked = new AskedQuestion(_minimiser.Name, _minimiser.Type, _zone, choice.Transport),
            Timeout = choice.Timeout,
            WithEdns = !server.WithoutEdns,
            WithCase = _room.Options.RandomizesCase && !server.WithoutCase,
        };
    }

    // A server that was silent when last asked may stay so: for each try in vain the address of one that is
    // not known yet comes first, or a single dead server would use up the time of those that live.
    private Step? NextAddressBefore(in ServerChoice choice)
    {
        ref readonly ServerCandidate server = ref _servers.Candidates[choice.Index];
        int due = Math.Max(1, server.UdpTries + server.TcpTries);
        return choice.IsDoubtful && (_fetchesPending > 0 || _fetchesHere < due) ? NextAddress() : null;
    }

    private Step? NextAddress()
    {
        // One name at first; after look-ups that brought nothing, several at once.
        int atOnce = Math.Min(1 + _fruitlessFetches, Limits.MaxConcurrentAddressFetches);
        if (_servers.MissingCount == 0 || _fetches >= Limits.MaxAddressFetches || _fetchesPending >= atOnce)
        {
            return _fetchesPending > 0 ? Step.Wait : null;
        }

        _fetches++;
        _fetchesHere++;
        _fetchesPending++;
        return new Step { Kind = StepKind.Need, Visit = _visit, Missing = _servers.TakeMissing() };
    }

    // RFC 9156 §2.3: servers that choke on a name they should know are asked for the whole one, once.
    private Step? NextWithWholeName()
    {
        if (_minimiser.IsWhole || _minimiser.Mode != Minimisation.Relaxed)
        {
            return null;
        }

        _minimiser.Disclose();
        bool any = false;
        foreach (ref ServerCandidate server in _servers.Candidates)
        {
            if (server.RepliedWithError)
            {
                server.IsOut = false;
                server.RepliedWithError = false;
                any = true;
            }
        }

        return any ? Next() : null;
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
        if (IsWhole(asked) || _minimiser.Mode == Minimisation.Strict || _zone.IsRoot)
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
