// Memory of name server addresses, shared by all loops: a fixed number of sets of four, each set behind its
// stripe's lock for a few nanoseconds; the least recently used of a set gives way. Bounded by construction.
using System;
using System.Threading;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Changes a history in place.</summary>
internal delegate void HistoryChange<in TArgument>(ref ServerHistory history, TArgument argument);

/// <summary>Histories by server address and port, and which zones a server was lame for.</summary>
internal sealed class ServerHistoryStore
{
    // 4,096 servers: what a resolver asks in a quarter of an hour, in less than 400 KiB. A forgotten one is a
    // new one, which costs a guess at its first timeout.
    private const int Ways = 4;
    private const int Sets = 1024;
    private const int Stripes = 64;

    private readonly Entry[] _entries = new Entry[Sets * Ways];
    private readonly LameMark[] _lame;
    private readonly Lock[] _locks = new Lock[Stripes];
    private readonly ResolverLimits _limits;

    // Drawn, so that nobody can make up a zone that is taken for another one of the same servers.
    private readonly ulong _zoneKey;
    private uint _clock;

    public ServerHistoryStore(ResolverLimits limits, IRandomSource random)
    {
        _limits = limits;
        _lame = new LameMark[limits.MaxLameMarks];
        Families = new FamilyHealth(limits);
        Cookies = new ServerCookies(limits, random);
        _zoneKey = ((ulong)random.NextUInt32() << 32) | random.NextUInt32();
        for (int i = 0; i < Stripes; i++)
        {
            _locks[i] = new Lock();
        }
    }

    /// <summary>Whether IPv4 and IPv6 work.</summary>
    public FamilyHealth Families { get; }

    /// <summary>Cookies of servers.</summary>
    public ServerCookies Cookies { get; }

    /// <summary>A copy of what is still known; a blank history when nothing is.</summary>
    public ServerHistory Get(in InetEndpoint server, long now)
    {
        int set = SetOf(server);
        lock (_locks[set % Stripes])
        {
            foreach (ref Entry entry in _entries.AsSpan(set * Ways, Ways))
            {
                if (entry.Used != 0 && entry.Server == server)
                {
                    entry.Used = Tick();
                    Fade(ref entry, now);
                    return entry.History;
                }
            }
        }

        return default;
    }

    /// <summary>Changes what is known, making room if nothing was.</summary>
    public void Change<TArgument>(
        in InetEndpoint server, long now, HistoryChange<TArgument> change, TArgument argument)
    {
        int set = SetOf(server);
        lock (_locks[set % Stripes])
        {
            ref Entry entry = ref Claim(_entries.AsSpan(set * Ways, Ways), server);
            entry.Used = Tick();
            Fade(ref entry, now);
            change(ref entry.History, argument);
        }
    }

    /// <summary>Remembers that the server does not serve the zone.</summary>
    public void MarkLame(in InetEndpoint server, DomainName zone, long now)
    {
        ulong key = LameKey(server, HashZone(zone));
        lock (_locks[(int)(key % (ulong)_lame.Length % Stripes)])
        {
            _lame[(int)(key % (ulong)_lame.Length)] = new LameMark(key, now);
        }
    }

    /// <summary>Since when the server is known not to serve the zone; null when it is not.</summary>
    public long? LameSince(in InetEndpoint server, DomainName zone, long now) =>
        LameSince(server, HashZone(zone), now);

    /// <summary>The hash of a zone that stands for it here.</summary>
    public ulong HashZone(DomainName zone) => NameOctets.Hash(zone.Wire, _zoneKey);

    /// <summary>The same for a zone given by its hash. Seldom is there a mark: a look says so.</summary>
    public long? LameSince(in InetEndpoint server, ulong zone, long now)
    {
        ulong key = LameKey(server, zone);
        if (Volatile.Read(ref _lame[(int)(key % (ulong)_lame.Length)].Key) != key)
        {
            return null;
        }

        lock (_locks[(int)(key % (ulong)_lame.Length % Stripes)])
        {
            LameMark mark = _lame[(int)(key % (ulong)_lame.Length)];
            bool holds = mark.Key == key
                && now - mark.Since < _limits.LameMilliseconds * TimeSpan.TicksPerMillisecond;
            return holds ? mark.Since : null;
        }
    }

    private void Fade(ref Entry entry, long now) =>
        entry.History.Fade(now, Families.RecoveredAt(entry.Server.Address.IsIPv6), _limits);

    private static int SetOf(in InetEndpoint server) => (int)((uint)server.GetHashCode() % Sets);

    private static ulong LameKey(in InetEndpoint server, ulong zone) =>
        (zone * 0x9E3779B97F4A7C15) ^ (uint)server.GetHashCode();

    private static ref Entry Claim(Span<Entry> ways, in InetEndpoint server)
    {
        int oldest = 0;
        for (int i = 0; i < ways.Length; i++)
        {
            if (ways[i].Used != 0 && ways[i].Server == server)
            {
                return ref ways[i];
            }

            oldest = ways[i].Used < ways[oldest].Used ? i : oldest;
        }

        ways[oldest] = new Entry { Server = server };
        return ref ways[oldest];
    }

    private uint Tick() => Math.Max(1, Interlocked.Increment(ref _clock));

    private struct Entry
    {
        public InetEndpoint Server;
        public ServerHistory History;
        public uint Used;
    }

    private struct LameMark(ulong key, long since)
    {
        public ulong Key = key;
        public long Since = since;
    }
}
