// SLIST of RFC 1034 §5.3.3: the servers of one zone during one walk, with what was tried of each.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>One address of one name server, during one walk.</summary>
internal struct ServerCandidate
{
    /// <summary>Where it is.</summary>
    public InetEndpoint Endpoint;

    /// <summary>The name server's name.</summary>
    public ServerName Name;

    /// <summary>Datagrams sent to it without a usable reply.</summary>
    public byte UdpTries;

    /// <summary>TCP attempts without a usable reply.</summary>
    public byte TcpTries;

    /// <summary>Exchanges under way.</summary>
    public byte Pending;

    /// <summary>The number of the exchange begun last.</summary>
    public int AskNumber;

    /// <summary>Its reply is late: another server may be asked beside it.</summary>
    public bool IsLate;

    /// <summary>No reply is expected of it: others are asked as if it were not.</summary>
    public bool IsAside;

    /// <summary>A forwarder of the configuration: it may have to wait for others itself.</summary>
    public bool IsRecursive;

    /// <summary>It is out because it was lame; to be asked again when nothing else is left.</summary>
    public bool IsLame;

    /// <summary>To be asked by TCP from now on.</summary>
    public bool NeedsTcp;

    /// <summary>To be asked without EDNS.</summary>
    public bool WithoutEdns;

    /// <summary>To be asked without a cookie.</summary>
    public bool WithoutCookie;

    /// <summary>It has said BADCOOKIE once.</summary>
    public bool HadBadCookie;

    /// <summary>To be asked without random letter case.</summary>
    public bool WithoutCase;

    /// <summary>Given up for this zone: lame, refusing, unreachable, or out of tries.</summary>
    public bool IsOut;

    /// <summary>Its name's addresses of the other family are known, or were sought.</summary>
    public bool OtherFamilySought;

    /// <summary>
    /// It is out for a reply that the shape of the question may have caused: worth another question.
    /// </summary>
    public bool RepliedWithError;

    /// <summary>That reply was SERVFAIL: another type may fare better.</summary>
    public bool RepliedServFail;

    /// <summary>It is out for answering from a cache: better than nothing.</summary>
    public bool OffersRecursion;
}

/// <summary>A name server whose address is not known.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type to look up next: A, then AAAA.</param>
internal readonly record struct MissingAddress(DomainName Name, RRType Type);

/// <summary>The candidates of one zone.</summary>
internal sealed class ServerList
{
    // Zones with more addresses than that are rare: their lists are not kept for reuse.
    private const int UsualCapacity = 16;

    private readonly List<ServerCandidate> _candidates = new(8);
    private readonly List<MissingAddress> _missing = [];

    /// <summary>The candidates, changeable in place.</summary>
    public Span<ServerCandidate> Candidates => CollectionsMarshal.AsSpan(_candidates);

    /// <summary>Count of names whose addresses could still be looked up.</summary>
    public int MissingCount => _missing.Count;

    /// <summary>True when it has grown beyond what most zones need.</summary>
    public bool IsLarge => _candidates.Capacity > UsualCapacity;

    /// <summary>Forgets everything, for the next zone.</summary>
    public void Clear()
    {
        _candidates.Clear();
        _missing.Clear();
    }

    /// <summary>
    /// Adds an address unless it is there already: one address is one server, whatever it is called.
    /// </summary>
    public bool Add(ServerName name, InetEndpoint endpoint, bool isOut)
    {
        foreach (ref readonly ServerCandidate known in Candidates)
        {
            if (known.Endpoint == endpoint)
            {
                return false;
            }
        }

        _candidates.Add(new ServerCandidate { Name = name, Endpoint = endpoint, IsOut = isOut });
        return true;
    }

    /// <summary>Adds a name whose address may be looked up.</summary>
    public void AddMissing(DomainName name, RRType type) => _missing.Add(new MissingAddress(name, type));

    /// <summary>
    /// How often servers were asked and nothing was heard, those under way included, and the last time that
    /// <paramref name="silent"/> was asked, in this walk or before.
    /// </summary>
    public int CountTriesInVain(int silent)
    {
        int tries = Candidates[silent].UdpTries + Candidates[silent].TcpTries == 0 ? 1 : 0;
        foreach (ref readonly ServerCandidate server in Candidates)
        {
            tries += server.UdpTries + server.TcpTries + server.Pending;
        }

        return tries;
    }

    /// <summary>
    /// Those that were lame some time ago may be asked again, as servers are mended. False when there are
    /// none.
    /// </summary>
    /// <param name="room">Knows since when they are lame.</param>
    /// <param name="zone">The zone's hash.</param>
    public bool RecallLame(IterationRoom room, ulong zone)
    {
        bool any = false;
        long retry = room.Options.Limits.LameRetryMilliseconds * TimeSpan.TicksPerMillisecond;
        foreach (ref ServerCandidate server in Candidates)
        {
            if (server.IsLame)
            {
                server.IsLame = false;
                server.IsOut = room.Now - (room.LameSince(server.Endpoint, zone) ?? 0) < retry;
                any |= !server.IsOut;
            }
        }

        return any;
    }

    /// <summary>
    /// A host may have only one of IPv4 and IPv6: a name server silent on one is worth a look-up of its
    /// addresses of the other type, once. Names inside the zone are known by their glue alone (RFC 9471
    /// §2.1).
    /// </summary>
    public bool NeedsOtherFamily(ServerName name, RRType other, DomainName zone)
    {
        bool needs = !NameOctets.IsSubdomainOf(name.Wire, zone.Wire);
        foreach (ref ServerCandidate known in Candidates)
        {
            if (known.Name.Equals(name))
            {
                needs &= !known.OtherFamilySought && known.Endpoint.Address.IsIPv6 != (other == RRType.Aaaa);
                known.OtherFamilySought = true;
            }
        }

        return needs;
    }

    /// <summary>Takes the next name to look up.</summary>
    public MissingAddress TakeMissing()
    {
        MissingAddress next = _missing[0];
        _missing.RemoveAt(0);
        return next;
    }
}
