// What a client by TCP leaves unread: how much it may be, and until when it must have read on
// (CVE-2024-0760). Told to the account of all connections, whose bound makes that of each smaller.
using System;
using Resolver.Wire;

namespace Resolver.Transport;

/// <summary>The replies of one connection that the kernel has not taken yet. Used on its loop.</summary>
internal sealed class UnreadReplies
{
    private const long LargestMessage = MessageFramer.PrefixLength + ushort.MaxValue;

    private readonly LoopListeners _listeners;
    private readonly MessageStream _stream;
    private long _told;
    private long _mark;

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

    /// <summary>More than the client may leave.</summary>
    public bool IsTooMuch => _stream.Unsent > Most;

    /// <summary>True when what waited at the beginning of the window has left.</summary>
    public bool HasMoved => _stream.Sent >= _mark;

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

    /// <summary>What waits now must have left when the window ends.</summary>
    public void BeginWindow(long now)
    {
        _mark = _stream.Sent + _stream.Unsent;
        Deadline = now + (_listeners.Limits.TcpWriteMilliseconds * TimeSpan.TicksPerMillisecond);
    }

    /// <summary>The connection closes: nothing of it waits any more.</summary>
    public void Forget() => Tell(0);

    private void Tell(long unread)
    {
        if (unread != _told)
        {
            _listeners.AddUnread(unread - _told);
            _told = unread;
        }
    }
}
