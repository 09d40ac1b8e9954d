// A non-blocking socket owned by one loop, in the readiness model: the loop says when it is readable or
// writable, the owner then reads or writes until WouldBlock. Two implementations: raw descriptors with
// recvmmsg/sendmmsg under epoll, and System.Net.Sockets.Socket under Socket.Select. Upstream and listeners
// are written once, over this type.
using System;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Result of a non-blocking operation.</summary>
internal enum SocketResult : byte
{
    /// <summary>It was done (a count of 0 octets on a stream: the peer closed its side).</summary>
    Done,

    /// <summary>Try again when the loop says so.</summary>
    WouldBlock,

    /// <summary>A connecting stream is under way; writable when connected.</summary>
    InProgress,

    /// <summary>
    /// An error that the peer or an ICMP message caused (ECONNREFUSED, ECONNRESET, EPIPE …).
    /// </summary>
    PeerError,

    /// <summary>
    /// No route or no address of that family (ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, EPERM …).
    /// </summary>
    Unreachable,

    /// <summary>The local address and port are taken (EADDRINUSE).</summary>
    AddressInUse,

    /// <summary>The system does not allow it (EACCES: a port below 1024 for an ordinary user).</summary>
    Denied,

    /// <summary>Descriptors or memory are exhausted (EMFILE, ENFILE, ENOBUFS, ENOMEM).</summary>
    Exhausted,
}

/// <summary>What a socket waits for.</summary>
[Flags]
internal enum SocketInterest : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Octets, a datagram, a connection or an error to read.</summary>
    Read = 1,

    /// <summary>Room to write, or the end of connecting.</summary>
    Write = 2,
}

/// <summary>Told by the loop, on the loop, that its socket is ready. A spurious call is allowed.</summary>
internal interface ISocketOwner
{
    /// <summary>The socket can be read or written, or has an error (reported as both).</summary>
    void OnReady(LoopSocket socket, SocketInterest ready);
}

/// <summary>
/// One socket of one loop. Every member is called on the loop (or before the loop starts). Readiness is
/// level-triggered: as long as there is something to read, each turn says so again.
/// </summary>
internal abstract class LoopSocket : IDisposable
{
    /// <summary>Most datagrams that <see cref="TryDrain"/> throws away before it gives up.</summary>
    private const int MostDrained = 32;

    private protected LoopSocket(SocketLoop loop, bool isDatagram)
    {
        Loop = loop;
        IsDatagram = isDatagram;
    }

    /// <summary>The loop that owns the socket.</summary>
    public SocketLoop Loop { get; }

    /// <summary>True for UDP, false for TCP.</summary>
    public bool IsDatagram { get; }

    /// <summary>Told of readiness; may be changed when a pooled socket changes hands.</summary>
    public ISocketOwner? Owner { get; set; }

    /// <summary>The address and port bound to.</summary>
    public abstract InetEndpoint LocalEndpoint { get; }

    /// <summary>
    /// Sets what is waited for. Cheap to call again with the same or less: parked sockets stay known.
    /// </summary>
    public abstract void SetInterest(SocketInterest interest);

    /// <summary>Binds to a local address and port (port 0: the system chooses).</summary>
    public abstract SocketResult Bind(in InetEndpoint local);

    /// <summary>
    /// Connects. A datagram socket may be connected again to another peer and keeps its port; datagrams of
    /// the former peer may still be queued: <see cref="TryDrain"/> before sending.
    /// </summary>
    public abstract SocketResult Connect(in InetEndpoint remote);

    /// <summary>
    /// Gives up the peer and the port of a datagram socket whose port the system chose by connecting: while
    /// it waits it has none, and the next <see cref="Connect"/> draws another. False where the system cannot,
    /// or when the port was bound.
    /// </summary>
    public virtual bool TryReleasePort() => false;

    /// <summary>For a stream that was connecting: how connecting ended.</summary>
    public abstract SocketResult FinishConnect();

    /// <summary>
    /// Sends on a connected socket; <paramref name="sent"/> octets were taken. A datagram is not refused
    /// because of an ICMP error that an earlier one caused.
    /// </summary>
    public abstract SocketResult TrySend(ReadOnlySpan<byte> octets, out int sent);

    /// <summary>
    /// Receives on a connected socket. A datagram longer than the buffer is dropped as if never received. On
    /// a datagram socket PeerError reports an ICMP message, which anyone can forge: the owner may go on
    /// waiting, and the socket stays usable.
    /// </summary>
    public abstract SocketResult TryReceive(Span<byte> buffer, out int received);

    /// <summary>Begins to listen on a bound stream socket.</summary>
    public abstract SocketResult Listen(int backlog);

    /// <summary>
    /// Takes one connection of a listening socket. After Exhausted the socket stays readable: set its
    /// interest to None for a while.
    /// </summary>
    public abstract SocketResult TryAccept(out LoopSocket? connection, out InetEndpoint remote);

    /// <summary>
    /// Throws away queued datagrams and errors, so that what is received after the next send can only have
    /// come after it. False when they do not end (a flood): discard the socket.
    /// </summary>
    public bool TryDrain()
    {
        Span<byte> scrap = stackalloc byte[16];
        for (int drained = 0; drained < MostDrained; drained++)
        {
            if (TryDiscard(scrap) == SocketResult.WouldBlock)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Takes one datagram or error off the queue, whatever its length.</summary>
    private protected abstract SocketResult TryDiscard(Span<byte> scrap);
}
