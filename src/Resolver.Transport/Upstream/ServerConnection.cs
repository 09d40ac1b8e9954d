// One TCP connection to a name server with any number of exchanges on it, whose replies may come in any order
// (RFC 7766 §6.2.1.1). Decides when the connection ends; which exchange goes on which connection is decided
// by ServerConnections.
using System;
using System.Buffers;
using System.Collections.Generic;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>A connection to a server. Its timer ends idleness.</summary>
internal sealed class ServerConnection : LoopTimer, ISocketOwner, IDisposable
{
    private readonly ServerConnections _owner;
    private readonly MessageStream _stream;
    private readonly List<StreamExchange> _exchanges = [];
    private bool _isOpen;
    private bool _isClosed;
    private bool _hasReplied;
    private bool _isKept;
    private bool _owesReplies;

    /// <summary>Takes over a socket on which connecting has begun or is done.</summary>
    public ServerConnection(ServerConnections owner, in InetEndpoint server, LoopSocket socket)
    {
        _owner = owner;
        Server = server;
        _stream = new MessageStream(socket, owner.Loop.Blocks);
        socket.Owner = this;
    }

    /// <summary>The server.</summary>
    public InetEndpoint Server { get; }

    /// <summary>True while no exchange is under way.</summary>
    public bool IsIdle => _exchanges.Count == 0;

    /// <summary>True when an exchange with this ID can be put on it.</summary>
    public bool CanTake(ushort id)
    {
        if (_isClosed || _exchanges.Count >= _owner.Limits.MaxUpstreamTcpPipeline)
        {
            return false;
        }

        foreach (StreamExchange exchange in _exchanges)
        {
            if (exchange.Id == id)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Begins after the socket was told to connect; <paramref name="isOpen"/>: it is connected already.
    /// </summary>
    public void Start(bool isOpen)
    {
        _isOpen = isOpen;
        UpdateInterest();
    }

    /// <summary>Puts an exchange on the connection. May end it at once.</summary>
    public void Add(StreamExchange exchange)
    {
        EndIdleness();
        exchange.Connection = this;
        exchange.MayRepeat = _hasReplied;
        _exchanges.Add(exchange);
        _stream.Write(exchange.Request.Query.Span);
        _owner.Counters.StreamsSent++;
        if (_isOpen)
        {
            exchange.MarkSent();
            Flush();
        }
    }

    /// <summary>Takes an exchange off; its reply, should it come, is ignored.</summary>
    public void Remove(StreamExchange exchange)
    {
        exchange.Connection = null;
        _ = _exchanges.Remove(exchange);
    }

    /// <summary>An exchange ran out of time: a server that is silent to all is not kept.</summary>
    public void AfterTimeout()
    {
        _owesReplies = true;
        if (IsIdle)
        {
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void OnReady(LoopSocket socket, SocketInterest ready)
    {
        if (_isClosed || (!_isOpen && !IsConnected()))
        {
            return;
        }

        Flush();
        if (!_isClosed)
        {
            Read();
        }
    }

    /// <inheritdoc/>
    public override void OnTimer(long now) => Dispose();

    /// <summary>
    /// Closes; exchanges still on it end with <paramref name="status"/> or are repeated elsewhere.
    /// </summary>
    public void Fail(ExchangeStatus status)
    {
        if (_exchanges.Count > 0 && status != ExchangeStatus.Stopped)
        {
            _owner.Counters.ConnectionsFailed++;
        }

        Dispose();
        while (_exchanges.Count > 0)
        {
            StreamExchange exchange = _exchanges[^1];
            Remove(exchange);
            if (status == ExchangeStatus.ConnectionClosed && exchange.MayRepeat)
            {
                _owner.Repeat(exchange);
            }
            else
            {
                exchange.End(status);
            }
        }
    }

    /// <summary>Closes the socket, whatever is on it.</summary>
    public void Dispose()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            EndIdleness();
            _owner.Forget(this);
            _stream.Dispose();
        }
    }

    private bool IsConnected()
    {
        switch (_stream.Socket.FinishConnect())
        {
            case SocketResult.Done:
                _isOpen = true;
                foreach (StreamExchange exchange in _exchanges)
                {
                    exchange.MarkSent();
                }

                return true;
            case SocketResult.WouldBlock:
            case SocketResult.InProgress:
                return false;
            case SocketResult.Unreachable:
                Fail(ExchangeStatus.Unreachable);
                return false;
            case SocketResult.PeerError:
            case SocketResult.AddressInUse:
            case SocketResult.Denied:
            case SocketResult.Exhausted:
            default:
                Fail(ExchangeStatus.ConnectionRefused);
                return false;
        }
    }

    private void Flush()
    {
        if (_stream.TryFlush())
        {
            UpdateInterest();
        }
        else
        {
            Fail(ExchangeStatus.ConnectionClosed);
        }
    }

    private void Read()
    {
        StreamState state = _stream.Receive();
        byte[] room = _owner.MessageBuffer;
        while (!_isClosed && _stream.TryReadMessage(room, out int length))
        {
            Deliver(room.AsSpan(0, length));
        }

        if (_isClosed)
        {
            return;
        }

        // Whatever remains is the beginning of a message whose end will not come.
        if (state != StreamState.Open || _stream.IsUnreadable)
        {
            Fail(ExchangeStatus.ConnectionClosed);
        }
        else if (IsIdle && !_isKept)
        {
            _isKept = _owner.TryKeep(this);
            if (!_isKept)
            {
                Dispose();
            }
        }
    }

    private void EndIdleness()
    {
        if (_isKept)
        {
            _isKept = false;
            _owner.EndKeeping(this);
        }
    }

    private void Deliver(ReadOnlySpan<byte> message)
    {
        StreamExchange? exchange = Find(message);
        if (exchange is null)
        {
            // Late replies to exchanges that have timed out come here.
            _owner.Counters.Mismatches++;
            return;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(message.Length);
        message.CopyTo(rented);
        int place = _exchanges.IndexOf(exchange);
        _exchanges.RemoveAt(place);
        _hasReplied = true;
        if (exchange.TryAccept(rented, message.Length))
        {
            return;
        }

        ArrayPool<byte>.Shared.Return(rented);
        _exchanges.Insert(place, exchange);
        if (_exchanges.Count == 1 && !_owesReplies)
        {
            // Nobody but the server writes here, and there is nothing else that it could be replying to.
            Fail(ExchangeStatus.WrongReply);
        }
        else if (exchange.IsOverMismatchLimit)
        {
            _owner.Counters.MismatchLimitReached++;
            Fail(ExchangeStatus.TooManyMismatches);
        }
    }

    private StreamExchange? Find(ReadOnlySpan<byte> message)
    {
        if (message.Length < 2)
        {
            return null;
        }

        int id = (message[0] << 8) | message[1];
        foreach (StreamExchange exchange in _exchanges)
        {
            if (exchange.Id == id)
            {
                return exchange;
            }
        }

        return null;
    }

    private void UpdateInterest() => _stream.Socket.SetInterest(
        _isOpen && _stream.Unsent == 0 ? SocketInterest.Read : SocketInterest.Read | SocketInterest.Write);
}
