// Whether an NSEC or NSEC3 RRset is the zone's own, at the owner that was signed: a set that another zone
// signed proves nothing here, nor does one whose owner was made from a wildcard, whose signature is as good
// (RFC 4035 §5.3.4, CVE-2026-10723).
using System;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>Judges the signers of proofs.</summary>
internal static class DenialSigner
{
    /// <summary>
    /// True when the zone signed the set, and no signature of the zone is for a wildcard above the owner.
    /// That the signatures are good is known already.
    /// </summary>
    public static bool IsOf(RRset set, ReadOnlySpan<byte> zone)
    {
        int labels = SignatureCheck.CountSignedLabels(set.Owner);
        bool isSigned = false;
        foreach (ReadOnlySpan<byte> rrsig in set.Signatures)
        {
            if (!SignatureFields.TryRead(rrsig, out SignatureFields signature)
                || !NameOctets.EqualsIgnoreCase(signature.Signer, zone))
            {
                continue;
            }

            if (signature.Labels != labels)
            {
                return false;
            }

            isSigned = true;
        }

        return isSigned;
    }
}
