// What validation found out about cached data, on its way into the caches.
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The verdict on one item.</summary>
/// <param name="Security">The status.</param>
/// <param name="MaxTtl">Seconds that the item may live from when it came (RFC 4035 §5.3.3, §4.7).</param>
/// <param name="Attestation">What is kept with it; null for nothing.</param>
internal readonly record struct Judgement(SecurityStatus Security, uint MaxTtl, Attestation? Attestation)
{
    /// <summary>The end of an entry that was to live for <paramref name="ttl"/> seconds.</summary>
    public long EndOf(CacheEntry entry, uint ttl) => MaxTtl < ttl
        ? Math.Min(entry.ExpiresAt, entry.StoredAt + (MaxTtl * TimeSpan.TicksPerSecond))
        : entry.ExpiresAt;
}

/// <summary>The verdict on a denial.</summary>
/// <param name="Verdict">The status; the attestation's proofs are those that held.</param>
/// <param name="Cut">Of a DS that does not exist: whether there is a zone cut.</param>
internal readonly record struct DenialJudgement(Judgement Verdict, CutKind Cut);
