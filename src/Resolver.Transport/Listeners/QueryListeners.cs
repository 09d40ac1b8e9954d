// The listeners of one resolver: every address on every loop.
using System;
using System.Collections.Generic;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Made after the loops and their upstreams, before the loops start; ends with the loops.</summary>
internal sealed class QueryListeners
{
    private readonly LoopGroup _group;
    private readonly List<LoopListeners> _loops = [];

    /// <summary>No addresses yet; <paramref name="handlerOf"/> makes the handler of each loop.</summary>
    public QueryListeners(LoopGroup group, Func<SocketLoop, QueryHandler> handlerOf, ResolverLimits limits)
    {
        _group = group;

        // A quarter of the descriptors; half are for name servers, the rest for files and what else is open.
        int most = Math.Min(limits.MaxTcpConnections, Math.Max(group.OpenFiles / 4, 1));
        Shares = new ConnectionShares(most, limits.MaxTcpUnreadOctets);
        foreach (SocketLoop loop in group.Loops)
        {
            _loops.Add(new LoopListeners(loop, handlerOf(loop), limits, Shares));
        }
    }

    /// <summary>The client connections of all loops.</summary>
    public ConnectionShares Shares { get; }

    /// <summary>The listeners by loop.</summary>
    public IReadOnlyList<LoopListeners> Loops => _loops;

    /// <summary>
    /// Listens on one more address, UDP and TCP; port 0: one free for both. Returns the address with its
    /// port, or null with the reason.
    /// </summary>
    public InetEndpoint? Add(in InetEndpoint address, DatagramListenOptions options, out SocketResult result)
    {
        ListenPoint? point = _group.Listen(address, options, out result);
        if (point is null)
        {
            return null;
        }

        var sameAddress = new DatagramListener[_loops.Count];
        foreach (LoopListeners loop in _loops)
        {
            loop.Add(point, sameAddress);
        }

        return point.Local;
    }

    /// <summary>Octets that clients by TCP leave unread.</summary>
    public long Unread => Shares.Unread;

    /// <summary>The sum of what all loops have done.</summary>
    public ListenerCounters Count()
    {
        var sum = new ListenerCounters();
        foreach (LoopListeners loop in _loops)
        {
            loop.AddCountersTo(sum);
        }

        return sum;
    }
}
