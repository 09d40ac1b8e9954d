// One RRset under judgement: data, an SOA, or a proof; with what its signatures came to.
using System;
using System.Collections.Generic;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A set to be judged. One per validation; not thread-safe.</summary>
internal sealed class Subject(RRset set)
{
    /// <summary>The set.</summary>
    public RRset Set { get; } = set;

    /// <summary>Its owner.</summary>
    public DomainName Owner { get; } = set.OwnerName;

    /// <summary>The zone by whose keys it was checked; null before.</summary>
    public DomainName? CheckedBy { get; private set; }

    /// <summary>What the check came to.</summary>
    public SignatureResult Check { get; private set; }

    /// <summary>What was found of it in the end.</summary>
    public Finding? Found { get; set; }

    /// <summary>Takes in the result of a check.</summary>
    public void Conclude(ZoneKeys keys, in SignatureResult result)
    {
        CheckedBy = DomainName.FromValidWire(keys.Zone);
        Check = result;
    }

    /// <summary>True when it was checked by this zone and found good.</summary>
    public bool IsProvenBy(DomainName zone) => CheckedBy == zone && Check.IsValid;

    /// <summary>
    /// The zones that signed it and may vouch for it, deepest first: at or above its owner, for a DS and an
    /// NSEC3 above it, not above the closest anchor.
    /// </summary>
    public List<DomainName> FindSigners(DomainName? top)
    {
        List<DomainName> signers = [];
        foreach (ReadOnlySpan<byte> rdata in Set.Signatures)
        {
            if (!SignatureFields.TryRead(rdata, out SignatureFields signature)
                || !NameOctets.IsSubdomainOf(Set.Owner, signature.Signer)
                || (IsOfParent && signature.Signer.Length == Set.Owner.Length)
                || (top is { } anchor && !NameOctets.IsSubdomainOf(signature.Signer, anchor.Wire)))
            {
                continue;
            }

            DomainName signer = DomainName.FromValidWire(signature.Signer);
            if (!signers.Contains(signer))
            {
                signers.Add(signer);
            }
        }

        signers.Sort(static (a, b) => b.Wire.Length.CompareTo(a.Wire.Length));
        return signers;
    }

    /// <summary>The name whose zone the set belongs to.</summary>
    public DomainName Place => IsOfParent ? Owner.Parent : Owner;

    private bool IsOfParent => (Set.Type == RRType.DS || Set.Type == RRType.Nsec3) && Set.Owner.Length > 1;
}
