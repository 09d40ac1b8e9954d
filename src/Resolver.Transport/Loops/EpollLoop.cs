// The loop of Linux: epoll over raw descriptors. Each registered thing has a slot, and each event carries
// slot and generation, so that an event of a socket closed earlier in the same batch reaches nobody.
using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Something registered with an <see cref="EpollLoop"/>.</summary>
internal interface IEpollTarget : IDisposable
{
    /// <summary>Its events; see <see cref="Libc"/>.</summary>
    void OnEvents(uint events);
}

/// <summary>A loop over epoll.</summary>
internal sealed class EpollLoop : SocketLoop
{
    private const int EventsPerWait = 256;
    private const uint WakeSlot = uint.MaxValue;

    private readonly EpollInstance _epoll;
    private readonly WakeDescriptor _wake;
    private readonly Stack<int> _freeSlots = new();
    private Registration[] _registrations = new Registration[64];
    private int _slots;
    private int _ready;

    /// <summary>A loop that is not started yet.</summary>
    public EpollLoop(int index, string threadName, Action<ILoop, Exception> onFault, int gatherMicroseconds)
        : base(index, threadName, onFault)
    {
        Pace = new ReceivePace(gatherMicroseconds);
        _epoll = new EpollInstance(EventsPerWait);
        _wake = new WakeDescriptor();
        uint events = Libc.EventIn | Libc.EventEdgeTriggered;
        if (!_epoll.Control(Libc.ControlAdd, _wake.Descriptor, events, WakeSlot))
        {
            throw Refusal(Errno.Last);
        }
    }

    /// <summary>Told of what its listeners receive.</summary>
    internal ReceivePace Pace { get; }

    /// <inheritdoc/>
    public override LoopSocket? OpenDatagram(bool ipv6, out SocketResult result) =>
        Open(ipv6, Libc.TypeDatagram, out result);

    /// <inheritdoc/>
    public override LoopSocket? OpenStream(bool ipv6, out SocketResult result) =>
        Open(ipv6, Libc.TypeStream, out result);

    /// <inheritdoc/>
    public override LoopSocket? OpenStreamListener(
        in InetEndpoint local, int backlog, out SocketResult result)
    {
        VerifyCurrent();
        bool ipv6 = local.Address.IsIPv6;
        result = SocketDescriptor.TryOpen(ipv6, Libc.TypeStream, out SocketDescriptor descriptor);
        if (result != SocketResult.Done)
        {
            return null;
        }

        _ = descriptor.SetOption(Libc.LevelSocket, Libc.ReuseAddress, 1);
        _ = descriptor.SetOption(Libc.LevelSocket, Libc.ReusePort, 1);
        if (ipv6)
        {
            _ = descriptor.SetOption(Libc.LevelIPv6, Libc.V6Only, 1);
        }

        result = descriptor.Bind(local);
        if (result == SocketResult.Done)
        {
            result = descriptor.Listen(backlog);
        }

        if (result == SocketResult.Done)
        {
            return new EpollSocket(this, descriptor, isDatagram: false);
        }

        descriptor.Close();
        return null;
    }

    /// <inheritdoc/>
    public override DatagramListenSocket? OpenDatagramListener(
        in InetEndpoint local, DatagramListenOptions options, out SocketResult result)
    {
        VerifyCurrent();
        return EpollDatagramListenSocket.Open(this, local, options, out result);
    }

    /// <summary>Gives a target a slot; its token goes into <see cref="Control"/>.</summary>
    internal ulong Register(IEpollTarget target)
    {
        if (!_freeSlots.TryPop(out int slot))
        {
            slot = _slots++;
            if (slot == _registrations.Length)
            {
                Array.Resize(ref _registrations, slot * 2);
            }
        }

        ref Registration registration = ref _registrations[slot];
        registration.Target = target;
        return ((ulong)registration.Generation << 32) | (uint)slot;
    }

    /// <summary>Frees the slot of a target whose descriptor is being closed.</summary>
    internal void Unregister(ulong token)
    {
        ref Registration registration = ref _registrations[(uint)token];
        registration.Target = null;
        registration.Generation++;
        _freeSlots.Push((int)(uint)token);
    }

    /// <summary>epoll_ctl; false, and reported as a fault, where the kernel refuses.</summary>
    internal bool Control(int operation, int descriptor, uint events, ulong token)
    {
        if (_epoll.Control(operation, descriptor, events, token))
        {
            return true;
        }

        Report(Refusal(Errno.Last));
        return false;
    }

    /// <summary>Tells the owner of a socket; for targets that are sockets.</summary>
    internal void TellOwner(LoopSocket socket, SocketInterest ready) => Tell(socket, ready);

    /// <summary>Reports what an owner threw.</summary>
    internal void ReportFault(Exception fault) => Report(fault);

    /// <inheritdoc/>
    private protected override bool Poll(int timeoutMilliseconds)
    {
        _ready = _epoll.Wait(timeoutMilliseconds);
        if (_ready > 0 && timeoutMilliseconds != 0)
        {
            Pace.LetGather();
        }

        return _ready == EventsPerWait;
    }

    /// <inheritdoc/>
    private protected override void TellReady()
    {
        for (int index = 0; index < _ready; index++)
        {
            uint events = _epoll.Event(index, out ulong token);
            uint slot = (uint)token;
            if (slot == WakeSlot)
            {
                continue;
            }

            Registration registration = _registrations[slot];
            if (registration.Generation == (uint)(token >> 32))
            {
                registration.Target?.OnEvents(events);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void Signal() => _wake.Signal();

    /// <inheritdoc/>
    private protected override void Close()
    {
        for (int slot = 0; slot < _slots; slot++)
        {
            _registrations[slot].Target?.Dispose();
        }

        _wake.Dispose();
        _epoll.Dispose();
    }

    private EpollSocket? Open(bool ipv6, int type, out SocketResult result)
    {
        VerifyCurrent();
        result = SocketDescriptor.TryOpen(ipv6, type, out SocketDescriptor descriptor);
        return result == SocketResult.Done
            ? new EpollSocket(this, descriptor, type == Libc.TypeDatagram)
            : null;
    }

    /// <summary>What it means that a socket is not watched: it would be deaf.</summary>
    private static IOException Refusal(int errno) => new(
        $"The kernel refuses to watch a socket ({Marshal.GetPInvokeErrorMessage(errno)}): it will not be " +
        "read. Is fs.epoll.max_user_watches, or the memory, too small?");

    private struct Registration
    {
        public IEpollTarget? Target;
        public uint Generation;
    }
}
