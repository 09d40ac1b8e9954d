// An RRset in the cache, with the TTL it lives by, its rank and its security status.
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A cached RRset. Immutable to readers.</summary>
internal sealed class CachedRRset : CacheEntry
{
    private readonly CacheTimes _times;

    internal CachedRRset(RRset set, DataRank rank, SecurityStatus security, in Lifetime lifetime)
        : base(lifetime.StoredAt, lifetime.ExpiresAt)
    {
        Set = set;
        Rank = rank;
        Security = security;
        Ttl = lifetime.Ttl;
        _times = lifetime.Times;
    }

    /// <summary>The records and their signatures.</summary>
    public RRset Set { get; }

    /// <summary>Where the data stood.</summary>
    public DataRank Rank { get; }

    /// <summary>What validation found.</summary>
    public SecurityStatus Security { get; }

    /// <summary>Seconds to live when stored, between the configured bounds.</summary>
    public uint Ttl { get; }

    /// <summary>Seconds left to live: what a reply shows.</summary>
    public uint RemainingTtl(long now) => SecondsLeft(Ttl, now);

    internal override int ContentSize => Set.Size;

    internal override long UsefulAfterEnd => _times.StaleMaxAge;

    internal override bool YieldsTo(CacheEntry candidate, long now) =>
        IsExpired(now) || (candidate is CachedRRset other
            && DataPrecedence.Prevails(other.Security, other.Rank, Security, Rank));

    internal override bool YieldsToContradiction(SecurityStatus security) =>
        DataPrecedence.MayContradict(security, Security);

    internal override bool SaysTheSameAs(CacheEntry successor) =>
        successor is CachedRRset other
            && other.Security == Security
            && other.Set.HasSameRecords(Set)
            && HasSameSignatures(other.Set);

    private bool HasSameSignatures(RRset other)
    {
        if (other.SignatureCount != Set.SignatureCount)
        {
            return false;
        }

        RRset.RdataEnumerator theirs = other.Signatures;
        foreach (ReadOnlySpan<byte> mine in Set.Signatures)
        {
            if (!theirs.MoveNext() || !theirs.Current.SequenceEqual(mine))
            {
                return false;
            }
        }

        return true;
    }
}
