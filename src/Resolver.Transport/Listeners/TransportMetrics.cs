// The instruments of listeners and upstream sockets (docs/metrics.md lists all), over counters that the
// loops write anyway.
using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Threading;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Instruments of one resolver's sockets.</summary>
internal sealed class TransportMetrics
{
    private readonly IReadOnlyList<ILoop> _loops;
    private QueryListeners? _listeners;

    /// <summary>Makes the instruments.</summary>
    public TransportMetrics(Meter meter, IReadOnlyList<ILoop> loops)
    {
        _loops = loops;
        meter.CreateObservableCounter(
            "resolver.listener.messages", ReadMessages, null, "Messages to and from clients.");
        meter.CreateObservableCounter(
            "resolver.listener.drops", ReadDrops, null, "Messages of clients that went nowhere, by reason.");
        meter.CreateObservableCounter(
            "resolver.listener.connections", ReadConnections, null,
            "TCP connections of clients, by what became of them.");
        meter.CreateObservableUpDownCounter(
            "resolver.listener.connections.open", () => Listeners?.Shares.Total ?? 0, null,
            "TCP connections of clients open now.");
        meter.CreateObservableCounter(
            "resolver.upstream.sockets", ReadSockets, null, "Sockets to name servers, by what was done.");
        meter.CreateObservableCounter(
            "resolver.upstream.mismatches", ReadMismatches, null,
            "Messages from name servers that were no reply to what was asked.");
    }

    /// <summary>The listeners, once there are any.</summary>
    public QueryListeners? Listeners
    {
        get => Volatile.Read(ref _listeners);
        set => Volatile.Write(ref _listeners, value);
    }

    /// <summary>The sum over all loops.</summary>
    public UpstreamCounters CountUpstream()
    {
        UpstreamCounters sum = new();
        foreach (ILoop loop in _loops)
        {
            if (loop.Upstream is SocketUpstream upstream)
            {
                sum.Add(upstream.Counters);
            }
        }

        return sum;
    }

    private static Measurement<long>[] By(string tag, params ReadOnlySpan<(string Name, long Count)> counts)
    {
        var measurements = new Measurement<long>[counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            measurements[i] = new Measurement<long>(
                counts[i].Count, new KeyValuePair<string, object?>(tag, counts[i].Name));
        }

        return measurements;
    }

    private Measurement<long>[] ReadMessages()
    {
        ListenerCounters c = Listeners?.Count() ?? new ListenerCounters();
        return By(
            "kind",
            ("udp_query", c.Datagrams),
            ("udp_reply", c.DatagramReplies),
            ("tcp_query", c.StreamQueries),
            ("tcp_reply", c.StreamReplies));
    }

    private Measurement<long>[] ReadDrops()
    {
        ListenerCounters c = Listeners?.Count() ?? new ListenerCounters();
        return By(
            "reason",
            ("udp_no_reply", c.DatagramsDropped),
            ("udp_too_long", c.DatagramsTooLong),
            ("udp_unsent", c.DatagramsUnsent),
            ("tcp_no_reply", c.StreamsDropped),
            ("tcp_client_gone", c.ClientsGone));
    }

    private Measurement<long>[] ReadConnections()
    {
        ListenerCounters c = Listeners?.Count() ?? new ListenerCounters();
        return By(
            "event",
            ("accepted", c.Connections),
            ("refused_share", c.RefusedByShare),
            ("refused_full", c.RefusedFull),
            ("evicted", c.Evicted),
            ("idle_closed", c.IdleClosed),
            ("unread_closed", c.UnreadClosed),
            ("accept_paused", c.AcceptPauses));
    }

    private Measurement<long>[] ReadSockets()
    {
        UpstreamCounters c = CountUpstream();
        return By(
            "event",
            ("udp_opened", c.SocketsOpened),
            ("udp_reused", c.SocketsReused),
            ("port_in_use", c.PortsInUse),
            ("exhausted", c.Exhausted),
            ("tcp_opened", c.ConnectionsOpened),
            ("tcp_reused", c.ConnectionsReused),
            ("tcp_failed", c.ConnectionsFailed));
    }

    private Measurement<long>[] ReadMismatches()
    {
        UpstreamCounters c = CountUpstream();
        return By(
            "kind",
            ("other", c.Mismatches),
            ("case", c.CaseMismatches),
            ("limit_reached", c.MismatchLimitReached),
            ("oversized", c.Oversized),
            ("icmp_ignored", c.IcmpIgnored));
    }
}
