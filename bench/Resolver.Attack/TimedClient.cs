// One client socket, and how long each of its answers took: from the moment before it was sent until the
// kernel had the reply.
using System;
using System.Collections.Generic;
using System.Net;

namespace Resolver.Attack;

internal sealed class TimedClient : IDisposable
{
    private const int MaxName = 300;
    private const int HeaderSize = 12;

    private readonly StampedSocket _socket;
    private readonly long[] _sentAt = new long[65536];
    private readonly byte[] _buffer = new byte[MaxName];
    private ushort _id;

    public TimedClient(IPEndPoint server, int expected)
    {
        _socket = new StampedSocket(server);
        Times = new List<long>(expected);
    }

    public long Sent { get; private set; }

    /// <summary>Times of the answers (NOERROR or NXDOMAIN, not cut), in 100 ns.</summary>
    public List<long> Times { get; }

    public static long Now => DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks;

    public void StartCounting()
    {
        Sent = 0;
        Times.Clear();
        Array.Clear(_sentAt);
    }

    public void Ask(string name)
    {
        ushort id = ++_id;
        int length = Questions.Write(_buffer, id, name);
        Sent++;
        _sentAt[id] = Now;
        _socket.Send(_buffer.AsSpan(0, length));
    }

    /// <summary>Takes what has come; true when something had.</summary>
    public bool TakeReplies()
    {
        bool hasAny = false;
        while (_socket.TryReceive(out ReadOnlySpan<byte> reply, out long cameAt))
        {
            hasAny = true;
            if (reply.Length >= HeaderSize)
            {
                Take(reply, cameAt);
            }
        }

        return hasAny;
    }

    public void Dispose() => _socket.Dispose();

    private void Take(ReadOnlySpan<byte> reply, long cameAt)
    {
        int id = (reply[0] << 8) | reply[1];
        bool isAnswer = (reply[3] & 15) is 0 or 3 && (reply[2] & 2) == 0;
        if (_sentAt[id] != 0 && isAnswer)
        {
            Times.Add(cameAt - _sentAt[id]);
        }

        _sentAt[id] = 0;
    }
}
