// What a DS RRset allows: which of its records can be used, and so whether the child is to be validated or is
// insecure. RFC 4035 §5.2 (unknown algorithms), RFC 4509 §3 (no SHA-1 beside better), RFC 6840 §5.2 (unknown
// digests). The digests known are SHA-1, SHA-256 and SHA-384 (RFC 3658, RFC 4509, RFC 6605).
using System;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>What a DS RRset says of the child.</summary>
internal enum DelegationUse : byte
{
    /// <summary>At least one record can be used: the child must prove itself.</summary>
    Usable,

    /// <summary>No record has a supported algorithm: the child is insecure.</summary>
    UnsupportedAlgorithm,

    /// <summary>The algorithms are supported, no digest type is: the child is insecure.</summary>
    UnsupportedDigest,
}

/// <summary>Judges DS RRsets.</summary>
internal static class DelegationSigners
{
    private const int DigestAt = 4;
    private const byte Sha1 = 1;

    /// <summary>Whether a validated DS RRset can be used.</summary>
    public static DelegationUse Judge(RRset set, DnssecPolicy policy)
    {
        DelegationUse use = DelegationUse.UnsupportedAlgorithm;
        foreach (ReadOnlySpan<byte> ds in set.Records)
        {
            if (ds.Length <= DigestAt || !DnssecAlgorithms.IsSupported(ds[2], policy))
            {
                continue;
            }

            if (DelegationSigner.IsKnownDigest(ds[3]))
            {
                return DelegationUse.Usable;
            }

            use = DelegationUse.UnsupportedDigest;
        }

        return use;
    }

    /// <summary>
    /// True when a record of the set counts: algorithm and digest are known, and a SHA-1 digest only when
    /// nothing better is there.
    /// </summary>
    public static bool Counts(RRset set, ReadOnlySpan<byte> ds, DnssecPolicy policy)
    {
        if (!IsUsable(ds, policy) || ds[3] != Sha1)
        {
            return IsUsable(ds, policy);
        }

        foreach (ReadOnlySpan<byte> other in set.Records)
        {
            if (IsUsable(other, policy) && other[3] != Sha1)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsUsable(ReadOnlySpan<byte> ds, DnssecPolicy policy) =>
        ds.Length > DigestAt && DnssecAlgorithms.IsSupported(ds[2], policy)
        && DelegationSigner.IsKnownDigest(ds[3]);
}
