// The real loops under the contract.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Engine;

namespace Resolver.Transport.Tests;

/// <summary>Loops of the transport, of either kind.</summary>
internal sealed class SocketLoopHarness : LoopHarness
{
    private readonly List<ILoop> _loops;

    /// <summary>Starts loops; <paramref name="compose"/> may open listening sockets before.</summary>
    public SocketLoopHarness(LoopKind kind, int count, Action<LoopGroup>? compose = null)
    {
        Group = new LoopGroup(new LoopGroupOptions
        {
            Count = count,
            Kind = kind,
            OnFault = (_, fault) => Faults.Enqueue(fault),
        });
        _loops = [.. Group.Loops.Cast<ILoop>()];
        compose?.Invoke(Group);
        Group.Start();
    }

    public LoopGroup Group { get; }

    public override IReadOnlyList<ILoop> Loops => _loops;

    public override long? Wakes(ILoop loop) => ((SocketLoop)loop).Wakes;

    public override async Task RunAsync(ILoop loop, Func<Task> step)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(_ => _ = FinishAsync(step, done), null);
        await done.Task;
    }

    public override Task StopAsync() => Group.StopAsync();

    private static async Task FinishAsync(Func<Task> step, TaskCompletionSource done)
    {
        try
        {
            await step();
            done.SetResult();
        }
        catch (Exception failure)
        {
            done.SetException(failure);
        }
    }
}
