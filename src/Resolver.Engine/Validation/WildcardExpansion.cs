// Whether an RRset says of itself that it was made from a wildcard: a signature with fewer labels than the
// owner (RFC 4035 §5.3.4). Not verified: it tells which proofs to keep, not what to believe.
using System;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Recognises sets made from wildcards.</summary>
internal static class WildcardExpansion
{
    /// <summary>True when a signature has fewer labels than the owner.</summary>
    public static bool Shows(RRset set)
    {
        int labels = SignatureCheck.CountSignedLabels(set.Owner);
        foreach (ReadOnlySpan<byte> rdata in set.Signatures)
        {
            if (SignatureFields.TryRead(rdata, out SignatureFields signature) && signature.Labels < labels)
            {
                return true;
            }
        }

        return false;
    }
}
