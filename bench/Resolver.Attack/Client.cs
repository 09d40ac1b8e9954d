// One client address: a connected socket, the questions under way, and what became of them.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Resolver.Attack;

internal sealed class Client : IDisposable
{
    private const int MaxName = 300;

    private readonly Socket _socket;
    private readonly long[] _sentAt = new long[65536];
    private readonly byte[] _buffer = new byte[4096];
    private ushort _id;

    public Client(IPAddress address, IPEndPoint server)
    {
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        _socket.Bind(new IPEndPoint(address, 0));
        _socket.ReceiveBufferSize = 1 << 20;
        _socket.Connect(server);
    }

    public long Sent { get; private set; }

    /// <summary>Replies that answer: NOERROR or NXDOMAIN, not cut.</summary>
    public long Answered { get; private set; }

    /// <summary>Replies that do not.</summary>
    public long Refused { get; private set; }

    /// <summary>Times of the answers, in ticks of the stopwatch.</summary>
    public List<long> Times { get; } = [];

    public void StartCounting()
    {
        (Sent, Answered, Refused) = (0, 0, 0);
        Times.Clear();
        Array.Clear(_sentAt);
    }

    public void Ask(string name)
    {
        ushort id = ++_id;
        int length = Questions.Write(_buffer.AsSpan(0, MaxName), id, name);
        _sentAt[id] = Stopwatch.GetTimestamp();
        Sent++;
        _ = _socket.Send(_buffer.AsSpan(0, length), SocketFlags.None, out SocketError _);
    }

    public void TakeReplies()
    {
        while (_socket.Available > 0)
        {
            int length = _socket.Receive(_buffer, SocketFlags.None, out SocketError error);
            if (error != SocketError.Success || length < 12)
            {
                return;
            }

            Take(_buffer[0] << 8 | _buffer[1], _buffer[3] & 15, (_buffer[2] & 2) != 0);
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Take(int id, int rcode, bool isCut)
    {
        long sentAt = _sentAt[id];
        _sentAt[id] = 0;
        if (sentAt == 0)
        {
            return;
        }

        if (rcode is not (0 or 3) || isCut)
        {
            Refused++;
            return;
        }

        Answered++;
        Times.Add(Stopwatch.GetTimestamp() - sentAt);
    }
}
