// Which TCP connection carries an exchange (RFC 7766 §6.2.1, §6.2.2): the one that there is to this server,
// else a new one. One connection per server is kept for a short while; a further one, opened because the ID
// is in use on the first or its pipeline is full, serves what is put on it and goes.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>The TCP connections of one loop to name servers. Used on its loop only.</summary>
internal sealed class ServerConnections
{
    private readonly UpstreamOptions _options;
    private readonly IRandomSource _random;
    private readonly Dictionary<InetEndpoint, ServerConnection> _kept = [];
    private readonly HashSet<ServerConnection> _all = [];
    private readonly Stack<StreamExchange> _spare = new();
    private byte[]? _messageBuffer;
    private int _idle;
    private bool _stopped;

    /// <summary>No connections yet.</summary>
    public ServerConnections(
        SocketLoop loop, IRandomSource random, UpstreamOptions options, UpstreamCounters counters)
    {
        Loop = loop;
        _random = random;
        _options = options;
        Counters = counters;
    }

    /// <summary>The loop.</summary>
    public SocketLoop Loop { get; }

    /// <summary>The counters of the loop's upstream.</summary>
    public UpstreamCounters Counters { get; }

    /// <summary>The limits in force.</summary>
    public ResolverLimits Limits => _options.Limits;

    /// <summary>Connections open or being made.</summary>
    public int Count => _all.Count;

    /// <summary>Where one message of any connection is put together.</summary>
    public byte[] MessageBuffer => _messageBuffer ??= new byte[ushort.MaxValue];

    /// <summary>
    /// Exchanges; <paramref name="completion"/> is the caller's to choose and this method's to complete.
    /// </summary>
    public ValueTask<ExchangeOutcome> ExchangeAsync(
        in ExchangeRequest request, LoopCompletion<ExchangeOutcome> completion)
    {
        if (!_spare.TryPop(out StreamExchange? exchange))
        {
            exchange = new StreamExchange(this);
        }

        ValueTask<ExchangeOutcome> task = completion.Task;
        exchange.Begin(request, completion);
        if (_kept.TryGetValue(request.Server, out ServerConnection? connection)
            && connection.CanTake(exchange.Id))
        {
            Counters.ConnectionsReused++;
            connection.Add(exchange);
        }
        else
        {
            PutOnNew(exchange);
        }

        return task;
    }

    /// <summary>
    /// Asks again, once: a server may close a kept connection in the moment in which it is used (RFC 7766
    /// §6.2.4).
    /// </summary>
    public void Repeat(StreamExchange exchange)
    {
        if (_stopped)
        {
            exchange.End(ExchangeStatus.Stopped);
            return;
        }

        Counters.StreamsRepeated++;
        PutOnNew(exchange);
    }

    /// <summary>A connection has become idle: keeps it for a while; false when it is to close.</summary>
    public bool TryKeep(ServerConnection connection)
    {
        bool isFirst = _kept.TryGetValue(connection.Server, out ServerConnection? kept) && kept == connection;
        if (!isFirst || Limits.UpstreamTcpIdleMilliseconds == 0 || _idle >= Limits.MaxUpstreamTcpIdle)
        {
            return false;
        }

        _idle++;
        long keep = Limits.UpstreamTcpIdleMilliseconds * TimeSpan.TicksPerMillisecond;
        Loop.Schedule(connection, SocketLoop.Now + keep);
        return true;
    }

    /// <summary>A kept connection is used again, or closes.</summary>
    public void EndKeeping(ServerConnection connection)
    {
        _idle--;
        Loop.Cancel(connection);
    }

    /// <summary>A connection closes.</summary>
    public void Forget(ServerConnection connection)
    {
        if (_all.Remove(connection))
        {
            _options.Sockets.GiveBack();
        }

        if (_kept.TryGetValue(connection.Server, out ServerConnection? kept) && kept == connection)
        {
            _ = _kept.Remove(connection.Server);
        }
    }

    /// <summary>Takes back an exchange that has ended.</summary>
    public void Recycle(StreamExchange exchange) => _spare.Push(exchange);

    /// <summary>Ends all.</summary>
    public void Stop()
    {
        _stopped = true;
        foreach (ServerConnection connection in _all.ToArray())
        {
            connection.Fail(ExchangeStatus.Stopped);
        }
    }

    private void PutOnNew(StreamExchange exchange)
    {
        InetEndpoint server = exchange.Request.Server;
        ServerConnection? connection = Open(server, out SocketResult result);
        switch (result)
        {
            case SocketResult.Done:
            case SocketResult.InProgress:
                connection!.Add(exchange);
                break;
            case SocketResult.PeerError:
                Counters.ConnectionsFailed++;
                exchange.End(ExchangeStatus.ConnectionRefused);
                break;
            case SocketResult.Unreachable:
                exchange.End(ExchangeStatus.Unreachable);
                break;
            case SocketResult.WouldBlock:
            case SocketResult.AddressInUse:
            case SocketResult.Denied:
            case SocketResult.Exhausted:
            default:
                Counters.Exhausted++;
                exchange.End(ExchangeStatus.SocketsExhausted);
                break;
        }
    }

    private ServerConnection? Open(in InetEndpoint server, out SocketResult result)
    {
        result = SocketResult.Exhausted;
        if (!_options.Sockets.TryTake())
        {
            return null;
        }

        LoopSocket? socket = Loop.OpenStream(server.Address.IsIPv6, out result);
        if (socket is not null)
        {
            Counters.ConnectionsOpened++;
            result = BindSource(socket, server.Address.IsIPv6);
            if (result == SocketResult.Done)
            {
                result = socket.Connect(server);
            }

            if (result is SocketResult.Done or SocketResult.InProgress)
            {
                return Register(server, socket, isOpen: result == SocketResult.Done);
            }

            socket.Dispose();
        }

        _options.Sockets.GiveBack();
        return null;
    }

    private ServerConnection Register(in InetEndpoint server, LoopSocket socket, bool isOpen)
    {
        var connection = new ServerConnection(this, server, socket);
        _ = _all.Add(connection);
        _ = _kept.TryAdd(server, connection);
        connection.Start(isOpen);
        return connection;
    }

    /// <summary>The port may be the system's choice: what protects a stream is its sequence number.</summary>
    private SocketResult BindSource(LoopSocket socket, bool ipv6)
    {
        ReadOnlySpan<InetAddress> sources = _options.SourcesOf(ipv6);
        return sources.Length == 0
            ? SocketResult.Done
            : socket.Bind(new InetEndpoint(sources[(int)_random.NextBelow((uint)sources.Length)], 0));
    }
}
