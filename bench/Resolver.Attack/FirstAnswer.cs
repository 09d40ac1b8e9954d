// When a server that is about to start has its first answer: one question every few milliseconds until an
// answer with a record comes.
using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Resolver.Attack;

internal static class FirstAnswer
{
    private const long Interval = 5 * TimeSpan.TicksPerMillisecond;
    private const int MaxName = 300;
    private const int HeaderSize = 12;

    // So many questions into the void come first: this program has to be warm itself.
    private const int WarmUp = 100;

    /// <summary>
    /// Prints "asking", and then when the answer came, in µs since 1970. False: none came.
    /// </summary>
    public static bool Await(IPEndPoint server, string name, TimeSpan patience)
    {
        using Socket socket = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Blocking = false;
        socket.Connect(server);
        byte[] query = new byte[MaxName];
        byte[] reply = new byte[MaxName];
        long begun = TimedClient.Now;
        long due = begun;
        for (ushort id = 1; due - begun < patience.Ticks; due += Interval)
        {
            if (id == WarmUp)
            {
                Console.WriteLine("asking");
            }

            int length = Questions.Write(query, id++, name);
            _ = socket.Send(query.AsSpan(0, length), SocketFlags.None, out SocketError _);
            for (long left = Interval; left > 0; left = due + Interval - TimedClient.Now)
            {
                // While nobody listens yet the port is unreachable: an error that is read, and time still
                // passes.
                if (socket.Poll(TimeSpan.FromTicks(left), SelectMode.SelectRead)
                    && socket.Receive(reply, SocketFlags.None, out SocketError _) > HeaderSize
                    && (reply[3] & 15) == 0 && reply[7] != 0)
                {
                    Console.WriteLine((TimedClient.Now / 10).ToString(CultureInfo.InvariantCulture));
                    return true;
                }
            }
        }

        return false;
    }
}
