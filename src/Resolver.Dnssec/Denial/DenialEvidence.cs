// The NSEC and NSEC3 RRsets of one zone that came with an answer, as far as a proof may rest on them. A zone
// denies by one kind: with both at once nothing is proven (THREATS of mixed proofs; RFC 5155 §2).
using System;
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>Verified ranges of one zone.</summary>
internal sealed class DenialEvidence : INsec3Ranges
{
    private readonly byte[] _zone;
    private readonly NsecRange[] _nsec;
    private readonly Nsec3Range[] _nsec3;

    private DenialEvidence(byte[] zone, NsecRange[] nsec, Nsec3Range[] nsec3)
    {
        _zone = zone;
        _nsec = nsec;
        _nsec3 = nsec3;
    }

    /// <summary>The zone in wire form.</summary>
    public ReadOnlySpan<byte> Zone => _zone;

    /// <summary>NSEC ranges; none when there are NSEC3 too.</summary>
    public ReadOnlySpan<NsecRange> Nsec => _nsec;

    /// <summary>NSEC3 ranges that hash like the first; none when there are NSEC too.</summary>
    public ReadOnlySpan<Nsec3Range> Nsec3 => _nsec3;

    /// <inheritdoc/>
    public Nsec3Parameters Parameters => _nsec3[0].Parameters;

    /// <inheritdoc/>
    public int ZoneLabels => NameOctets.CountLabels(_zone);

    /// <inheritdoc/>
    public int MaxIterations { get; private init; }

    /// <summary>True when there is nothing to prove with.</summary>
    public bool IsEmpty => _nsec.Length + _nsec3.Length == 0;

    /// <inheritdoc/>
    public bool TryMatch(NameHash hash, out Nsec3Range match)
    {
        foreach (Nsec3Range range in _nsec3)
        {
            if (range.Matches(hash))
            {
                match = range;
                return true;
            }
        }

        match = default;
        return false;
    }

    /// <inheritdoc/>
    public bool TryCover(NameHash hash, out Nsec3Range cover)
    {
        foreach (Nsec3Range range in _nsec3)
        {
            if (range.Covers(hash))
            {
                cover = range;
                return true;
            }
        }

        cover = default;
        return false;
    }

    /// <summary>
    /// Takes from verified RRsets those that can prove something about a zone: the zone whose key verified
    /// them. Others may be among them and are passed over.
    /// </summary>
    public static DenialEvidence Collect(
        ReadOnlySpan<byte> zone, ReadOnlySpan<RRset> verified, DnssecPolicy policy)
    {
        List<NsecRange> nsec = [];
        List<Nsec3Range> nsec3 = [];
        foreach (RRset set in verified)
        {
            if (NsecRange.TryRead(set, zone, out NsecRange range))
            {
                nsec.Add(range);
            }

            // RFC 5155 §8.2: one way of hashing in one answer.
            if (Nsec3Range.TryRead(set, zone, out Nsec3Range hashed)
                && (nsec3.Count == 0 || hashed.HasSameParameters(nsec3[0])))
            {
                nsec3.Add(hashed);
            }
        }

        bool isMixed = nsec.Count > 0 && nsec3.Count > 0;
        return new DenialEvidence(zone.ToArray(), isMixed ? [] : [.. nsec], isMixed ? [] : [.. nsec3])
        {
            MaxIterations = policy.MaxNsec3Iterations,
        };
    }
}
