// A simulated internet in virtual time, as a network that resolvers can be made in: tests of programs that
// embed the resolver run whole days in milliseconds, on one thread, the same way every time.
using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;
using Resolver.Engine;

namespace Resolver.Testing;

/// <summary>
/// A network whose time stands still until <see cref="Run(Func{Task})"/> or <see cref="Advance"/> moves it.
/// For one thread. Resolvers made in it share its time and its servers.
/// </summary>
public sealed class VirtualNetwork : ResolverNetwork
{
    /// <summary>Longest virtual time that <see cref="Run(Func{Task})"/> lets pass.</summary>
    public static readonly TimeSpan MaxRun = TimeSpan.FromDays(1000);

    private readonly VirtualLoop _outside;
    private ulong _resolvers;

    /// <summary>A network in front of an internet.</summary>
    public VirtualNetwork(SimulatedInternet internet, PacketSimulatorOptions? packets = null)
    {
        ArgumentNullException.ThrowIfNull(internet);
        Internet = internet;
        Packets = packets ?? PacketSimulatorOptions.Default;
        _outside = new VirtualLoop(Scheduler, -1);
    }

    /// <summary>The servers.</summary>
    public SimulatedInternet Internet { get; }

    /// <summary>What happens to packets. Read when a resolver is made.</summary>
    public PacketSimulatorOptions Packets { get; }

    /// <summary>The network's clock; its timers fire in virtual time, beside the loops.</summary>
    public TimeProvider Time => _outside.Time;

    internal VirtualScheduler Scheduler { get; } = new();

    /// <summary>
    /// What resolvers get in the place of each of their loops; null: the loops themselves. For what must go
    /// wrong between a resolver and its loops.
    /// </summary>
    internal Func<ILoop, ILoop>? Disguise { get; set; }

    /// <summary>What each event costs a loop of a resolver made from now on.</summary>
    internal TimeSpan WorkPerEvent { get; set; }

    /// <summary>Every exchange of every resolver in this network.</summary>
    internal ExchangeLog Log { get; } = new();

    /// <summary>The ways to servers of all resolvers, by loop.</summary>
    internal List<PacketSimulator> Simulators { get; } = [];

    /// <inheritdoc/>
    internal override ResolverOptions Adapt(ResolverOptions options) => Internet.Adapt(options);

    /// <summary>Sets the wall clock; the monotonic clock does not notice.</summary>
    public void SetUtcNow(DateTimeOffset now) =>
        Scheduler.WallClockAtBeginning = now - TimeSpan.FromTicks(Scheduler.Now - VirtualScheduler.Beginning);

    /// <summary>Lets time pass, and everything happen that is due in it.</summary>
    public void Advance(TimeSpan span) => Scheduler.Advance(span);

    /// <summary>
    /// Runs a program beside the resolvers, with virtual time passing while it awaits them, to its end. What
    /// it awaits must end in virtual time.
    /// </summary>
    public void Run(Func<Task> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        Task? task = null;
        _outside.Post(_ => task = BeginAsync(program), null);
        if (!Scheduler.RunUntil(() => task is { IsCompleted: true }, MaxRun))
        {
            throw new InvalidOperationException("Nothing is left to happen, and the program has not ended.");
        }

        if (task!.IsFaulted)
        {
            ExceptionDispatchInfo.Throw(task.Exception.InnerException!);
        }

        if (task.IsCanceled)
        {
            throw new OperationCanceledException("The program was cancelled.");
        }
    }

    /// <summary>Runs a program to its end, and returns its result.</summary>
    public TResult Run<TResult>(Func<Task<TResult>> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        TResult result = default!;
        Func<Task> keeping = async () => result = await program();
        Run(keeping);
        return result;
    }

    // Asynchronous, so that what it throws at once is in the task too.
    private static async Task BeginAsync(Func<Task> program) => await program();

    internal override NetworkRun Open(NetworkRequest request) =>
        new VirtualNetworkRun(this, request, Packets.Seed + (_resolvers++ << 48));
}
