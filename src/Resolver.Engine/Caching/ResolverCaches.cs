// All stores of one resolver and the budget that they share. Made once, at composition; shared by all loops.
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The caches of one resolver. Thread-safe.</summary>
internal sealed class ResolverCaches : IDisposable
{
    // Whole answers take a quarter: they repeat what the other stores hold, for speed.
    private const int AnswerShare = 4;

    private readonly BoundedStore _store;
    private readonly ulong _secret;

    public ResolverCaches(CacheOptions options, ResolverLimits limits, IRandomSource random)
    {
        Size = options.Size;
        ReplacementEpochs epochs = new();
        CacheTimes times = new(options, limits);
        ulong secret = EntryKey.DrawSecret(random);
        _secret = secret;
        long answerBudget = options.Size / AnswerShare;
        _store = new BoundedStore(options.Size - answerBudget, epochs, times);
        RRsets = new RRsetCache(_store, times, secret, limits);
        Denials = new DenialCache(_store, times, secret, limits);
        Delegations = new DelegationCache(_store, times, secret);
        Failures = new FailureCache(_store, times, secret);
        Ranges = new DenialRanges(_store, times, secret);
        AnswerSecrets secrets = new(EntryKey.DrawSecret(random), EntryKey.DrawSecret(random));
        Answers = new AnswerCache(answerBudget, epochs, secrets, limits);
    }

    /// <summary>
    /// Called before an entry of any store but <see cref="Answers"/> is published; simulations have it fail.
    /// </summary>
    public Action? OnPublish { set => _store.OnPublish = value; }

    /// <summary>RRsets by owner and type.</summary>
    public RRsetCache RRsets { get; }

    /// <summary>Negative answers.</summary>
    public DenialCache Denials { get; }

    /// <summary>Zone cuts, from the parent side.</summary>
    public DelegationCache Delegations { get; }

    /// <summary>Failed resolutions.</summary>
    public FailureCache Failures { get; }

    /// <summary>Ranges in which no name exists.</summary>
    public DenialRanges Ranges { get; }

    /// <summary>Whole answers.</summary>
    public AnswerCache Answers { get; }

    /// <summary>Octets that all stores may take.</summary>
    public long Size { get; }

    /// <summary>Octets that all stores take.</summary>
    public long Bytes => _store.Bytes + Answers.Bytes;

    /// <summary>Count of entries other than whole answers, expired ones included.</summary>
    public long Entries => _store.Count;

    /// <summary>Entries, whole answers included, that had to go for others.</summary>
    public long Evictions => _store.Evictions + Answers.Evictions;

    /// <summary>
    /// Which whole answers are alive; raised by reload, flush and a new negative trust anchor.
    /// </summary>
    public uint Generation => Answers.Generation;

    /// <summary>Kills all whole answers, because the rules they were made by have changed.</summary>
    public void StartGeneration() => Answers.StartGeneration();

    /// <summary>
    /// False when no store has anything of this very name: of most names that are asked for the first time
    /// one look says so.
    /// </summary>
    public bool MayKnow(ReadOnlySpan<byte> name)
    {
        uint owner = EntryKey.HashOwner(name, _secret);
        return _store.MayHold(owner) || _store.MayHold(EntryKey.Beside(owner));
    }

    /// <summary>
    /// Forgets everything at a name and below it, what says above that there is nothing, and all whole
    /// answers; returns the count of all but the answers.
    /// </summary>
    public int Flush(DomainName name)
    {
        Span<char> buffer = stackalloc char[EntryKey.MaxLength];
        ReadOnlySpan<char> key = EntryKey.Write(name.Wire, default, EntryKind.RRset, buffer);
        int removed = Ranges.Forget(name)
            + Denials.ForgetAbove(name.Wire)
            + _store.RemoveAtOrBelow(key[..^EntryKey.Suffix]);
        StartGeneration();
        return removed;
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();
}
