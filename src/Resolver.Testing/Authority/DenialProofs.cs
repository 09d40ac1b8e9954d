// Which NSEC or NSEC3 records go with an answer of a signed zone: RFC 4035 §3.1.3, RFC 5155 §7.2. An unsigned
// zone has none, and nothing is added.
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>Adds the proofs of one answer to its authority section.</summary>
internal sealed class DenialProofs(AuthoritativeZone zone, List<PlacedRRset> authority)
{
    /// <summary>The wildcard right below a name.</summary>
    public static DomainName WildcardBelow(DomainName name) =>
        DomainName.FromValidWire([1, (byte)'*', .. name.Wire]);

    /// <summary>
    /// The name exists, the type does not. The name is that of the node: a wildcard's own, if one matched.
    /// </summary>
    public void AddNoData(DomainName name)
    {
        if (zone.HasNsec)
        {
            AuthoritativeAnswer.AddOnce(authority, zone.FindNsec(name));
        }
        else if (zone.HasNsec3)
        {
            RRset proof = zone.FindNsec3(name, out bool isMatch);
            if (isMatch)
            {
                AuthoritativeAnswer.AddOnce(authority, proof);
            }
            else
            {
                // RFC 5155 §7.2.4, §7.2.7: a delegation left out of the chain is proven by what encloses it.
                AddClosestEncloser(name);
            }
        }
    }

    /// <summary>Neither the name nor a wildcard for it exists.</summary>
    public void AddNoName(DomainName encloser, DomainName name)
    {
        if (zone.HasNsec)
        {
            AuthoritativeAnswer.AddOnce(authority, zone.FindNsec(name));
            AuthoritativeAnswer.AddOnce(authority, zone.FindNsec(WildcardBelow(encloser)));
        }
        else if (zone.HasNsec3)
        {
            // RFC 5155 §7.2.1: the closest provable encloser; what opt-out leaves out cannot be proven.
            DomainName provable = AddClosestEncloser(name);
            AuthoritativeAnswer.AddOnce(authority, zone.FindNsec3(WildcardBelow(provable), out _));
        }
    }

    /// <summary>A wildcard stands for the name, which does not exist itself.</summary>
    public void AddExpansion(DomainName encloser, DomainName name)
    {
        if (zone.HasNsec)
        {
            AuthoritativeAnswer.AddOnce(authority, zone.FindNsec(name));
        }
        else if (zone.HasNsec3)
        {
            DomainName nextCloser = name.Suffix(encloser.LabelCount + 1);
            AuthoritativeAnswer.AddOnce(authority, zone.FindNsec3(nextCloser, out _));
        }
    }

    /// <summary>
    /// For a wildcard without the type, what proves the encloser joins what AddExpansion has added.
    /// </summary>
    public void AddEncloser(DomainName encloser)
    {
        if (zone.HasNsec3)
        {
            AuthoritativeAnswer.AddOnce(authority, zone.FindNsec3(encloser, out _));
        }
    }

    // RFC 5155 §7.2.1: the closest name with an NSEC3 of its own, and what covers the name one label longer.
    private DomainName AddClosestEncloser(DomainName name)
    {
        for (int labels = name.LabelCount - 1; labels >= zone.Origin.LabelCount; labels--)
        {
            DomainName encloser = name.Suffix(labels);
            RRset proof = zone.FindNsec3(encloser, out bool isMatch);
            if (isMatch)
            {
                AuthoritativeAnswer.AddOnce(authority, proof);
                AuthoritativeAnswer.AddOnce(authority, zone.FindNsec3(name.Suffix(labels + 1), out _));
                return encloser;
            }
        }

        return zone.Origin;
    }
}
