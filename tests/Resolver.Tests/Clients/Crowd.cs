// Clients by the hundred at one resolver in virtual time. Half of its internet works (good.net, and the zones
// of Internets.MakeCom), the servers of dead0.net … dead4.net say nothing, those of slow.net take two
// seconds.
using System;
using System.Collections.Generic;
using System.Net;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Wire;

namespace Resolver.Tests;

/// <summary>A resolver and the clients that ask it.</summary>
internal sealed class Crowd : IDisposable
{
    public const int DeadZones = 5;

    private readonly Run _run;
    private readonly StubQueryHandler _handler;

    public Crowd(ResolverOptions? options = null, IQueryPolicy? policy = null)
    {
        Network = new VirtualNetwork(MakeInternet());
        _run = Run.Primed(Network, options);
        _handler = new StubQueryHandler(Works, policy ?? new OpenPolicy());
    }

    public VirtualNetwork Network { get; }

    public ResolverWorks Works => _run.Resolver.Works;

    public List<CrowdQuery> Queries { get; } = [];

    private ILoop Loop => Works.Network.Loops[0];

    /// <summary>Sends one query now.</summary>
    public CrowdQuery Ask(string client, string name, CrowdTransport how = CrowdTransport.Datagram) =>
        Send(client, MakeQuery(name, RRType.A), how);

    /// <summary>Sends one message now.</summary>
    public CrowdQuery Send(string client, byte[] message, CrowdTransport how = CrowdTransport.Datagram)
    {
        ClientContext context = new(
            new InetEndpoint(InetAddress.Parse(client), 4000),
            new InetEndpoint(InetAddress.Parse("192.0.2.53"), 53),
            how == CrowdTransport.Stream ? ClientTransport.Tcp : ClientTransport.Udp);
        CrowdQuery query = new(Loop, context, message);
        Queries.Add(query);
        Loop.Post(_ => query.Arrive(_handler), null);
        return query;
    }

    public SimulatedServer ServerAt(string address) =>
        Network.Internet.FindServer(IPAddress.Parse(address))!;

    public void Pass(double milliseconds) => Network.Advance(TimeSpan.FromMilliseconds(milliseconds));

    public void Dispose() => _run.Dispose();

    public static byte[] MakeQuery(string name, RRType type, ushort payload = 1232)
    {
        byte[] buffer = new byte[QueryWriter.MaxLength];
        int length = QueryWriter.Write(buffer, new UpstreamQuestion
        {
            Id = 0x4321,
            Flags = HeaderFlags.RecursionDesired,
            Name = DomainName.Parse(name).Wire,
            Type = type,
            Class = RRClass.IN,
            Edns = payload == 0 ? null : new OptFields(payload, 0, 0, false),
        });
        return buffer[..length];
    }

    private static SimulatedInternet MakeInternet()
    {
        SimulatedInternet internet = Internets.MakeCom(static builder =>
        {
            Internets.Zone(builder, "192.0.2.5", "net.", "@ NS ns\nns A 192.0.2.5\n"
                + "good NS ns.good\nns.good A 192.0.2.6\nslow NS ns.slow\nns.slow A 192.0.2.7\n"
                + "dead0 NS ns.dead0\nns.dead0 A 192.0.2.10\ndead1 NS ns.dead1\nns.dead1 A 192.0.2.11\n"
                + "dead2 NS ns.dead2\nns.dead2 A 192.0.2.12\ndead3 NS ns.dead3\nns.dead3 A 192.0.2.13\n"
                + "dead4 NS ns.dead4\nns.dead4 A 192.0.2.14\n");
            Internets.Zone(builder, "192.0.2.6", "good.net.", "@ NS ns\nns A 192.0.2.6\n* A 192.0.2.200\n");
            Internets.Zone(builder, "192.0.2.7", "slow.net.", "@ NS ns\nns A 192.0.2.7\n* A 192.0.2.201\n");
        });
        internet.FindServer(IPAddress.Parse("192.0.2.7"))!.Delay = TimeSpan.FromSeconds(2);
        return internet;
    }
}

/// <summary>How a client asks.</summary>
internal enum CrowdTransport
{
    Datagram,
    Stream,
}
