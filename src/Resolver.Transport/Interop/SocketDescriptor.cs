// A raw socket descriptor and the calls made on it, with spans and endpoints instead of pointers. Every call
// returns what it means (SocketResult) and never throws: the network's failures are values.
using System;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>
/// A non-blocking socket as the kernel knows it: a small number. Whoever opened it closes it once.
/// </summary>
internal readonly unsafe struct SocketDescriptor
{
    private SocketDescriptor(int number) => Number = number;

    /// <summary>The descriptor.</summary>
    public int Number { get; }

    /// <summary>Opens a socket; <paramref name="type"/> is a TYPE constant of <see cref="Libc"/>.</summary>
    public static SocketResult TryOpen(bool ipv6, int type, out SocketDescriptor socket)
    {
        int family = ipv6 ? Libc.AddressFamilyInet6 : Libc.AddressFamilyInet;
        int number = Libc.Socket(family, type | Libc.NonBlockingCloseOnExec, 0);
        socket = new SocketDescriptor(number);
        return number >= 0 ? SocketResult.Done : Errno.ToResult(Errno.Last);
    }

    /// <summary>Binds.</summary>
    public SocketResult Bind(in InetEndpoint local)
    {
        byte* address = stackalloc byte[RawAddress.Size];
        int length = RawAddress.Write(local, new Span<byte>(address, RawAddress.Size));

        // SAFETY: the kernel reads `length` octets of the stack during the call.
        return Libc.Bind(Number, address, (uint)length) == 0 ? SocketResult.Done : LastResult();
    }

    /// <summary>Connects.</summary>
    public SocketResult Connect(in InetEndpoint remote)
    {
        byte* address = stackalloc byte[RawAddress.Size];
        int length = RawAddress.Write(remote, new Span<byte>(address, RawAddress.Size));

        // SAFETY: the kernel reads `length` octets of the stack during the call.
        return Libc.Connect(Number, address, (uint)length) == 0 ? SocketResult.Done : LastResult();
    }

    /// <summary>
    /// Dissolves the association of a datagram socket: it forgets its peer and the source address chosen for
    /// it, and keeps its port.
    /// </summary>
    public void Disassociate()
    {
        // SAFETY: the kernel reads 16 octets of the stack during the call; zeros mean AF_UNSPEC.
        byte* address = stackalloc byte[16];
        new Span<byte>(address, 16).Clear();
        _ = Libc.Connect(Number, address, 16);
    }

    /// <summary>Listens for connections.</summary>
    public SocketResult Listen(int backlog) =>
        Libc.Listen(Number, backlog) == 0 ? SocketResult.Done : LastResult();

    /// <summary>Takes one connection.</summary>
    public SocketResult TryAccept(out SocketDescriptor accepted, out InetEndpoint remote)
    {
        byte* address = stackalloc byte[RawAddress.Size];
        uint length = RawAddress.Size;

        // SAFETY: the kernel writes at most `length` octets to the stack during the call.
        int number = Libc.Accept(Number, address, &length, Libc.NonBlockingCloseOnExec);
        accepted = new SocketDescriptor(number);
        remote = default;
        if (number < 0)
        {
            return LastResult();
        }

        _ = RawAddress.TryRead(new ReadOnlySpan<byte>(address, RawAddress.Size), out remote);
        return SocketResult.Done;
    }

    /// <summary>The address and port bound to.</summary>
    public InetEndpoint LocalEndpoint()
    {
        byte* address = stackalloc byte[RawAddress.Size];
        uint length = RawAddress.Size;

        // SAFETY: the kernel writes at most `length` octets to the stack during the call.
        _ = Libc.GetSocketName(Number, address, &length);
        _ = RawAddress.TryRead(new ReadOnlySpan<byte>(address, RawAddress.Size), out InetEndpoint local);
        return local;
    }

    /// <summary>Sets an option that is an integer.</summary>
    public SocketResult SetOption(int level, int name, int value)
    {
        // SAFETY: the kernel reads one local int during the call.
        int result = Libc.SetOption(Number, level, name, &value, sizeof(int));
        return result == 0 ? SocketResult.Done : LastResult();
    }

    /// <summary>Reads an option that is an integer.</summary>
    public SocketResult TryGetOption(int level, int name, out int value)
    {
        int read = 0;
        uint length = sizeof(int);

        // SAFETY: the kernel writes one local int during the call.
        int result = Libc.GetOption(Number, level, name, &read, &length);
        value = read;
        return result == 0 ? SocketResult.Done : LastResult();
    }

    /// <summary>Takes the pending error of the socket, and clears it.</summary>
    public SocketResult TakeError()
    {
        SocketResult result = TryGetOption(Libc.LevelSocket, Libc.PendingError, out int error);
        return result == SocketResult.Done ? Errno.ToResult(error) : result;
    }

    /// <summary>Sends on a connected socket.</summary>
    public SocketResult TrySend(ReadOnlySpan<byte> octets, out int sent)
    {
        // SAFETY: the span is fixed during the call, and the kernel reads no more than its length.
        fixed (byte* start = octets)
        {
            nint count = Libc.Send(Number, start, (nuint)octets.Length, Libc.NoSignal);
            sent = (int)Math.Max(count, 0);
            return count >= 0 ? SocketResult.Done : LastResult();
        }
    }

    /// <summary>
    /// Receives on a connected socket. On a datagram socket <paramref name="received"/> is the datagram's
    /// whole length when <paramref name="wholeLength"/> is set, also when the buffer was too small for it.
    /// </summary>
    public SocketResult TryReceive(Span<byte> buffer, bool wholeLength, out int received)
    {
        // SAFETY: the span is fixed during the call, and the kernel writes no more than its length.
        fixed (byte* start = buffer)
        {
            int flags = wholeLength ? Libc.Truncate : 0;
            nint count = Libc.Receive(Number, start, (nuint)buffer.Length, flags);
            received = (int)Math.Max(count, 0);
            return count >= 0 ? SocketResult.Done : LastResult();
        }
    }

    /// <summary>Closes; epoll forgets the descriptor by itself.</summary>
    public void Close() => _ = Libc.Close(Number);

    private static SocketResult LastResult()
    {
        int errno = Errno.Last;

        // A signal between the call and its work: to the owner the same as "not now", and it is asked again.
        return errno == Errno.Interrupted ? SocketResult.WouldBlock : Errno.ToResult(errno);
    }
}
