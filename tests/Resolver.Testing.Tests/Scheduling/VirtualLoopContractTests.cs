// The contract of loops over the virtual one.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Transport.Tests;

namespace Resolver.Testing.Tests;

public sealed class VirtualLoopContractTests : LoopContract
{
    private protected override LoopHarness Create(int count) => new VirtualLoopHarness(count);
}

/// <summary>Virtual loops, run by the test's own thread.</summary>
internal sealed class VirtualLoopHarness : LoopHarness
{
    private readonly VirtualScheduler _scheduler = new();
    private readonly List<ILoop> _loops = [];

    public VirtualLoopHarness(int count)
    {
        _scheduler.OnFault = (_, fault) => Faults.Enqueue(fault);
        _loops.AddRange(Enumerable.Range(0, count).Select(index => new VirtualLoop(_scheduler, index)));
    }

    public override IReadOnlyList<ILoop> Loops => _loops;

    public override bool HasThreads => false;

    public override async Task RunAsync(ILoop loop, Func<Task> step)
    {
        Task? running = null;
        loop.Post(_ => running = step(), null);
        if (!_scheduler.RunUntil(() => running is { IsCompleted: true }, TimeSpan.FromMinutes(1)))
        {
            throw new TimeoutException("The step has not ended in virtual time.");
        }

        await running!;
    }

    public override async Task StopAsync()
    {
        foreach (VirtualLoop loop in _loops.Cast<VirtualLoop>())
        {
            await loop.StopAsync();
        }
    }
}
