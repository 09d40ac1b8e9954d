// The eventfd by which other threads wake a loop out of epoll_wait. It is registered edge-triggered, so that
// each write is one event and the counter need never be read back.
using System;
using System.ComponentModel;
using System.Threading;

namespace Resolver.Transport;

/// <summary>eventfd(2).</summary>
internal sealed unsafe class WakeDescriptor : IDisposable
{
    private readonly Lock _lock = new();
    private bool _closed;

    /// <summary>Opens it.</summary>
    public WakeDescriptor()
    {
        Descriptor = Libc.EventDescriptor(0, Libc.NonBlockingCloseOnExec);
        if (Descriptor < 0)
        {
            throw new Win32Exception(Errno.Last);
        }
    }

    /// <summary>For epoll.</summary>
    public int Descriptor { get; }

    /// <summary>Makes one event; nothing when closed. From any thread.</summary>
    public void Signal()
    {
        ulong one = 1;

        // A late waker must not write to a number that has been given to another file: hence the lock.
        lock (_lock)
        {
            if (!_closed)
            {
                // SAFETY: the kernel reads 8 octets of a local during the call.
                _ = Libc.Write(Descriptor, &one, sizeof(ulong));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (!_closed)
            {
                _closed = true;
                _ = Libc.Close(Descriptor);
            }
        }
    }
}
