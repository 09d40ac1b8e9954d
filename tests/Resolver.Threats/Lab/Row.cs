// A row of the exam: what is done, what is asked for, and what came of it.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>What a row found out of one resolver.</summary>
/// <param name="IsGood">It is as asked for.</param>
/// <param name="Figures">The figures, in short.</param>
internal sealed record Finding(bool IsGood, string Figures);

/// <summary>One row.</summary>
/// <param name="Number">The threat's number.</param>
/// <param name="Behaviour">What must hold.</param>
/// <param name="Asked">The figure asked for.</param>
/// <param name="Examine">Does it and judges.</param>
internal sealed record Row(
    int Number, string Behaviour, string Asked, Func<Examination, Task<Finding>> Examine)
{
    /// <summary>How the resolvers are configured.</summary>
    public SubjectSettings Settings { get; init; } = SubjectSettings.Plain;
}

/// <summary>The surroundings of one row's examination of one resolver.</summary>
/// <param name="World">The servers.</param>
/// <param name="Subject">The resolver.</param>
/// <param name="Client">A client that may ask it.</param>
internal sealed record Examination(World World, Subject Subject, StubClient Client)
{
    /// <summary>How many thousands of random names a row asks for that is about their number.</summary>
    public required int Thousands { get; init; }

    /// <summary>The signed part of the world, in rows whose settings have it.</summary>
    public SignedLab Signed { get; init; } = null!;

    /// <summary>Processor time of the resolver while something is done.</summary>
    public async Task<TimeSpan> CpuOfAsync(Func<Task> work)
    {
        TimeSpan before = Subject.Cpu;
        await work();
        return Subject.Cpu - before;
    }

    /// <summary>The first address of an answer; the rcode, or "none", when there is none.</summary>
    public async Task<string> AddressOfAsync(string name)
    {
        StubReply? reply = await Client.AskAsync(name);
        return reply is null ? "no reply"
            : reply.Message.Addresses.FirstOrDefault() ?? $"rcode {reply.Message.Rcode}";
    }

    /// <summary>Asks for many names, so many at a time, and counts the replies with an address.</summary>
    public async Task<int> AskManyAsync(IEnumerable<string> names, int atATime)
    {
        int answered = 0;
        await Parallel.ForEachAsync(
            names,
            new ParallelOptions { MaxDegreeOfParallelism = atATime },
            async (name, _) =>
            {
                if (await Client.AskAsync(name) is { } reply && reply.Message.Addresses.Any())
                {
                    Interlocked.Increment(ref answered);
                }
            });
        return answered;
    }
}
