// The stub client of the exam: one query by UDP from a port of its own, again by TCP when the reply says so
// or the script wants it.
using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;

namespace Resolver.Scenarios;

/// <summary>How a query is to be sent.</summary>
/// <param name="Octets">The query.</param>
/// <param name="ByTcp">By TCP from the first.</param>
/// <param name="TakesTruncated">A truncated reply is what the script wants.</param>
internal sealed record LabQuery(byte[] Octets, bool ByTcp, bool TakesTruncated);

/// <summary>A reply and how it came.</summary>
/// <param name="Octets">The reply; null when none came.</param>
/// <param name="Elapsed">After what time.</param>
/// <param name="ByTcp">It came by TCP.</param>
internal sealed record LabReply(byte[]? Octets, TimeSpan Elapsed, bool ByTcp);

/// <summary>Asks the program.</summary>
internal static class LabClient
{
    /// <summary>Who asks gives up then.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int FlagsAt = 2;
    private const int TruncatedBit = 2;
    private const int LengthOctets = 2;

    /// <summary>Asks and waits.</summary>
    public static LabReply Ask(LabQuery query)
    {
        long began = Stopwatch.GetTimestamp();
        byte[]? reply = query.ByTcp ? null : AskByUdp(query.Octets, Patience);
        bool isWhole = reply is not { Length: > FlagsAt } || (reply[FlagsAt] & TruncatedBit) == 0;
        bool byTcp = query.ByTcp || (!isWhole && !query.TakesTruncated);
        if (byTcp)
        {
            reply = AskByTcp(query.Octets);
        }

        return new LabReply(reply, Stopwatch.GetElapsedTime(began), byTcp);
    }

    /// <summary>Asks by UDP; null when no reply came in time.</summary>
    public static byte[]? AskByUdp(byte[] query, TimeSpan patience)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.ReceiveTimeout = (int)patience.TotalMilliseconds;
        socket.Connect(ProgramSettings.Listen);
        byte[] buffer = new byte[ushort.MaxValue];
        try
        {
            socket.Send(query);
            return buffer[..socket.Receive(buffer)];
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static byte[]? AskByTcp(byte[] query)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        byte[] buffer = new byte[LengthOctets + ushort.MaxValue];
        try
        {
            socket.Connect(ProgramSettings.Listen);
            socket.Send((byte[])[(byte)(query.Length >> 8), (byte)query.Length, .. query]);
            int end = LengthOctets;
            for (int at = 0; at < end;)
            {
                int got = socket.Receive(buffer.AsSpan(at, end - at));
                at += got;
                if (got == 0)
                {
                    return null;
                }

                end = at >= LengthOctets ? LengthOctets + BinaryPrimitives.ReadUInt16BigEndian(buffer) : end;
            }

            return buffer[LengthOctets..end];
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
