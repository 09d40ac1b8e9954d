// An RRset in the cache, with the TTL it lives by, its rank and its security status.
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A cached RRset. Immutable to readers.</summary>
internal sealed class CachedRRset : CacheEntry
{
    private readonly CacheTimes _times;
    private CachedRRset? _judged;

    internal CachedRRset(
        RRset set,
        DataRank rank,
        SecurityStatus security,
        in Lifetime lifetime,
        Attestation? attestation = null)
        : base(lifetime.StoredAt, lifetime.ExpiresAt)
    {
        Set = set;
        Rank = rank;
        Security = security;
        Ttl = lifetime.Ttl;
        Attestation = attestation;
        _times = lifetime.Times;
    }

    // The same data after validation: its time began when it came, and may end earlier.
    internal CachedRRset(CachedRRset judged, in Judgement judgement)
        : base(judged.StoredAt, judgement.EndOf(judged, judged.Ttl))
    {
        Set = judged.Set;
        Rank = judged.Rank;
        Security = judgement.Security;
        Ttl = Math.Min(judged.Ttl, judgement.MaxTtl);
        Attestation = judgement.Attestation;
        _times = judged._times;
        _judged = judged;
    }

    internal CachedRRset(in PlainHeader header, RRset set, CacheTimes times)
        : base(header.StoredAt, header.ExpiresAt)
    {
        Set = set;
        Rank = (DataRank)header.Detail;
        Security = header.Security;
        Ttl = header.Ttl;
        _times = times;
    }

    /// <summary>The records and their signatures.</summary>
    public RRset Set { get; }

    /// <summary>Where the data stood.</summary>
    public DataRank Rank { get; }

    /// <summary>What validation found.</summary>
    public SecurityStatus Security { get; }

    /// <summary>What validation left; null for nothing.</summary>
    public Attestation? Attestation { get; }

    /// <summary>Seconds to live when stored, between the configured bounds.</summary>
    public uint Ttl { get; }

    /// <summary>Seconds left to live: what a reply shows.</summary>
    public uint RemainingTtl(long now) => SecondsLeft(Ttl, now);

    internal override int ContentSize => Set.Size + (Attestation?.Size ?? 0);

    internal override long UsefulAfterEnd => _times.StaleAge(Ttl);

    internal override bool YieldsTo(CacheEntry candidate, long now) =>
        IsExpired(now) || (candidate is CachedRRset other
            && (IsSameAs(other._judged)
                || DataPrecedence.Prevails(other.Security, other.Rank, Security, Rank)));

    internal override bool YieldsToContradiction(SecurityStatus security) =>
        DataPrecedence.MayContradict(security, Security);

    internal override bool SaysTheSameAs(CacheEntry successor) =>
        successor is CachedRRset other
            && other.Security == Security
            && other.Set.HasSameRecords(Set)
            && HasSameSignatures(other.Set);

    internal override CacheEntry? Judged => _judged;

    internal override bool TryDescribe(out PlainHeader header)
    {
        header = new PlainHeader
        {
            StoredAt = StoredAt,
            ExpiresAt = ExpiresAt,
            Ttl = Ttl,
            Security = Security,
            Detail = (byte)Rank,
            BodyLength = (ushort)Set.Size,
        };
        return Attestation is null && Set.Size <= PlainEntry.MaxBody;
    }

    internal override void WriteBody(Span<byte> body) => Set.Octets.CopyTo(body);

    /// <summary>Once in the store: or each entry would hold its predecessor.</summary>
    internal void ForgetJudged() => _judged = null;

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
