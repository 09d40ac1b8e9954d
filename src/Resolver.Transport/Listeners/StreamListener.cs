// Step 1 over TCP, on one loop and address: takes connections as they come. Who may have one is decided by
// LoopListeners and ConnectionShares.
using System;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>A TCP listener of one loop. Its timer ends a pause of accepting.</summary>
internal sealed class StreamListener : LoopTimer, ISocketOwner
{
    // No limit of the operator's: nothing is refused by it, the rest has its turn.
    private const int MostPerTurn = 64;

    private readonly LoopListeners _listeners;
    private readonly LoopSocket _socket;

    /// <summary>Takes over a listening socket and begins to accept.</summary>
    public StreamListener(LoopListeners listeners, LoopSocket socket)
    {
        _listeners = listeners;
        _socket = socket;
        socket.Owner = this;
        socket.SetInterest(SocketInterest.Read);
    }

    /// <inheritdoc/>
    public void OnReady(LoopSocket socket, SocketInterest ready)
    {
        for (int count = 0; count < MostPerTurn; count++)
        {
            // Admit takes the connection over, which the analyzer cannot see through the out parameter.
#pragma warning disable CA2000
            switch (socket.TryAccept(out LoopSocket? connection, out InetEndpoint remote))
#pragma warning restore CA2000
            {
                case SocketResult.Done:
                    _listeners.Admit(connection!, remote);
                    break;
                case SocketResult.Exhausted:
                    Pause();
                    return;
                case SocketResult.WouldBlock:
                    return;
                case SocketResult.PeerError:
                case SocketResult.InProgress:
                case SocketResult.Unreachable:
                case SocketResult.AddressInUse:
                case SocketResult.Denied:
                default:
                    // That connection was gone before it was taken (accept(2), "error handling").
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public override void OnTimer(long now) => _socket.SetInterest(SocketInterest.Read);

    /// <summary>
    /// Descriptors are used up: one is made free, and the kernel keeps the newcomers a moment longer.
    /// </summary>
    private void Pause()
    {
        _listeners.Counters.AcceptPauses++;
        _ = _listeners.TryEvict();
        _socket.SetInterest(SocketInterest.None);
        _listeners.Loop.Schedule(this, SocketLoop.Now + (TimeSpan.TicksPerSecond / 10));
    }
}
