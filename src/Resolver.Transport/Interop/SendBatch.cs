// Replies that wait for one sendmmsg. The octets belong to the listening socket (pinned); here are their
// headers, in the order of sending.
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Resolver.Transport;

/// <summary>The datagrams of one call of sendmmsg(2).</summary>
internal sealed unsafe class SendBatch
{
    private const int AddressSlot = 32;

    private readonly bool _wildcard;
    private readonly int[] _slots;
    private readonly byte[] _addresses;
    private readonly byte[] _controls;
    private readonly Libc.BufferPart[] _parts;
    private readonly Libc.MessageHeader[] _headers;

    /// <summary>Room for <paramref name="count"/> datagrams.</summary>
    public SendBatch(int count, bool wildcard)
    {
        _wildcard = wildcard;
        _slots = new int[count];
        _addresses = GC.AllocateArray<byte>(count * AddressSlot, pinned: true);
        _controls = GC.AllocateArray<byte>(count * PacketInfo.Size, pinned: true);
        _parts = GC.AllocateArray<Libc.BufferPart>(count, pinned: true);
        _headers = GC.AllocateArray<Libc.MessageHeader>(count, pinned: true);
        for (int index = 0; index < count; index++)
        {
            // SAFETY: the arrays are pinned for their lifetime, which is that of the headers that point into
            // them.
            _headers[index].Message.Address = Unsafe.AsPointer(ref _addresses[index * AddressSlot]);
            _headers[index].Message.Parts = (Libc.BufferPart*)Unsafe.AsPointer(ref _parts[index]);
            _headers[index].Message.PartCount = 1;
        }
    }

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>The slot given with the datagram at a position.</summary>
    public int SlotAt(int index) => _slots[index];

    /// <summary>
    /// Adds a datagram; <paramref name="octets"/> lie in a pinned array and stay until it is sent.
    /// </summary>
    public void Add(int slot, ReadOnlySpan<byte> octets, in DatagramRoute route)
    {
        int index = Count++;
        _slots[index] = slot;
        Span<byte> address = _addresses.AsSpan(index * AddressSlot, AddressSlot);
        ref Libc.Message header = ref _headers[index].Message;
        header.AddressLength = (uint)RawAddress.Write(route.Remote, address);

        // SAFETY: the caller's array is pinned and keeps these octets until Clear.
        _parts[index].Octets = Unsafe.AsPointer(ref MemoryMarshal.GetReference(octets));
        _parts[index].Length = (nuint)octets.Length;
        if (_wildcard && route.Local.Address.Bits != UInt128.Zero)
        {
            Span<byte> control = _controls.AsSpan(index * PacketInfo.Size, PacketInfo.Size);

            // SAFETY: pinned as above.
            header.Control = Unsafe.AsPointer(ref MemoryMarshal.GetReference(control));
            header.ControlLength = (nuint)PacketInfo.Write(route.Local.Address, control);
        }
        else
        {
            header.Control = null;
            header.ControlLength = 0;
        }
    }

    /// <summary>
    /// Sends what waits and returns how many the kernel took. A datagram that cannot be sent (no route) is
    /// passed over; when the kernel's queue is full the rest is lost.
    /// </summary>
    public int Send(SocketDescriptor socket)
    {
        int sent = 0;

        // SAFETY: the headers and all that they point to are pinned; the kernel reads within the lengths
        // given.
        fixed (Libc.MessageHeader* headers = _headers)
        {
            for (int next = 0; next < Count;)
            {
                int taken = Libc.SendMessages(
                    socket.Number, headers + next, (uint)(Count - next), Libc.DontWait | Libc.NoSignal);
                if (taken > 0)
                {
                    sent += taken;
                    next += taken;
                }
                else if (Errno.ToResult(Errno.Last) is SocketResult.WouldBlock or SocketResult.Exhausted)
                {
                    break;
                }
                else
                {
                    next++;
                }
            }
        }

        return sent;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;
}
