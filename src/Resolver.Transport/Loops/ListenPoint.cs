// One listening address with its sockets on every loop. All of them carry SO_REUSEPORT, so that the kernel
// spreads clients over the loops; but first the address is bound once without it, because a second process
// that carries it too would get half of the traffic silently instead of "address in use". The TCP probe
// carries SO_REUSEADDR (connections of a former run linger for a minute), the UDP probe does not (it would
// bind beside anyone who also does).
using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>The sockets of one address, by the index of their loop.</summary>
internal sealed class ListenPoint
{
    /// <summary>Connections that the kernel keeps for us until they are accepted.</summary>
    private const int Backlog = 1024;

    /// <summary>Port 0: how many ports are tried until one is free for UDP and TCP.</summary>
    private const int PortAttempts = 32;

    private ListenPoint(InetEndpoint local, DatagramListenSocket[] datagrams, LoopSocket[] streams)
    {
        Local = local;
        Datagrams = datagrams;
        Streams = streams;
    }

    /// <summary>The address, with the port that was found where 0 was asked for.</summary>
    public InetEndpoint Local { get; }

    /// <summary>One UDP socket per loop.</summary>
    public IReadOnlyList<DatagramListenSocket> Datagrams { get; }

    /// <summary>One listening TCP socket per loop.</summary>
    public IReadOnlyList<LoopSocket> Streams { get; }

    /// <summary>Probes and opens; null with the reason. The loops have not started.</summary>
    public static ListenPoint? Open(
        IReadOnlyList<SocketLoop> loops,
        InetEndpoint address,
        DatagramListenOptions options,
        out SocketResult result)
    {
        int attempts = address.Port == 0 ? PortAttempts : 1;
        do
        {
            result = Probe(address, out InetEndpoint free);
            if (result == SocketResult.Done && OpenAll(loops, free, options, out result) is { } point)
            {
                return point;
            }
        }
        while (--attempts > 0 && result == SocketResult.AddressInUse);

        return null;
    }

    private static SocketResult Probe(in InetEndpoint address, out InetEndpoint free)
    {
        free = address;
        try
        {
            using Socket datagram = FrameworkSocket.Create(address.Address.IsIPv6, SocketType.Dgram);
            datagram.Bind(address.ToIPEndPoint());
            free = InetEndpoint.From((IPEndPoint)datagram.LocalEndPoint!);
            using Socket stream = FrameworkSocket.Create(address.Address.IsIPv6, SocketType.Stream);
            if (Libc.IsSupported)
            {
                // Raw, because the framework's own name for it sets SO_REUSEPORT as well.
                stream.SetRawSocketOption(Libc.LevelSocket, Libc.ReuseAddress, BitConverter.GetBytes(1));
            }

            stream.Bind(free.ToIPEndPoint());
            return SocketResult.Done;
        }
        catch (SocketException failure)
        {
            return SocketMeaning.Of(failure.SocketErrorCode);
        }
    }

    private static ListenPoint? OpenAll(
        IReadOnlyList<SocketLoop> loops,
        InetEndpoint local,
        DatagramListenOptions options,
        out SocketResult result)
    {
        var datagrams = new DatagramListenSocket[loops.Count];
        var streams = new LoopSocket[loops.Count];
        for (int index = 0; index < loops.Count; index++)
        {
            DatagramListenSocket? datagram = loops[index].OpenDatagramListener(local, options, out result);
            LoopSocket? stream = null;
            if (datagram is not null)
            {
                datagrams[index] = datagram;
                stream = loops[index].OpenStreamListener(local, Backlog, out result);
            }

            if (stream is null)
            {
                Array.ForEach(datagrams, static socket => socket?.Dispose());
                Array.ForEach(streams, static socket => socket?.Dispose());
                return null;
            }

            streams[index] = stream;
        }

        result = SocketResult.Done;
        return new ListenPoint(local, datagrams, streams);
    }
}
