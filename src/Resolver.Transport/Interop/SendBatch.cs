// Replies that wait for one sendmmsg. The octets belong to the listening socket (pinned); here are their
// headers. Replies to the same client go through the kernel as one message, which it cuts into datagrams
// (SegmentSize): most of what a reply costs is the way through its layers.
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>The datagrams of one call of sendmmsg(2).</summary>
internal sealed unsafe class SendBatch
{
    private const int AddressSlot = 32;

    // Batches that go without cutting after the kernel refused it: a way out of this machine may not have it.
    private const int RestAfterRefusal = 1000;

    private readonly bool _wildcard;
    private readonly bool _cuts;
    private readonly int[] _slots;
    private readonly ulong[] _order;
    private readonly InetAddress[] _locals;
    private readonly byte[] _addresses;
    private readonly byte[] _controls;
    private readonly Libc.BufferPart[] _added;
    private readonly Libc.BufferPart[] _parts;
    private readonly Libc.MessageHeader[] _headers;
    private uint _addressLength;
    private int _rest;

    /// <summary>
    /// Room for <paramref name="count"/> datagrams; <paramref name="cuts"/>: the kernel can cut messages.
    /// </summary>
    public SendBatch(int count, bool wildcard, bool cuts)
    {
        _wildcard = wildcard;
        _cuts = cuts;
        _slots = new int[count];
        _order = new ulong[count];
        _locals = new InetAddress[count];
        _addresses = GC.AllocateArray<byte>(count * AddressSlot, pinned: true);
        _controls = GC.AllocateArray<byte>(count * ControlSlot, pinned: true);
        _added = GC.AllocateArray<Libc.BufferPart>(count, pinned: true);
        _parts = GC.AllocateArray<Libc.BufferPart>(count, pinned: true);
        _headers = GC.AllocateArray<Libc.MessageHeader>(count, pinned: true);
    }

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    private static int ControlSlot => PacketInfo.Size + SegmentSize.Size;

    /// <summary>The slot given with the datagram at a position.</summary>
    public int SlotAt(int index) => _slots[index];

    /// <summary>
    /// Adds a datagram; <paramref name="octets"/> lie in a pinned array and stay until it is sent.
    /// </summary>
    public void Add(int slot, ReadOnlySpan<byte> octets, in DatagramRoute route)
    {
        int index = Count++;
        _slots[index] = slot;
        _locals[index] = route.Local.Address;
        Span<byte> address = AddressAt(index);

        // All of a socket's clients are of its own family.
        _addressLength = (uint)RawAddress.Write(route.Remote, address);

        // SAFETY: the caller's array is pinned and keeps these octets until Clear.
        _added[index].Octets = Unsafe.AsPointer(ref MemoryMarshal.GetReference(octets));
        _added[index].Length = (nuint)octets.Length;

        // In this order those of one client are neighbours, longer ones first.
        _order[index] = ((ulong)HashOf(address) << 32)
            | ((ulong)(ushort)(ushort.MaxValue - octets.Length) << 16) | (uint)index;
    }

    /// <summary>
    /// Sends what waits and returns how many datagrams the kernel took. What cannot be sent (no route) is
    /// passed over; when the kernel's queue is full the rest is lost.
    /// </summary>
    public int Send(SocketDescriptor socket)
    {
        int messages = Arrange();
        int sent = 0;

        // SAFETY: the headers and all that they point to are pinned; the kernel reads within the lengths
        // given.
        fixed (Libc.MessageHeader* headers = _headers)
        {
            for (int next = 0; next < messages;)
            {
                int taken = SendMessages(socket, headers + next, messages - next);
                for (int left = taken; left > 0; left--)
                {
                    sent += (int)headers[next++].Message.PartCount;
                }

                if (taken > 0)
                {
                    continue;
                }

                if (Errno.ToResult(Errno.Last) is SocketResult.WouldBlock or SocketResult.Exhausted)
                {
                    break;
                }

                sent += SendApart(socket, headers + next++);
            }
        }

        return sent;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    // Makes the messages of what was added; returns how many.
    private int Arrange()
    {
        int messages = 0;
        bool cuts = _cuts && Count > 1 && _rest == 0;
        _rest = Math.Max(_rest - 1, 0);
        if (cuts)
        {
            _order.AsSpan(0, Count).Sort();
        }

        for (int start = 0; start < Count; messages++)
        {
            int end = cuts ? EndOfMessage(start) : start + 1;
            Fill(messages, start, end);
            start = end;
        }

        return messages;
    }

    // Up to where the datagrams from a place on can go as one message: to one client, from one address, of
    // one length, but for the last, which may be shorter.
    private int EndOfMessage(int start)
    {
        int first = IndexAt(start);
        int segment = LengthAt(start);
        int end = start + 1;
        if (segment > SegmentSize.MaxSegment)
        {
            return end;
        }

        int room = Math.Min(SegmentSize.MaxSegments, SegmentSize.MaxOctets / Math.Max(segment, 1));
        int bound = Math.Min(Count, start + room);
        while (end < bound && GoTogether(first, IndexAt(end)))
        {
            if (LengthAt(end++) < segment)
            {
                break;
            }
        }

        return end;
    }

    private void Fill(int message, int start, int end)
    {
        int first = IndexAt(start);
        for (int place = start; place < end; place++)
        {
            _parts[place] = _added[IndexAt(place)];
        }

        Span<byte> control = _controls.AsSpan(message * ControlSlot, ControlSlot);
        int length = 0;
        if (_wildcard && _locals[first].Bits != UInt128.Zero)
        {
            length = PacketInfo.Write(_locals[first], control);
        }

        if (end - start > 1)
        {
            SegmentSize.Write(LengthAt(start), control[length..]);
            length += SegmentSize.Size;
        }

        // SAFETY: the arrays are pinned for their lifetime, which is that of the headers that point into
        // them.
        ref Libc.Message header = ref _headers[message].Message;
        header.Address = Unsafe.AsPointer(ref _addresses[first * AddressSlot]);
        header.AddressLength = _addressLength;
        header.Parts = (Libc.BufferPart*)Unsafe.AsPointer(ref _parts[start]);
        header.PartCount = (nuint)(end - start);
        header.Control = length > 0 ? Unsafe.AsPointer(ref MemoryMarshal.GetReference(control)) : null;
        header.ControlLength = (nuint)length;
    }

    // A message that the kernel did not take whole (nothing is left of one that was not to be cut).
    private int SendApart(SocketDescriptor socket, Libc.MessageHeader* refused)
    {
        Libc.Message whole = refused->Message;
        if (whole.PartCount == 1)
        {
            return 0;
        }

        _rest = RestAfterRefusal;
        int sent = 0;
        Libc.MessageHeader single = default;
        for (int part = 0; part < (int)whole.PartCount; part++)
        {
            single.Message = whole;
            single.Message.Parts = whole.Parts + part;
            single.Message.PartCount = 1;
            single.Message.ControlLength -= (nuint)SegmentSize.Size;
            single.Message.Control = single.Message.ControlLength > 0 ? whole.Control : null;
            sent += Math.Max(SendMessages(socket, &single, 1), 0);
        }

        return sent;
    }

    private static int SendMessages(SocketDescriptor socket, Libc.MessageHeader* headers, int count) =>
        Libc.SendMessages(socket.Number, headers, (uint)count, Libc.DontWait | Libc.NoSignal);

    private bool GoTogether(int one, int other) =>
        AddressAt(one).SequenceEqual(AddressAt(other)) && (!_wildcard || _locals[one].Equals(_locals[other]));

    // Chooses neighbours, no more: whoever makes two clients collide keeps these two from sharing a message.
    private static uint HashOf(ReadOnlySpan<byte> address)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(address);
        ulong mixed = words[0] + (words[1] * 3) + (words[2] * 5) + (words[3] * 7);
        return (uint)((mixed * 0x9E3779B97F4A7C15UL) >> 32);
    }

    private Span<byte> AddressAt(int index) => _addresses.AsSpan(index * AddressSlot, AddressSlot);

    private int IndexAt(int place) => (ushort)_order[place];

    private int LengthAt(int place) => (int)_added[IndexAt(place)].Length;
}
