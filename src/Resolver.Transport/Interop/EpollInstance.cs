// One epoll descriptor and the buffer of its events. struct epoll_event is packed on x86-64 (and has 4-octet
// alignment on x86), but not on Arm and the others: the stride is chosen at run time, one assembly serves
// all.
using System;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Resolver.Transport;

/// <summary>epoll(7), level-triggered unless asked otherwise.</summary>
internal sealed unsafe class EpollInstance : IDisposable
{
    private readonly int _descriptor;
    private readonly int _stride;
    private readonly int _tokenOffset;
    private readonly byte[] _events;
    private readonly int _capacity;

    /// <summary>Opens it, with room for <paramref name="capacity"/> events per wait.</summary>
    public EpollInstance(int capacity)
    {
        bool packed = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;
        _stride = packed ? 12 : 16;
        _tokenOffset = packed ? 4 : 8;
        _capacity = capacity;
        _events = GC.AllocateArray<byte>(capacity * _stride, pinned: true);
        _descriptor = Libc.EpollCreate(Libc.CloseOnExec);
        if (_descriptor < 0)
        {
            throw new Win32Exception(Errno.Last);
        }
    }

    /// <summary>Adds, changes or removes a descriptor; false with errno left on failure.</summary>
    public bool Control(int operation, int descriptor, uint events, ulong token)
    {
        byte* change = stackalloc byte[16];
        var span = new Span<byte>(change, 16);
        MemoryMarshal.Write(span, events);
        MemoryMarshal.Write(span[_tokenOffset..], token);

        // SAFETY: the kernel reads one epoll_event (at most 16 octets) from the stack during the call.
        return Libc.EpollControl(_descriptor, operation, descriptor, change) == 0;
    }

    /// <summary>
    /// Waits; -1 for no limit, 0 for a look only. Returns the count of events; 0 when interrupted.
    /// </summary>
    public int Wait(int timeoutMilliseconds)
    {
        // SAFETY: the array is pinned for its lifetime and holds _capacity events of _stride octets.
        fixed (byte* events = _events)
        {
            int count = Libc.EpollWait(_descriptor, events, _capacity, timeoutMilliseconds);
            return Math.Max(count, 0);
        }
    }

    /// <summary>
    /// The event at <paramref name="index"/> of the last wait: its flags and the token given.
    /// </summary>
    public uint Event(int index, out ulong token)
    {
        ReadOnlySpan<byte> entry = _events.AsSpan(index * _stride, _stride);
        token = MemoryMarshal.Read<ulong>(entry[_tokenOffset..]);
        return MemoryMarshal.Read<uint>(entry);
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Libc.Close(_descriptor);
}
