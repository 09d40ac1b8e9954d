// What a client by TCP leaves unread: how much it may be, and until when it must have read on
// (CVE-2024-0760). Told to the account of all connections, whose bound makes that of each smaller.
using System;
using System.Threading;
using Resolver.Wire;

namespace Resolver.Transport;

/// <summary>
/// The replies of one connection that the kernel has not taken yet. Used on its loop, except for those on
/// their way to it.
/// </summary>
internal sealed class UnreadReplies
{
    private const long LargestMessage = MessageFramer.PrefixLength + ushort.MaxValue;

    // So much may be written before the kernel is offered it and the account of all is told.
    private const long MostUntold = 32768;

    private readonly LoopListeners _listeners;
    private readonly MessageStream _stream;
    private long _told;
    private long _mark;
    private long _onTheWay;

    /// <summary>Nothing is unread yet.</summary>
    public UnreadReplies(LoopListeners listeners, MessageStream stream)
    {
        _listeners = listeners;
        _stream = stream;
    }

    /// <summary>Timestamp by which some of it must have left; 0 while nothing waits.</summary>
    public long Deadline { get; private set; }

    /// <summary>So much that no further query is read.</summary>
    public bool IsMuch => _stream.Unsent >= Most / 2;

    /// <summary>
    /// More than the client may leave while all together leave too much. At other times what was under way
    /// when it became much may still come: max-tcp-pipeline replies, for a client that reads.
    /// </summary>
    public bool IsTooMuch => _listeners.IsFlooded && _stream.Unsent > LargestMessage;

    private long Most => _listeners.IsFlooded ? LargestMessage : _listeners.Limits.MaxTcpOutputOctets;

    /// <summary>Takes stock at the end of a turn; true when a window has begun.</summary>
    public bool TakeStock()
    {
        Tell(_stream.Unsent);
        if (_stream.Unsent == 0)
        {
            Deadline = 0;
            return false;
        }

        bool begins = Deadline == 0;
        if (begins)
        {
            BeginWindow(SocketLoop.Now);
        }

        return begins;
    }

    /// <summary>
    /// The window has ended. When all has left that waited at its beginning, another begins; else false.
    /// </summary>
    public bool TryProlong(long now)
    {
        if (_stream.Sent < _mark)
        {
            return false;
        }

        BeginWindow(now);
        return true;
    }

    /// <summary>
    /// A reply is to be brought from another loop; <see cref="Arrive"/> ends that. False when it may not:
    /// all clients together leave too much unread, and this one has its message. From any thread.
    /// </summary>
    public bool TryBring(int octets)
    {
        long onTheWay = Interlocked.Add(ref _onTheWay, octets);
        _listeners.AddUnread(octets);
        if (onTheWay <= LargestMessage || !_listeners.IsFlooded)
        {
            return true;
        }

        Arrive(octets);
        return false;
    }

    /// <summary>A reply is on its way no more. From any thread.</summary>
    public void Arrive(int octets)
    {
        _ = Interlocked.Add(ref _onTheWay, -octets);
        _listeners.AddUnread(-octets);
    }

    /// <summary>
    /// After much was written the kernel is offered it and the account told, within the turn: all clients
    /// that do not read may be served in one. False: the connection is broken.
    /// </summary>
    public bool TryTell()
    {
        if (_stream.Unsent - _told < MostUntold)
        {
            return true;
        }

        bool isWhole = _stream.TryFlush();
        Tell(_stream.Unsent);
        return isWhole;
    }

    /// <summary>The connection closes: nothing of it waits any more.</summary>
    public void Forget() => Tell(0);

    // What waits now, or as much as a connection may leave, must have left when the window ends.
    private void BeginWindow(long now)
    {
        _mark = _stream.Sent + Math.Min(_stream.Unsent, _listeners.Limits.MaxTcpOutputOctets);
        Deadline = now + (_listeners.Limits.TcpWriteMilliseconds * TimeSpan.TicksPerMillisecond);
    }

    private void Tell(long unread)
    {
        if (unread != _told)
        {
            _listeners.AddUnread(unread - _told);
            _told = unread;
        }
    }
}
