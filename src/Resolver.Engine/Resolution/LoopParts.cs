// What an engine needs of its loop, handed over by the composition.
using Resolver.Dnssec;

namespace Resolver.Engine;

/// <summary>The parts of one loop's engine that differ by loop or are shared by all.</summary>
/// <param name="Loop">The loop.</param>
/// <param name="Random">The loop's own source of randomness.</param>
/// <param name="Caches">The caches, shared by all loops.</param>
/// <param name="Histories">The memory of servers, shared by all loops.</param>
/// <param name="Local">What can be answered without asking anybody, shared by all loops.</param>
/// <param name="Counts">The counts, shared by all loops.</param>
internal sealed record LoopParts(
    ILoop Loop,
    IRandomSource Random,
    ResolverCaches Caches,
    ServerHistoryStore Histories,
    LocalSources Local,
    EngineCounts Counts)
{
    /// <summary>Anchors and the means to check, shared by all loops.</summary>
    public required TrustState Trust { get; init; }
}
