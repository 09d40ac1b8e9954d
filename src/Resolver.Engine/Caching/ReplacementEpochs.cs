// How an answer learns that something it was made of has been replaced: a fixed table of counters, found by
// the hash of an entry's key. Replacing a fresh entry by other data raises its counter; an answer remembers
// the counters of its parts and is dead once one of them differs. Two keys may share a counter: then an
// answer dies for nothing, never the other way round. First-time insertions raise nothing, so a flood of new
// names kills no answer.
using System.Threading;

namespace Resolver.Engine;

/// <summary>The counters. Thread-safe.</summary>
internal sealed class ReplacementEpochs
{
    private const int Count = 1 << 16;

    private readonly uint[] _epochs = new uint[Count];

    /// <summary>The counter now.</summary>
    public uint Read(uint hash) => Volatile.Read(ref _epochs[hash % Count]);

    /// <summary>Raises the counter. The entry must have been marked as displaced before.</summary>
    public void Raise(uint hash) => Interlocked.Increment(ref _epochs[hash % Count]);
}
