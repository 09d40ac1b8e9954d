// A name server for any zone that answers every A question with one address, and anything else with nothing,
// after a fixed time.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Resolver.Attack;

internal sealed class SlowAuthority(IPEndPoint address, TimeSpan delay)
{
    // More would not be answered in time anyway.
    private const int MostHeld = 200_000;

    private readonly Queue<(long Due, EndPoint Client, byte[] Reply)> _held = new();

    public void Run()
    {
        using Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(address);
        socket.ReceiveBufferSize = 4 << 20;
        byte[] buffer = new byte[4096];
        while (true)
        {
            bool isReadable = socket.Poll(TimeSpan.FromMilliseconds(2), SelectMode.SelectRead);
            while (isReadable && socket.Available > 0)
            {
                EndPoint client = new IPEndPoint(IPAddress.Any, 0);
                int length = socket.ReceiveFrom(buffer, ref client);
                if (_held.Count < MostHeld && Answer(buffer.AsSpan(0, length)) is { } reply)
                {
                    long due = Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);
                    _held.Enqueue((due, client, reply));
                }
            }

            while (_held.TryPeek(out (long Due, EndPoint Client, byte[] Reply) next)
                && next.Due <= Stopwatch.GetTimestamp())
            {
                _ = _held.Dequeue();
                _ = socket.SendTo(next.Reply, next.Client);
            }
        }
    }

    private static byte[]? Answer(ReadOnlySpan<byte> query)
    {
        int end = 12;
        while (end < query.Length && query[end] != 0)
        {
            end += query[end] + 1;
        }

        if ((end += 5) > query.Length)
        {
            return null;
        }

        bool isAddress = BinaryPrimitives.ReadUInt16BigEndian(query[(end - 4)..]) == 1;
        byte[] reply = new byte[end + (isAddress ? 16 : 0)];
        query[..end].CopyTo(reply);
        reply[2] = 0x84;
        reply[3] = 0;
        reply.AsSpan(6, 6).Clear();
        if (isAddress)
        {
            reply[7] = 1;
            ReadOnlySpan<byte> record = [0xC0, 12, 0, 1, 0, 1, 0, 0, 1, 0, 0, 4, 198, 18, 100, 5];
            record.CopyTo(reply.AsSpan(end));
        }

        return reply;
    }
}
