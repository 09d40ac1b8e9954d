// One query on its way to a server and what comes back. A query meets its server half a round trip after it
// was sent, and whatever the server does is decided then: a server that recovers meanwhile answers. TCP costs
// a round trip to connect and one to ask, as no connection is kept (RFC 7766 §6.2.1 leaves that to both).
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Threading;
using Resolver.Engine;
using Resolver.Transport;
using Resolver.Wire;
using Completion = Resolver.Transport.LoopCompletion<Resolver.Engine.ExchangeOutcome>;

namespace Resolver.Testing;

/// <summary>An exchange under way; ends once, and is deaf to packets that come later.</summary>
internal sealed class PacketExchange
{
    private readonly PacketSimulator _network;
    private readonly ExchangeRequest _request;
    private readonly byte[] _query;
    private readonly SimulatedServer? _server;
    private readonly Completion _completion;
    private readonly List<PacketTimer> _packets = [];
    private readonly long _begunAt;
    private readonly long _timeoutAt;
    private long _moment;
    private bool _isOverdue;
    private long _sentAt;
    private int _mismatches;
    private bool _caseDiffered;
    private bool _cookieLacked;
    private bool _ended;

    /// <summary>An exchange, not begun.</summary>
    public PacketExchange(PacketSimulator network, in ExchangeRequest request, Completion completion)
    {
        _network = network;
        _request = request;
        _completion = completion;
        _query = request.Query.ToArray();
        _server = network.Internet.FindServer(request.Server.Address);
        _begunAt = _sentAt = _moment = network.Loop.Time.GetTimestamp();
        _timeoutAt = _begunAt + request.Timeout.Ticks;
    }

    private PacketSimulatorOptions Faults => _network.Options;

    private SeededRandom Random => _network.Random;

    private UpstreamCounters Counters => _network.Counters;

    /// <summary>Sends the query.</summary>
    public void Begin()
    {
        // First of all, so that a reply which arrives at that very moment is too late.
        After(_request.Timeout, TimeOut);
        _server?.CountQuery();
        if (_request.Transport == ExchangeTransport.Udp)
        {
            Counters.DatagramsSent++;
            SendForgeries();
            Transmit(AskByDatagram, _network.World);
        }
        else
        {
            Counters.StreamsSent++;
            Counters.ConnectionsOpened++;
            if (_server is { Fault: not ServerFault.Dead })
            {
                After(RoundTrip(), Connect);
            }
        }
    }

    /// <summary>Ends without a reply.</summary>
    public void End(ExchangeStatus status) =>
        Complete(
            new ExchangeOutcome(status, Elapsed(), _mismatches)
            {
                CaseDiffered = _caseDiffered,
                CookieLacked = _cookieLacked,
            },
            default);

    // A loop that is late to its packets is no silent server: what would have come in time still may.
    private void TimeOut()
    {
        _isOverdue = _packets.Exists(p => !p.HasFired && p.Due < _timeoutAt);
        if (_isOverdue)
        {
            return;
        }

        Counters.TimedOut++;
        End(ExchangeStatus.TimedOut);
    }

    private void AskByDatagram()
    {
        foreach (ScriptedPacket packet in Ask())
        {
            Send(packet, () => Transmit(() => Receive(packet.Octets)));
        }
    }

    private void Connect()
    {
        if (_server!.Fault == ServerFault.NoTcp)
        {
            Counters.ConnectionsFailed++;
            End(ExchangeStatus.ConnectionRefused);
            return;
        }

        // From here the round trip of the query itself is measured.
        _sentAt = _network.Loop.Time.GetTimestamp();
        if (Random.Chance(Faults.BrokenStream))
        {
            Counters.ConnectionsFailed++;
            After(RoundTrip(), () => End(ExchangeStatus.ConnectionClosed));
        }
        else
        {
            After(OneWay(), AskByStream, _network.World);
        }
    }

    private void AskByStream()
    {
        foreach (ScriptedPacket packet in Ask())
        {
            Send(packet, () => After(OneWay(), () => Receive(packet.Octets)));
        }
    }

    private IReadOnlyList<ScriptedPacket> Ask() =>
        _server?.Answer(_query, _request.Transport, _network.ReplyBuffer) ?? [];

    private void Send(in ScriptedPacket packet, Action send)
    {
        if (packet.Delay > TimeSpan.Zero)
        {
            After(packet.Delay, send, _network.World);
        }
        else
        {
            send();
        }
    }

    private void Receive(byte[] reply)
    {
        switch (_request.Compare(reply))
        {
            case ReplyMatch.Match:
                Accept(reply);
                return;
            case ReplyMatch.CaseDiffers:
                Counters.CaseMismatches++;
                _caseDiffered = true;
                if (_request.Transport == ExchangeTransport.Tcp)
                {
                    Accept(reply);
                    return;
                }

                break;
            case ReplyMatch.CookieLacks:
                Counters.CookieMismatches++;
                _cookieLacked = true;
                break;
            case ReplyMatch.Mismatch:
            default:
                break;
        }

        Counters.Mismatches++;
        _mismatches++;
        if (_request.Transport == ExchangeTransport.Tcp && reply.AsSpan().StartsWith(_query.AsSpan(0, 2)))
        {
            End(ExchangeStatus.WrongReply);
        }
        else if (_mismatches > _network.Limits.MaxMismatches)
        {
            Counters.MismatchLimitReached++;
            End(ExchangeStatus.TooManyMismatches);
        }
    }

    private void Accept(byte[] reply)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(reply.Length);
        int length = reply.Length;
        bool isDatagram = _request.Transport == ExchangeTransport.Udp;
        Counters.DatagramReplies += isDatagram ? 1 : 0;
        Counters.StreamReplies += isDatagram ? 0 : 1;
        if (isDatagram && length > _network.Limits.UpstreamUdpPayloadSize)
        {
            Counters.Oversized++;
            length = TruncatedReply.Write(reply, rented);
        }
        else
        {
            reply.CopyTo(rented, 0);
        }

        ExchangeOutcome outcome =
            new(rented, length, Elapsed(), _mismatches)
            {
                CaseDiffered = _caseDiffered,
                CookieLacked = _cookieLacked,
            };
        Complete(outcome, reply);
    }

    private void Complete(ExchangeOutcome outcome, ReadOnlyMemory<byte> reply)
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        _packets.ForEach(static packet => packet.Timer!.Dispose());
        _packets.Clear();
        _network.Log?.Add(new ExchangeRecord
        {
            Loop = _network.Loop.Index,
            Began = _begunAt,
            Ended = _network.Loop.Time.GetTimestamp(),
            Server = _request.Server.Address,
            Transport = _request.Transport,
            Status = outcome.Status,
            Query = _query,
            Reply = reply,
        });
        _network.Finish(this);

        // Last, as the awaiter runs inside.
        _completion.SetResult(outcome);
    }

    // Someone knows the port and guesses the rest: wrong ID, or the right ID and another question.
    private void SendForgeries()
    {
        if (!Random.Chance(Faults.Forgery))
        {
            return;
        }

        for (int count = 1 + Random.NextBelow(4); count > 0; count--)
        {
            byte[] forged = ForgedReply.Write(_query, Random);
            After(Random.NextBelow(RoundTrip() + TimeSpan.FromTicks(1)), () => Receive(forged));
        }
    }

    private void Transmit(Action arrive, TimeProvider? clock = null)
    {
        double loss = Math.Max(Faults.Loss, _server?.Loss ?? 0);
        int copies = Random.Chance(loss) && _network.TryLose() ? 0 : Random.Chance(Faults.Duplicate) ? 2 : 1;
        for (; copies > 0 && _server is not null; copies--)
        {
            After(OneWay(), arrive, clock);
        }
    }

    private TimeSpan RoundTrip() => OneWay() + OneWay();

    private TimeSpan OneWay() => ((_server?.Delay ?? TimeSpan.Zero) / 2) + Random.NextBelow(Faults.Jitter);

    private TimeSpan Elapsed() => _network.Loop.Time.GetElapsedTime(_sentAt);

    // By the network's time, which does not wait for a loop that is late.
    private void After(TimeSpan delay, Action action, TimeProvider? clock = null)
    {
        clock ??= _network.Loop.Time;
        PacketTimer packet = new(_moment + delay.Ticks, action);
        TimeSpan wait = new(Math.Max(0, packet.Due - clock.GetTimestamp()));
        packet.Timer = clock.CreateTimer(
            _ => Fire(packet), null, wait, Timeout.InfiniteTimeSpan);
        _packets.Add(packet);
    }

    private void Fire(PacketTimer packet)
    {
        packet.HasFired = true;
        if (_ended)
        {
            return;
        }

        _moment = packet.Due;
        packet.Action();
        if (!_ended && _isOverdue)
        {
            After(TimeSpan.Zero, TimeOut);
        }
    }
}
