// One name server: the zones it serves, how far away it is, what is wrong with it, and how often it was
// asked. Its behaviour may be changed while a simulation runs: servers fail and recover.
using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>A name server of a simulated internet.</summary>
public sealed class SimulatedServer
{
    private AuthoritativeResponder _responder;
    private long _queryCount;

    internal SimulatedServer(ServerSettings settings, IReadOnlyList<AuthoritativeZone> zones)
    {
        Addresses = settings.Addresses;
        Zones = settings.Zones;
        Delay = settings.Delay;
        Loss = settings.Loss;
        Fault = settings.Fault;
        _responder = new AuthoritativeResponder(zones);
    }

    /// <summary>The addresses it answers at.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; }

    /// <summary>The names of the zones it serves.</summary>
    public IReadOnlyList<DomainName> Zones { get; }

    /// <summary>The round trip to it.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>
    /// The probability, from 0 to 1, that a datagram is lost: of each query and of each reply.
    /// </summary>
    public double Loss { get; set; }

    /// <summary>What is wrong with it.</summary>
    public ServerFault Fault { get; set; }

    /// <summary>How many queries were sent to it, by UDP and TCP, those lost on the way included.</summary>
    public long QueryCount => Interlocked.Read(ref _queryCount);

    /// <summary>Starts the count again at 0.</summary>
    public void ResetQueryCount() => Interlocked.Exchange(ref _queryCount, 0);

    /// <summary>
    /// What it makes of its replies while it has no fault: a server that means harm. Null: it is honest.
    /// </summary>
    internal ServerScript? Script { get; set; }

    /// <summary>Serves from now on what another server serves, its zones as they are there.</summary>
    internal void Adopt(SimulatedServer other) => _responder = other._responder;

    /// <summary>The packets that answer a query; none when it says nothing.</summary>
    internal IReadOnlyList<ScriptedPacket> Answer(
        byte[] query, ExchangeTransport transport, Span<byte> buffer)
    {
        byte[] reply = buffer[..Respond(query, transport, buffer)].ToArray();
        if (Script is { } script && Fault == ServerFault.None)
        {
            return script(new ServerTurn(query, transport == ExchangeTransport.Tcp, reply));
        }

        return reply.Length == 0 ? [] : [new ScriptedPacket(TimeSpan.Zero, reply)];
    }

    internal void CountQuery() => Interlocked.Increment(ref _queryCount);

    /// <summary>Answers as its fault has it; 0 when it says nothing.</summary>
    internal int Respond(ReadOnlySpan<byte> query, ExchangeTransport transport, Span<byte> reply)
    {
        bool isStream = transport == ExchangeTransport.Tcp;
        switch (Fault)
        {
            case ServerFault.Dead:
                return 0;
            case ServerFault.Lame:
                return FaultyReplies.ReferUpwards(query, reply);
            case ServerFault.Refused:
                return FaultyReplies.WriteError(query, Rcode.Refused, reply);
            case ServerFault.Truncated when !isStream:
                return FaultyReplies.Truncate(query, reply);
            case ServerFault.NoEdns when FaultyReplies.HasEdns(query):
                return FaultyReplies.RefuseEdns(query, reply);
            case ServerFault.WrongId:
            case ServerFault.WrongQuestion:
                int length = _responder.Respond(query, isStream, reply);
                FaultyReplies.Distort(Fault, reply[..length]);
                return length;
            case ServerFault.None:
            case ServerFault.Truncated:
            case ServerFault.NoEdns:
            case ServerFault.NoTcp:
            default:
                return _responder.Respond(query, isStream, reply);
        }
    }
}
