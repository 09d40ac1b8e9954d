// The proof, or the word, that something does not exist (RFC 2308).
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>What does not exist.</summary>
internal enum DenialKind : byte
{
    /// <summary>The name itself, for every type (NXDOMAIN).</summary>
    NameError,

    /// <summary>Records of one type at an existing name (NODATA).</summary>
    NoData,
}

/// <summary>A cached denial. Immutable to readers.</summary>
internal sealed class CachedDenial : CacheEntry
{
    private readonly RRset[] _proofs;

    internal CachedDenial(DenialKind kind, in DenialEvidence evidence, in Lifetime lifetime)
        : base(lifetime.StoredAt, lifetime.ExpiresAt)
    {
        Kind = kind;
        Soa = evidence.Soa;
        Security = evidence.Security;
        Ttl = lifetime.Ttl;
        _proofs = evidence.Proofs ?? [];
    }

    /// <summary>What does not exist.</summary>
    public DenialKind Kind { get; }

    /// <summary>The SOA that came with it; may be empty, and then it lives for a moment only.</summary>
    public RRset Soa { get; }

    /// <summary>NSEC or NSEC3 sets with their signatures; empty when the zone is unsigned.</summary>
    public ReadOnlySpan<RRset> Proofs => _proofs;

    /// <summary>What validation found.</summary>
    public SecurityStatus Security { get; }

    /// <summary>Seconds to live when stored.</summary>
    public uint Ttl { get; }

    /// <summary>Seconds left to live: what a reply shows, on the SOA too (RFC 2308 §5).</summary>
    public uint RemainingTtl(long now) => SecondsLeft(Ttl, now);

    internal override int ContentSize
    {
        get
        {
            int size = Soa.Size + (_proofs.Length * IntPtr.Size);
            foreach (RRset proof in _proofs)
            {
                size += proof.Size;
            }

            return size;
        }
    }

    internal override bool YieldsTo(CacheEntry candidate, long now) =>
        IsExpired(now) || (candidate is CachedDenial other
            && DataPrecedence.MayContradict(other.Security, Security));

    internal override bool YieldsToContradiction(SecurityStatus security) =>
        DataPrecedence.MayContradict(security, Security);

    internal override bool SaysTheSameAs(CacheEntry successor) => false;
}

/// <summary>What a denial rests on.</summary>
/// <param name="Soa">The SOA of the authority section; empty when there was none.</param>
/// <param name="Proofs">NSEC or NSEC3 sets; null or empty when there were none.</param>
/// <param name="Security">What validation found.</param>
internal readonly record struct DenialEvidence(RRset Soa, RRset[]? Proofs, SecurityStatus Security);
