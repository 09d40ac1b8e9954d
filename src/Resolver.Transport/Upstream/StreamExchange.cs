// Step 8 over TCP: one query among those of a connection. The exchange has the clock, the connection the
// octets.
using System;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver.Transport;

/// <summary>An exchange by stream; the object is pooled by its <see cref="ServerConnections"/>.</summary>
internal sealed class StreamExchange : LoopTimer
{
    private readonly ServerConnections _owner;
    private ExchangeRequest _request;
    private LoopCompletion<ExchangeOutcome>? _completion;
    private long _sentAt;
    private long _dueAt;
    private int _mismatches;
    private bool _hasLookedAgain;

    /// <summary>An exchange for the pool of <paramref name="owner"/>.</summary>
    public StreamExchange(ServerConnections owner) => _owner = owner;

    /// <summary>What is asked.</summary>
    public ref readonly ExchangeRequest Request => ref _request;

    /// <summary>The message ID.</summary>
    public ushort Id { get; private set; }

    /// <summary>The connection that carries it.</summary>
    public ServerConnection? Connection { get; set; }

    /// <summary>True when another connection may be tried, because this one was an old one.</summary>
    public bool MayRepeat { get; set; }

    /// <summary>Begins the wait.</summary>
    public void Begin(in ExchangeRequest request, LoopCompletion<ExchangeOutcome> completion)
    {
        _request = request;
        _completion = completion;
        _mismatches = 0;
        _sentAt = SocketLoop.Now;
        MayRepeat = false;
        Id = (ushort)((request.Query.Span[0] << 8) | request.Query.Span[1]);
        _dueAt = _sentAt + request.Timeout.Ticks;
        _hasLookedAgain = false;
        _owner.Loop.Schedule(this, _dueAt);
    }

    /// <summary>The query leaves now, as far as the round trip is concerned.</summary>
    public void MarkSent() => _sentAt = SocketLoop.Now;

    /// <summary>
    /// Judges a reply with this exchange's ID; true when it ends the exchange. The octets then are its own.
    /// </summary>
    public bool TryAccept(byte[] rented, int length)
    {
        ReplyMatch match = _request.Compare(rented.AsSpan(0, length));
        switch (match)
        {
            case ReplyMatch.Match or ReplyMatch.CaseDiffers:
                // A stream is not guessed: a server that changes the case here does not keep it.
                bool caseDiffers = match == ReplyMatch.CaseDiffers;
                _owner.Counters.CaseMismatches += caseDiffers ? 1 : 0;
                _owner.Counters.StreamReplies++;
                Complete(new ExchangeOutcome(rented, length, Elapsed(), _mismatches)
                {
                    CaseDiffered = caseDiffers,
                });
                return true;
            case ReplyMatch.CookieLacks or ReplyMatch.Mismatch:
            default:
                break;
        }

        _owner.Counters.Mismatches++;
        _mismatches++;
        return false;
    }

    /// <summary>True when the peer has sent more mismatches than the limit.</summary>
    public bool IsOverMismatchLimit => _mismatches > _owner.Limits.MaxMismatches;

    /// <inheritdoc/>
    public override void OnTimer(long now)
    {
        // A loop that is late may have left the reply unread: it looks at its sockets once more.
        if (_owner.Loop.CaughtUpAt < _dueAt && !_hasLookedAgain)
        {
            _hasLookedAgain = true;
            _owner.Loop.Schedule(this, SocketLoop.Now + 1);
            return;
        }

        _owner.Counters.TimedOut++;
        ServerConnection? connection = Connection;
        connection?.Remove(this);
        connection?.AfterTimeout();
        End(ExchangeStatus.TimedOut);
    }

    /// <summary>Ends the exchange, which is on no connection any more, without a reply.</summary>
    public void End(ExchangeStatus status) =>
        Complete(new ExchangeOutcome(status, Elapsed(), _mismatches));

    private TimeSpan Elapsed() => new(_owner.Loop.NoteTime() - _sentAt);

    private void Complete(ExchangeOutcome outcome)
    {
        LoopCompletion<ExchangeOutcome> completion = _completion!;
        _completion = null;
        _request = default;
        Connection = null;
        _owner.Loop.Cancel(this);
        _owner.Recycle(this);

        // Last, as the awaiter runs inside and may begin a new exchange with this very object.
        completion.SetResult(outcome);
    }
}
