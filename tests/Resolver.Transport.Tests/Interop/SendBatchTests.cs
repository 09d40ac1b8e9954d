// Replies of one batch, from a raw socket to sockets of the framework: whole, unmixed and from the right
// address, however the kernel was given them.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class SendBatchTests
{
    private const int Room = 64;
    private const int WithoutChecksum = 11;
    private const int Unsegmented = 104;

    [Theory]
    [InlineData("127.0.0.1", true, 1)]
    [InlineData("127.0.0.1", false, 2)]
    [InlineData("0.0.0.0", true, 3)]
    [InlineData("::1", true, 4)]
    [InlineData("::", true, 5)]
    public void Every_client_gets_its_datagrams_whole_from_the_address_it_asked(
        string listen, bool cuts, int seed)
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        using var server = new Server(listen, cuts);
        var random = new Random(seed);
        for (int round = 0; round < 60; round++)
        {
            int crowd = random.Next(1, 9);
            Client[] clients = [.. Enumerable.Range(0, crowd).Select(_ => server.Connect(random))];
            int count = random.Next(1, Room + 1);
            int sizes = random.Next(1, 8);
            for (int reply = 0; reply < count; reply++)
            {
                Client client = clients[random.Next(clients.Length)];
                int length = random.Next(10) == 0 ? random.Next(1, 4000) : 40 + random.Next(sizes);
                byte[] octets = new byte[length];
                random.NextBytes(octets);
                client.Expected.Add(Convert.ToHexString(octets));
                server.Add(octets, client);
            }

            Assert.Equal(count, server.Send());
            foreach (Client client in clients)
            {
                client.Expected.Sort(StringComparer.Ordinal);
                Assert.Equal(client.Expected, client.Receive());
                client.Dispose();
            }
        }
    }

    [Fact]
    public void Replies_to_one_client_take_one_way_through_the_kernel()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "datagrams are cut by Linux alone");
        using var server = new Server("127.0.0.1", cuts: true);
        using Client client = server.Connect(new Random(1));
        client.Socket.SetRawSocketOption(Libc.LevelUdp, Unsegmented, BitConverter.GetBytes(1));
        foreach (int length in (int[])[50, 52, 51, 52])
        {
            server.Add(new byte[length], client);
        }

        Assert.Equal(4, server.Send());

        // The longer two with the next, then the last.
        Assert.Equal([52 + 52 + 51, 50], client.ReceiveLengths(2));
    }

    [Fact]
    public void What_the_kernel_refuses_to_cut_is_sent_one_by_one()
    {
        using var server = new Server("127.0.0.1", cuts: true);
        using Client client = server.Connect(new Random(1));
        Assert.Equal(SocketResult.Done, server.Socket.SetOption(Libc.LevelSocket, WithoutChecksum, 1));
        for (int batch = 0; batch < 3; batch++)
        {
            for (byte reply = 0; reply < 20; reply++)
            {
                byte[] octets = [reply, 2, 3, 4, 5, 6, 7, 8];
                client.Expected.Add(Convert.ToHexString(octets));
                server.Add(octets, client);
            }

            Assert.Equal(20, server.Send());
            Assert.Equal(client.Expected, client.Receive());
            client.Expected.Clear();
        }
    }

    [Fact]
    public void A_client_that_cannot_be_reached_costs_no_other_its_replies()
    {
        using var server = new Server("127.0.0.1", cuts: true);
        using Client client = server.Connect(new Random(1));
        var nowhere = new DatagramRoute(new InetEndpoint(InetAddress.Parse("203.0.113.1"), 53), default);
        for (byte reply = 0; reply < 6; reply++)
        {
            byte[] octets = [reply, 2, 3];
            client.Expected.Add(Convert.ToHexString(octets));
            server.Add(octets, client);
            server.Add(octets, nowhere);
        }

        Assert.Equal(6, server.Send());
        Assert.Equal(client.Expected, client.Receive());
    }

    private sealed class Server : IDisposable
    {
        private readonly byte[] _octets = GC.AllocateArray<byte>(Room * 4096, pinned: true);
        private readonly SendBatch _batch;
        private readonly IPEndPoint _endpoint;

        public Server(string listen, bool cuts)
        {
            Assert.SkipUnless(Libc.IsSupported, "raw sockets of Linux");
            var local = new InetEndpoint(InetAddress.Parse(listen), 0);
            bool ipv6 = local.Address.IsIPv6;
            SocketResult opened = SocketDescriptor.TryOpen(ipv6, Libc.TypeDatagram, out var socket);
            Assert.Equal(SocketResult.Done, opened);
            Socket = socket;
            Assert.Equal(SocketResult.Done, socket.Bind(local));
            _endpoint = socket.LocalEndpoint().ToIPEndPoint();
            Assert.True(SegmentSize.IsKnownTo(socket));
            _batch = new SendBatch(Room, local.Address.Bits == UInt128.Zero, cuts);
        }

        public SocketDescriptor Socket { get; }

        public Client Connect(Random random)
        {
            string asked = _endpoint.Address.ToString();
            if (_endpoint.Address.Equals(IPAddress.IPv6Any))
            {
                asked = "::1";
            }
            else if (_endpoint.Address.Equals(IPAddress.Any))
            {
                asked = string.Create(CultureInfo.InvariantCulture, $"127.0.0.{random.Next(1, 5)}");
            }

            return new Client(new IPEndPoint(IPAddress.Parse(asked), _endpoint.Port));
        }

        public void Add(byte[] octets, Client client) => Add(octets, client.Route);

        public void Add(byte[] octets, in DatagramRoute route)
        {
            Span<byte> slot = _octets.AsSpan(_batch.Count * 4096, octets.Length);
            octets.CopyTo(slot);
            _batch.Add(_batch.Count, slot, route);
        }

        public int Send()
        {
            int sent = _batch.Send(Socket);
            _batch.Clear();
            return sent;
        }

        public void Dispose() => Socket.Close();
    }

    // Connected: it hears the address that it asked, and no other.
    private sealed class Client : IDisposable
    {
        public Client(IPEndPoint server)
        {
            Socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
            {
                ReceiveTimeout = 5000,
                ReceiveBufferSize = 1 << 20,
            };
            Socket.Connect(server);
            Route = new DatagramRoute(
                InetEndpoint.From((IPEndPoint)Socket.LocalEndPoint!), InetEndpoint.From(server));
        }

        public Socket Socket { get; }

        public DatagramRoute Route { get; }

        public List<string> Expected { get; } = [];

        public List<string> Receive()
        {
            byte[] buffer = new byte[65536];
            List<string> received =
                [.. Expected.Select(_ => Convert.ToHexString(buffer, 0, Socket.Receive(buffer)))];
            received.Sort(StringComparer.Ordinal);
            Assert.Equal(0, Socket.Available);
            return received;
        }

        public int[] ReceiveLengths(int count)
        {
            byte[] buffer = new byte[65536];
            return [.. Enumerable.Range(0, count).Select(_ => Socket.Receive(buffer))];
        }

        public void Dispose() => Socket.Dispose();
    }
}
