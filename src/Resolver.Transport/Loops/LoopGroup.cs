// All loops of one resolver: makes them, starts and stops them together, and opens listening sockets on each,
// by the rules that keep a second process from taking half of the traffic.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>
/// The loops of one resolver. Order of use: create, set each loop's upstream, listen, start; stop once.
/// </summary>
internal sealed class LoopGroup : IAsyncDisposable
{
    private readonly SocketLoop[] _loops;
    private bool _started;

    /// <summary>Makes the loops and raises the process's limit of open files.</summary>
    public LoopGroup(LoopGroupOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Count, 1);
        OpenFiles = OpenFileLimit.Raise();
        _loops = new SocketLoop[PortableLoop.SharesPorts ? options.Count : 1];
        bool epoll = options.Kind == LoopKind.Automatic ? Libc.IsSupported : options.Kind == LoopKind.Epoll;
        for (int index = 0; index < _loops.Length; index++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{options.ThreadName}{index}");
            _loops[index] = epoll
                ? new EpollLoop(index, name, options.OnFault, options.GatherMicroseconds)
                : new PortableLoop(index, name, options.OnFault);
        }
    }

    /// <summary>The loops, by <see cref="ILoop.Index"/>.</summary>
    public IReadOnlyList<SocketLoop> Loops => _loops;

    /// <summary>How many files this process may have open; bounds what upstream and listeners keep.</summary>
    public int OpenFiles { get; }

    /// <summary>
    /// Listens on one address, UDP and TCP, on every loop; before <see cref="Start"/>. Port 0: one port that
    /// is free for both. Null with the reason (in use, unavailable, denied) when it cannot.
    /// </summary>
    public ListenPoint? Listen(InetEndpoint address, DatagramListenOptions options, out SocketResult result)
    {
        if (_started)
        {
            throw new InvalidOperationException("Listening begins before the loops start.");
        }

        return ListenPoint.Open(_loops, address, options, out result);
    }

    /// <summary>Starts all threads.</summary>
    public void Start()
    {
        _started = true;
        foreach (SocketLoop loop in _loops)
        {
            loop.Start();
        }
    }

    /// <summary>Stops all loops; completes when their threads are done.</summary>
    public Task StopAsync() => Task.WhenAll(Array.ConvertAll(_loops, static loop => loop.StopAsync()));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(StopAsync());
}
