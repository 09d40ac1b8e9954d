// A listening UDP socket under epoll: one recvmmsg per turn, one sendmmsg per batch of replies. On a wildcard
// address the kernel tells with each query which of our addresses was asked, and is told to send the reply
// from it.
using System;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>recvmmsg and sendmmsg over one descriptor.</summary>
internal sealed class EpollDatagramListenSocket : DatagramListenSocket, IEpollTarget
{
    private readonly EpollLoop _loop;
    private readonly SocketDescriptor _descriptor;
    private readonly ulong _token;
    private readonly ReceiveBatch _receive;
    private readonly SendBatch _send;
    private bool _closed;

    private EpollDatagramListenSocket(
        EpollLoop loop, SocketDescriptor descriptor, InetEndpoint local, DatagramListenOptions options)
        : base(loop, local, options)
    {
        _loop = loop;
        _descriptor = descriptor;
        bool wildcard = local.Address.Bits == UInt128.Zero;
        _receive = new ReceiveBatch(options.Batch, options.MaximumQuery, local, wildcard);
        _send = new SendBatch(options.Batch, wildcard, SegmentSize.IsKnownTo(descriptor));
        _token = loop.Register(this);
    }

    /// <summary>Opens and binds; null with the reason.</summary>
    public static EpollDatagramListenSocket? Open(
        EpollLoop loop, in InetEndpoint local, DatagramListenOptions options, out SocketResult result)
    {
        bool ipv6 = local.Address.IsIPv6;
        result = SocketDescriptor.TryOpen(ipv6, Libc.TypeDatagram, out SocketDescriptor descriptor);
        if (result != SocketResult.Done)
        {
            return null;
        }

        Prepare(descriptor, local, options);
        result = descriptor.Bind(local);
        if (result == SocketResult.Done)
        {
            return new EpollDatagramListenSocket(loop, descriptor, descriptor.LocalEndpoint(), options);
        }

        descriptor.Close();
        return null;
    }

    /// <inheritdoc/>
    public override void Start()
    {
        _loop.VerifyCurrent();
        _ = _loop.Control(Libc.ControlAdd, _descriptor.Number, Libc.EventIn, _token);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _loop.VerifyCurrent();
        _closed = true;
        _loop.Unregister(_token);
        _descriptor.Close();
    }

    /// <inheritdoc/>
    void IEpollTarget.OnEvents(uint events)
    {
        // Step 1: Receive. What is more than a batch is there again in the next turn.
        int count = _receive.Receive(_descriptor);
        _loop.Pace.Took(count, count == Options.Batch, _loop.Timestamp);
        for (int index = 0; index < count && !_closed; index++)
        {
            if (!_receive.TryRead(index, out ReadOnlySpan<byte> octets, out DatagramRoute route))
            {
                TooLong++;
                continue;
            }

            try
            {
                Deliver(octets, route);
            }
            catch (Exception fault)
            {
                _loop.ReportFault(fault);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void Enqueue(int slot, int length, in DatagramRoute route) =>
        _send.Add(slot, SlotOctets(slot)[..length], route);

    /// <inheritdoc/>
    private protected override void Flush()
    {
        // Step 13: Send. A full queue of the kernel loses replies, as UDP may; clients ask again.
        int count = _send.Count;
        int sent = _closed ? 0 : _send.Send(_descriptor);
        Sent += sent;
        SendFailures += count - sent;
        for (int index = 0; index < count; index++)
        {
            ReleaseReply(_send.SlotAt(index));
        }

        _send.Clear();
    }

    private static void Prepare(
        SocketDescriptor descriptor, in InetEndpoint local, DatagramListenOptions options)
    {
        int wildcard = local.Address.Bits == UInt128.Zero ? 1 : 0;
        _ = descriptor.SetOption(Libc.LevelSocket, Libc.ReusePort, 1);
        _ = descriptor.SetOption(Libc.LevelSocket, Libc.ReceiveBuffer, options.ReceiveBuffer);

        // RFC 9715 §3.1: a forged "fragmentation needed" must not make us send fragments, so path MTU is
        // ignored.
        if (local.Address.IsIPv6)
        {
            _ = descriptor.SetOption(Libc.LevelIPv6, Libc.V6Only, 1);
            _ = descriptor.SetOption(Libc.LevelIPv6, Libc.ReceivePacketInfoV6, wildcard);
            _ = descriptor.SetOption(Libc.LevelIPv6, Libc.MtuDiscoverV6, Libc.MtuDiscoverOmit);
        }
        else
        {
            _ = descriptor.SetOption(Libc.LevelIP, Libc.PacketInfoV4, wildcard);
            _ = descriptor.SetOption(Libc.LevelIP, Libc.MtuDiscoverV4, Libc.MtuDiscoverOmit);
        }
    }
}
