// Memory for many datagrams and one recvmmsg that fills it. Everything is allocated once and pinned, because
// the headers hold addresses of the buffers.
using System;
using System.Runtime.CompilerServices;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>The datagrams of one call of recvmmsg(2).</summary>
internal sealed unsafe class ReceiveBatch
{
    private const int AddressSlot = 32;

    private readonly int _datagramSize;
    private readonly InetEndpoint _local;
    private readonly bool _wildcard;
    private readonly byte[] _octets;
    private readonly byte[] _addresses;
    private readonly byte[] _controls;
    private readonly Libc.BufferPart[] _parts;
    private readonly Libc.MessageHeader[] _headers;
    private int _used;

    /// <summary>Room for <paramref name="count"/> datagrams sent to <paramref name="local"/>.</summary>
    public ReceiveBatch(int count, int datagramSize, InetEndpoint local, bool wildcard)
    {
        _datagramSize = datagramSize;
        _local = local;
        _wildcard = wildcard;
        _octets = GC.AllocateUninitializedArray<byte>(count * datagramSize, pinned: true);
        _addresses = GC.AllocateArray<byte>(count * AddressSlot, pinned: true);
        _controls = GC.AllocateArray<byte>(count * PacketInfo.Size, pinned: true);
        _parts = GC.AllocateArray<Libc.BufferPart>(count, pinned: true);
        _headers = GC.AllocateArray<Libc.MessageHeader>(count, pinned: true);
        for (int index = 0; index < count; index++)
        {
            // SAFETY: the arrays are pinned for their lifetime, which is that of the headers that point into
            // them.
            _parts[index].Octets = Unsafe.AsPointer(ref _octets[index * datagramSize]);
            _parts[index].Length = (nuint)datagramSize;
            _headers[index].Message.Address = Unsafe.AsPointer(ref _addresses[index * AddressSlot]);
            _headers[index].Message.Parts = (Libc.BufferPart*)Unsafe.AsPointer(ref _parts[index]);
            _headers[index].Message.PartCount = 1;
        }

        _used = count;
    }

    /// <summary>Receives what is there, without waiting; returns how many.</summary>
    public int Receive(SocketDescriptor socket)
    {
        // The kernel wrote into the headers that it used; those alone are made ready again.
        for (int index = 0; index < _used; index++)
        {
            ref Libc.Message header = ref _headers[index].Message;
            header.AddressLength = RawAddress.Size;
            if (_wildcard)
            {
                // SAFETY: pinned as above.
                header.Control = Unsafe.AsPointer(ref _controls[index * PacketInfo.Size]);
                header.ControlLength = PacketInfo.Size;
            }
        }

        // SAFETY: the headers and all that they point to are pinned; the kernel keeps within the lengths
        // given.
        fixed (Libc.MessageHeader* headers = _headers)
        {
            uint room = (uint)_headers.Length;
            int count = Libc.ReceiveMessages(socket.Number, headers, room, Libc.DontWait, null);
            _used = Math.Max(count, 0);
            return _used;
        }
    }

    /// <summary>The datagram at an index of the last batch; false when it did not fit.</summary>
    public bool TryRead(int index, out ReadOnlySpan<byte> octets, out DatagramRoute route)
    {
        ref readonly Libc.Message header = ref _headers[index].Message;
        int length = (int)Math.Min(_headers[index].Length, (uint)_datagramSize);
        octets = _octets.AsSpan(index * _datagramSize, length);
        route = default;
        ReadOnlySpan<byte> address = _addresses.AsSpan(index * AddressSlot, RawAddress.Size);
        if ((header.Flags & Libc.Truncate) != 0 || !RawAddress.TryRead(address, out InetEndpoint remote))
        {
            return false;
        }

        InetEndpoint local = _local;
        if (_wildcard)
        {
            var control = _controls.AsSpan(index * PacketInfo.Size, (int)header.ControlLength);
            if (PacketInfo.TryRead(control, out InetAddress asked))
            {
                local = new InetEndpoint(asked, _local.Port);
            }
        }

        route = new DatagramRoute(remote, local);
        return true;
    }
}
