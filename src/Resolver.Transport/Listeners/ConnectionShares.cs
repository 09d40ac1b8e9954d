// Who may have how many of the client connections, which all loops share. As long as half of them are free
// nobody is limited; from then on a client may hold no more than half of what is still free, so that a single
// one can never take the last (CVE-2024-0760 and its kin). An IPv6 client is its /64: addresses inside it
// cost nothing.
using System;
using System.Collections.Generic;
using System.Threading;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>What became of the wish for a connection.</summary>
internal enum Admission : byte
{
    /// <summary>It may stay, and must be given back.</summary>
    Admitted,

    /// <summary>The client has its share.</summary>
    ShareUsedUp,

    /// <summary>All connections are taken.</summary>
    Full,
}

/// <summary>Connections by client. Thread-safe; used when connections come and go, never per query.</summary>
internal sealed class ConnectionShares
{
    private readonly Lock _lock = new();
    private readonly Dictionary<InetAddress, int> _held = [];
    private readonly int _most;
    private readonly long _mostUnread;
    private int _total;
    private long _unread;

    /// <summary>
    /// Shares of <paramref name="most"/> connections and of <paramref name="mostUnread"/> octets of replies
    /// that wait for clients who do not read.
    /// </summary>
    public ConnectionShares(int most, long mostUnread)
    {
        _most = most;
        _mostUnread = mostUnread;
    }

    /// <summary>Connections held by all.</summary>
    public int Total => Volatile.Read(ref _total);

    /// <summary>True when more than half of them are taken.</summary>
    public bool IsCrowded => Total > _most / 2;

    /// <summary>True when clients leave more unread than they may together.</summary>
    public bool IsFlooded => Unread > _mostUnread;

    /// <summary>Octets that clients leave unread.</summary>
    public long Unread => Interlocked.Read(ref _unread);

    /// <summary>Octets more, or fewer, that wait for a client.</summary>
    public void AddUnread(long octets) => Interlocked.Add(ref _unread, octets);

    /// <summary>Asks for one connection of a client.</summary>
    public Admission TryTake(in InetAddress client)
    {
        InetAddress key = KeyOf(client);
        lock (_lock)
        {
            int held = _held.GetValueOrDefault(key);
            int free = _most - _total;
            if (IsCrowded && held > 0 && held >= free / 2)
            {
                return Admission.ShareUsedUp;
            }

            if (free == 0)
            {
                return Admission.Full;
            }

            _held[key] = held + 1;
            _total++;
            return Admission.Admitted;
        }
    }

    /// <summary>Gives one back.</summary>
    public void GiveBack(in InetAddress client)
    {
        InetAddress key = KeyOf(client);
        lock (_lock)
        {
            int held = _held[key] - 1;
            _total--;
            if (held == 0)
            {
                _ = _held.Remove(key);
            }
            else
            {
                _held[key] = held;
            }
        }
    }

    /// <summary>How many a client holds.</summary>
    public int HeldBy(in InetAddress client)
    {
        InetAddress key = KeyOf(client);
        lock (_lock)
        {
            return _held.GetValueOrDefault(key);
        }
    }

    private static InetAddress KeyOf(in InetAddress client)
    {
        if (!client.IsIPv6)
        {
            return client;
        }

        Span<byte> octets = stackalloc byte[16];
        client.CopyTo(octets);
        octets[8..].Clear();
        return InetAddress.FromOctets(octets, client.Scope);
    }
}
