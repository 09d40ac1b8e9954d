// What tells serve to stop: SIGTERM, SIGINT, SIGQUIT.
using System;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace Resolver.Server;

/// <summary>Listens for the signals that mean stop.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _quit;

    /// <summary>Listens from now on; none of the signals ends the process any more.</summary>
    public StopSignals()
    {
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        _quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, OnSignal);
    }

    /// <summary>Completes with the first of them.</summary>
    public Task Told => _told.Task;

    /// <inheritdoc/>
    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
        _quit.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        _ = _told.TrySetResult();
    }
}
