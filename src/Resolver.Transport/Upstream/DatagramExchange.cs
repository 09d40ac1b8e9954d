// Step 8 over UDP: one query, one datagram back. What does not match is counted and waited past (RFC 5452
// §9.1: a forged packet must end nothing), and so is every ICMP error, which anyone can forge
// (CVE-2020-25705): only the reply, the timeout and the limit on mismatches end the exchange.
using System;
using System.Buffers;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver.Transport;

/// <summary>An exchange by datagram; the object is pooled by its <see cref="SocketUpstream"/>.</summary>
internal sealed class DatagramExchange : LoopTimer, ISocketOwner
{
    // More than this many datagrams wait for the next turn: a flood on one socket must not stop the loop. No
    // limit of the operator's: nothing is refused by it.
    private const int MostPerTurn = 16;

    private readonly SocketUpstream _upstream;
    private ExchangeRequest _request;
    private LoopCompletion<ExchangeOutcome>? _completion;
    private BoundSocket? _bound;
    private long _sentAt;
    private int _mismatches;
    private bool _caseDiffered;
    private bool _cookieLacked;

    /// <summary>An exchange for the pool of <paramref name="upstream"/>.</summary>
    public DatagramExchange(SocketUpstream upstream) => _upstream = upstream;

    /// <summary>Its place among the exchanges under way.</summary>
    public int Slot { get; set; }

    /// <summary>What is asked of whom.</summary>
    public ref readonly ExchangeRequest Request => ref _request;

    /// <summary>True between <see cref="Prepare"/> and <see cref="Begin"/>.</summary>
    public bool IsUnsent => _completion is not null && _bound is null;

    /// <summary>Takes in what is to be sent when the turn ends.</summary>
    public void Prepare(in ExchangeRequest request, LoopCompletion<ExchangeOutcome> completion)
    {
        _request = request;
        _completion = completion;
        _mismatches = 0;
        _caseDiffered = false;
        _cookieLacked = false;
        _sentAt = _upstream.Loop.Timestamp;
    }

    /// <summary>It is sent now: its time begins.</summary>
    public void StartClock()
    {
        _sentAt = SocketLoop.Now;
        _upstream.Loop.Schedule(this, _sentAt + _request.Timeout.Ticks);
    }

    /// <summary>Sends the query on a connected socket. May complete at once.</summary>
    public void Begin(BoundSocket bound)
    {
        _bound = bound;
        LoopSocket socket = bound.Socket!;
        socket.Owner = this;
        socket.SetInterest(SocketInterest.Read);

        // A datagram that the kernel does not take is lost like any other, unless there is no way at all.
        SocketResult result = socket.TrySend(_request.Query.Span, out _);
        if (result == SocketResult.Unreachable)
        {
            End(ExchangeStatus.Unreachable);
        }
    }

    /// <inheritdoc/>
    public void OnReady(LoopSocket socket, SocketInterest ready) => _ = Read(socket);

    /// <inheritdoc/>
    public override void OnTimer(long now)
    {
        // A loop that is late may have left the reply unread.
        if (_bound is null || !Read(_bound.Socket!))
        {
            End(ExchangeStatus.TimedOut);
        }
    }

    /// <summary>Ends the exchange without a reply.</summary>
    public void End(ExchangeStatus status)
    {
        if (status == ExchangeStatus.TimedOut)
        {
            _upstream.Counters.TimedOut++;
        }

        Complete(new ExchangeOutcome(status, Elapsed(), _mismatches)
        {
            CaseDiffered = _caseDiffered,
            CookieLacked = _cookieLacked,
        });
    }

    // True when that has ended the exchange, and this object may serve another by now.
    private bool Read(LoopSocket socket)
    {
        Span<byte> buffer = _upstream.DatagramBuffer;
        for (int count = 0; count < MostPerTurn; count++)
        {
            SocketResult result = socket.TryReceive(buffer, out int received);
            if (result == SocketResult.WouldBlock)
            {
                return false;
            }

            if (result != SocketResult.Done)
            {
                _upstream.Counters.IcmpIgnored++;
            }
            else if (IsEndedBy(buffer[..received]))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsEndedBy(ReadOnlySpan<byte> datagram)
    {
        switch (_request.Compare(datagram))
        {
            case ReplyMatch.Match:
                Accept(datagram);
                return true;
            case ReplyMatch.CaseDiffers:
                _upstream.Counters.CaseMismatches++;
                _caseDiffered = true;
                break;
            case ReplyMatch.CookieLacks:
                _upstream.Counters.CookieMismatches++;
                _cookieLacked = true;
                break;
            case ReplyMatch.Mismatch:
            default:
                break;
        }

        _upstream.Counters.Mismatches++;
        _mismatches++;
        if (_mismatches <= _upstream.Limits.MaxMismatches)
        {
            return false;
        }

        _upstream.Counters.MismatchLimitReached++;
        End(ExchangeStatus.TooManyMismatches);
        return true;
    }

    private void Accept(ReadOnlySpan<byte> datagram)
    {
        byte[] reply = ArrayPool<byte>.Shared.Rent(datagram.Length);
        int length = datagram.Length;
        if (length <= _upstream.Limits.UpstreamUdpPayloadSize)
        {
            datagram.CopyTo(reply);
        }
        else
        {
            // It has come in fragments, of which all but the first are easily forged: only that it is too big
            // is believed, so the engine asks by TCP.
            _upstream.Counters.Oversized++;
            length = TruncatedReply.Write(datagram, reply);
        }

        _upstream.Counters.DatagramReplies++;
        Complete(new ExchangeOutcome(reply, length, Elapsed(), _mismatches)
        {
            CaseDiffered = _caseDiffered,
            CookieLacked = _cookieLacked,
        });
    }

    private TimeSpan Elapsed() => new(_upstream.Loop.NoteTime() - _sentAt);

    private void Complete(ExchangeOutcome outcome)
    {
        LoopCompletion<ExchangeOutcome> completion = _completion!;
        BoundSocket? bound = _bound;
        _completion = null;
        _bound = null;
        _request = default;
        _upstream.Loop.Cancel(this);
        _upstream.Finish(this, bound);

        // Last, as the awaiter runs inside and may begin a new exchange with this very object.
        completion.SetResult(outcome);
    }
}
