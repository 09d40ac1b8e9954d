// The scripted servers on real sockets: UDP and TCP at every address that the script gives an answer to, and
// at those of its records when it has answers for any address.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver.Scenarios;

/// <summary>The servers of one scenario, on sockets.</summary>
internal sealed class LabServers : IDisposable
{
    private const int Port = 53;
    private const int WaitingConnections = 64;
    private const int LengthOctets = 2;

    private readonly Scenario _scenario;
    private readonly ScriptedServers _script;
    private readonly Lock _lock = new();
    private readonly List<Socket> _sockets = [];
    private readonly LabAddresses _addresses;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly List<string> _faults = [];

    public LabServers(Scenario scenario)
    {
        _scenario = scenario;
        _script = new ScriptedServers(scenario);
        List<IPEndPoint> endpoints = [.. Endpoints().Distinct()];
        _addresses = new LabAddresses(endpoints.Select(static e => e.Address).Distinct());
        endpoints.ForEach(Serve);
    }

    /// <summary>The step being played.</summary>
    public int Step
    {
        set
        {
            lock (_lock)
            {
                _script.Step = value;
            }
        }
    }

    /// <summary>What was asked so far.</summary>
    public IReadOnlyList<SentQuery> Log
    {
        get
        {
            lock (_lock)
            {
                return [.. _script.Log];
            }
        }
    }

    /// <summary>Queries that the script could not even read.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_lock)
            {
                return [.. _faults];
            }
        }
    }

    public ScenarioEntry? FindUnused()
    {
        lock (_lock)
        {
            return _script.FindUnused();
        }
    }

    public void Dispose()
    {
        _sockets.ForEach(static s => s.Dispose());
        _addresses.Dispose();
    }

    private IEnumerable<IPEndPoint> Endpoints()
    {
        ScenarioConfig config = _scenario.Config;
        IEnumerable<IPAddress> named = _scenario.Ranges.SelectMany(static r => r.Addresses)
            .Concat(_scenario.Steps.Where(static s => s.Address is not null).Select(static s => s.Address!));
        bool speaksForAny = _scenario.Ranges.Exists(static r => r.Addresses.Count == 0)
            || _scenario.Steps.Exists(static s => s is { Kind: StepKind.Reply, Address: null });
        return named.Concat(speaksForAny ? AddressesOfRecords() : []).Where(IsUsable)
            .Select(static a => new IPEndPoint(a, Port))
            .Concat(config.StubServers.Values.Concat(config.ForwardServers.Values).SelectMany(static s => s));
    }

    private static bool IsUsable(IPAddress address) =>
        !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
            && !address.IsIPv6LinkLocal && !address.IsIPv6Multicast;

    private IEnumerable<IPAddress> AddressesOfRecords() => _scenario.Ranges.SelectMany(static r => r.Entries)
        .Concat(_scenario.Replies.Where(static s => s.Entry is not null).Select(static s => s.Entry!))
        .SelectMany(static e => e.Message.Records)
        .Where(static r => r.Record.Type == RRType.A || r.Record.Type == RRType.Aaaa)
        .Select(static r => new IPAddress(r.Record.Rdata));

    private void Serve(IPEndPoint endpoint)
    {
        Socket datagrams = Bind(endpoint, SocketType.Dgram, ProtocolType.Udp);
        Socket streams = Bind(endpoint, SocketType.Stream, ProtocolType.Tcp);
        streams.Listen(WaitingConnections);
        _ = UntilClosedAsync(ReceiveAsync(datagrams, endpoint.Address));
        _ = UntilClosedAsync(AcceptAsync(streams, endpoint.Address));
    }

    private Socket Bind(IPEndPoint endpoint, SocketType type, ProtocolType protocol)
    {
        Socket socket = new(endpoint.AddressFamily, type, protocol);
        _sockets.Add(socket);
        socket.Bind(endpoint);
        return socket;
    }

    private static async Task UntilClosedAsync(Task serving)
    {
        try
        {
            await serving;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // Who asked is gone, or the scenario has ended.
        }
    }

    private async Task ReceiveAsync(Socket socket, IPAddress address)
    {
        byte[] buffer = new byte[ushort.MaxValue];
        IPEndPoint anyone = new(
            address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (true)
        {
            SocketReceiveFromResult got = await socket.ReceiveFromAsync(buffer, anyone);
            if (Answer(buffer.AsSpan(0, got.ReceivedBytes), address, ExchangeTransport.Udp) is { } reply)
            {
                _ = UntilClosedAsync(SendAsync(socket, reply, got.RemoteEndPoint));
            }
        }
    }

    private static async Task SendAsync(Socket socket, ScriptedReply reply, EndPoint client)
    {
        await Task.Delay(reply.Delay);
        await socket.SendToAsync(reply.Octets!, client);
    }

    private async Task AcceptAsync(Socket socket, IPAddress address)
    {
        while (true)
        {
            Socket client = await socket.AcceptAsync();
            _ = UntilClosedAsync(ServeStreamAsync(client, address));
        }
    }

    private async Task ServeStreamAsync(Socket client, IPAddress address)
    {
        using Socket owned = client;
        await using NetworkStream stream = new(client);
        byte[] buffer = new byte[ushort.MaxValue];
        while (true)
        {
            await stream.ReadExactlyAsync(buffer.AsMemory(0, LengthOctets));
            int length = BinaryPrimitives.ReadUInt16BigEndian(buffer);
            await stream.ReadExactlyAsync(buffer.AsMemory(0, length));
            if (Answer(buffer.AsSpan(0, length), address, ExchangeTransport.Tcp) is not { } reply)
            {
                continue;
            }

            await Task.Delay(reply.Delay);
            byte[] octets = reply.Octets!;
            await stream.WriteAsync(
                (byte[])[(byte)(octets.Length >> 8), (byte)octets.Length, .. octets]);
        }
    }

    // An error of the network cannot be played on the loopback interface: it is silence here.
    private ScriptedReply? Answer(ReadOnlySpan<byte> octets, IPAddress address, ExchangeTransport transport)
    {
        SentBy sent = new(transport, Stopwatch.GetElapsedTime(_began));
        lock (_lock)
        {
            try
            {
                ScriptedReply? reply = _script.Answer(octets, InetAddress.From(address), sent);
                return reply is { Octets: null } ? null : reply;
            }
            catch (Exception fault) when (fault is FormatException or InvalidOperationException)
            {
                _faults.Add($"a query to {address} could not be answered: {fault.Message}");
                return null;
            }
        }
    }
}
