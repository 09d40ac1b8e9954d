// The servers of the zone where a walk stands: which of their addresses are known, which are to be looked up
// and when (RFC 1034 §5.3.3 step 2). One address is one server, whatever it is called (CVE-2026-3592).
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The current zone of a walk with its servers. Part of an iteration, and reused with it.</summary>
internal sealed class ZoneServers
{
    private readonly IterationRoom _room;
    private readonly ServerList _list = new();
    private Delegation? _delegation;
    private ulong _zoneHash;
    private AddressFetches _fetches;

    public ZoneServers(IterationRoom room) => _room = room;

    /// <summary>The zone.</summary>
    public DomainName Zone { get; private set; }

    /// <summary>What its servers are asked to do.</summary>
    public ServerRole Asks { get; private set; }

    /// <summary>Who else stands before these servers.</summary>
    public ZoneTally Tally { get; private set; } = null!;

    /// <summary>Counts the zones entered: what was begun in an earlier one comes too late.</summary>
    public int Visit { get; private set; }

    /// <summary>True when answers out of a cache are taken, for want of better ones.</summary>
    public bool TakesRecursive { get; set; }

    /// <summary>What went wrong with them.</summary>
    public WalkTroubles Troubles { get; } = new();

    /// <summary>The addresses that may be asked, changeable in place.</summary>
    public Span<ServerCandidate> Candidates => _list.Candidates;

    /// <summary>The limit that keeps further addresses from being looked up; null when none does.</summary>
    public string? LimitMet => _list.MissingCount > 0 && _fetches.AreSpent(Limits)
        ? "limit max-address-fetches met" : null;

    /// <summary>True when there is, or may be, somebody else to ask than the first.</summary>
    public bool HasMoreThanOne => Candidates.Length + _list.MissingCount + _fetches.Pending > 1;

    private ResolverLimits Limits => _room.Options.Limits;

    // The family that works here comes first.
    private RRType FirstType => _room.Options.UsesIPv4
        && (!_room.Options.UsesIPv6 || !_room.Families.IsDown(false) || _room.Families.IsDown(true))
        ? RRType.A : RRType.Aaaa;

    /// <summary>Begins anew with the servers of a delegation.</summary>
    public void Enter(Delegation delegation)
    {
        Visit++;
        _fetches.EnterZone();
        TakesRecursive = false;
        _delegation = delegation;
        Zone = delegation.Zone;
        _zoneHash = _room.HashZone(Zone);
        Tally = delegation.Tally;
        Troubles.Clear();
        _list.Clear();
        AddConfigured(delegation.Configured);
        foreach (DelegatedServer server in delegation.Servers)
        {
            bool any = false;
            foreach (InetAddress address in server.Glue)
            {
                any |= TryAdd(server.Name, address);
            }

            if (_room.MayKnow(server.Name.Wire))
            {
                any |= AddAll(server.Name, _room.FindAddresses(server.Name.Wire, RRType.A));
                any = (any && !_room.Families.IsDown(false))
                    || AddAll(server.Name, _room.FindAddresses(server.Name.Wire, RRType.Aaaa)) || any;
            }

            // A server inside the zone itself can be found through its glue alone (RFC 9471 §2.1).
            if (!any && Zone.IsRoot)
            {
                AddHint(server.Name);
            }
            else if (!any && !NameOctets.IsSubdomainOf(server.Name.Wire, Zone.Wire))
            {
                AddGlue(server.Name);
                _list.AddMissing(server.Name.ToName(), FirstType);
            }
        }
    }

    /// <summary>What is asked of one of them.</summary>
    public AskedQuestion Put(in NameMinimiser part, ExchangeTransport transport) =>
        new(part.Name, part.Type, Zone, transport) { Role = Asks, TakesRecursive = TakesRecursive };

    /// <summary>The walk has ended: nothing of it is left. False when the list has grown large.</summary>
    public bool TryClear()
    {
        _delegation = null;
        _fetches = default;
        Zone = default;
        Asks = default;
        Tally = null!;
        Visit = 0;
        TakesRecursive = false;
        Troubles.Clear();
        _list.Clear();
        return !_list.IsLarge;
    }

    /// <summary>True while addresses are being looked up.</summary>
    public bool IsSeeking => _fetches.Pending > 0;

    /// <summary>
    /// The look-up that comes before asking a server that was silent when last asked and may stay so: for
    /// each try in vain the address of one that is not known yet, or dead servers would use up the time of
    /// those that live. Nor is the look-up waited for: its own servers may be the dead ones.
    /// </summary>
    public Step? NextAddressBefore(in ServerChoice choice)
    {
        bool isDue = choice.IsDoubtful && _fetches.Here < _list.CountTriesInVain(choice.Index);
        return isDue && NextAddress() is { Kind: StepKind.Need } next ? next : null;
    }

    /// <summary>
    /// The next look-up, or to wait for one under way; null when there is nothing to look up.
    /// </summary>
    public Step? NextAddress()
    {
        if (_list.MissingCount == 0 || !_fetches.TryBegin(Limits))
        {
            return IsSeeking ? Step.Wait : null;
        }

        return new Step { Kind = StepKind.Need, Visit = Visit, Missing = _list.TakeMissing() };
    }

    /// <summary>
    /// Takes in a name server's addresses, or none and why; null: the look-up was cut short by its asker's
    /// budget, and the name may be looked up again. True: there may be something to do.
    /// </summary>
    public bool AcceptAddresses(in Step needed, RRset? addresses, string? trouble)
    {
        _fetches.End();
        MissingAddress missing = needed.Missing;
        if (needed.Visit != Visit || (addresses is { } found && AddAll(ServerName.Of(missing.Name), found)))
        {
            return true;
        }

        if (addresses is null)
        {
            _list.AddMissing(missing.Name, missing.Type);
            return true;
        }

        _fetches.MarkFruitless();
        Troubles.Add(ServerTrouble.OfAddress(missing, trouble));
        RRType other = missing.Type == RRType.A ? RRType.Aaaa : RRType.A;
        if (missing.Type == FirstType && Uses(other))
        {
            _list.AddMissing(missing.Name, other);
        }

        return true;
    }

    /// <summary>
    /// A server was silent: it may have an address of the other family, if that one works here.
    /// </summary>
    public void SeekOtherFamily(in Step asked)
    {
        bool isIPv6 = asked.Endpoint.Address.IsIPv6;
        RRType other = isIPv6 ? RRType.A : RRType.Aaaa;
        if (Uses(other) && !_room.Families.IsDown(!isIPv6)
            && _list.NeedsOtherFamily(asked.ServerName, other, Zone)
            && !AddAll(asked.ServerName, _room.FindAddresses(asked.ServerName.Wire, other)))
        {
            _list.AddMissing(asked.ServerName.ToName(), other);
        }
    }

    /// <summary>
    /// Adds the addresses by which the name servers' own zones are delegated, of one of them or of all, where
    /// a child's own records are not known yet or led nowhere; false when that brings nothing new.
    /// </summary>
    public bool AddAddressesOfParents(DomainName? only = null)
    {
        int before = Candidates.Length;
        foreach (DelegatedServer server in _delegation!.Servers)
        {
            if (only is null || NameOctets.EqualsIgnoreCase(only.Value.Wire, server.Name.Wire))
            {
                AddGlue(server.Name);
            }
        }

        return Candidates.Length > before;
    }

    /// <summary>
    /// When nothing else is left: those that were lame some time ago, as servers are mended. False when there
    /// are none.
    /// </summary>
    public bool RecallLame() => _list.RecallLame(_room, _zoneHash);

    /// <summary>The error when none of them is left to be asked; some were silent before.</summary>
    public ExtendedError WhyNoneHelps()
    {
        foreach (ref readonly ServerCandidate server in Candidates)
        {
            if (!server.IsOut && server.AskNumber == 0)
            {
                Troubles.Add(ServerTrouble.OfSilence(server.Name, server.Endpoint));
            }
        }

        ExtendedError error = Troubles.ToError(Zone);
        return LimitMet is { } limit ? error with { Text = $"{limit}; {error.Text}" } : error;
    }

    // The operator's word: neither do-not-query nor remembered lameness holds for them.
    private void AddConfigured(ConfiguredZone? zone)
    {
        Asks = zone is { IsForward: true } ? ServerRole.Recursive : ServerRole.Authoritative;
        foreach (InetEndpoint server in zone?.Servers ?? [])
        {
            if (server.Address.IsIPv6 ? _room.Options.UsesIPv6 : _room.Options.UsesIPv4)
            {
                _ = _list.Add(ServerName.Of(zone!.Apex), server, isOut: false);
                Candidates[^1].IsRecursive = Asks == ServerRole.Recursive;
            }
        }
    }

    private void AddGlue(ServerName server)
    {
        foreach (InetAddress address in _room.FindGlue(server.Wire))
        {
            _ = TryAdd(server, address);
        }
    }

    // The reply to priming may lack addresses (RFC 9609 §4.2).
    private void AddHint(ServerName server)
    {
        foreach (RootHint hint in _room.Options.RootHints)
        {
            foreach (InetAddress address in server.Equals(ServerName.Of(hint.Name)) ? hint.Addresses : [])
            {
                _ = TryAdd(server, address);
            }
        }
    }

    private bool AddAll(ServerName name, in RRset addresses)
    {
        bool any = false;
        int left = Limits.MaxAddressesPerNameServer;
        foreach (ReadOnlySpan<byte> address in addresses.Records)
        {
            any |= left-- > 0 && TryAdd(name, InetAddress.FromOctets(address));
        }

        return any;
    }

    private bool Uses(RRType type) => type == RRType.A ? _room.Options.UsesIPv4 : _room.Options.UsesIPv6;

    private bool TryAdd(ServerName name, in InetAddress address)
    {
        if (!Uses(address.IsIPv6 ? RRType.Aaaa : RRType.A) || !_room.Options.MayAsk(address))
        {
            return false;
        }

        InetEndpoint endpoint = new(address, _room.Options.UpstreamPort);
        bool isLame = _room.LameSince(endpoint, _zoneHash) is not null;
        if (_list.Add(name, endpoint, isLame) && isLame)
        {
            Candidates[^1].IsLame = true;
            Troubles.Add(ServerTrouble.OfLameness(name, endpoint));
        }

        return true;
    }
}
