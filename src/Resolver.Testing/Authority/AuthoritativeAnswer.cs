// What an authoritative server has to say, before it is written: the sections as sets.
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>An answer being put together.</summary>
internal sealed class AuthoritativeAnswer
{
    /// <summary>The rcode.</summary>
    public Rcode Rcode { get; set; } = Rcode.NoError;

    /// <summary>AA.</summary>
    public bool IsAuthoritative { get; set; }

    /// <summary>The answer section.</summary>
    public List<PlacedRRset> Answer { get; } = [];

    /// <summary>The authority section.</summary>
    public List<PlacedRRset> Authority { get; } = [];

    /// <summary>
    /// Addresses without which a referral leads nowhere: they fit, or TC is set (RFC 9471 §3).
    /// </summary>
    public List<PlacedRRset> NeededGlue { get; } = [];

    /// <summary>Records that are left out when there is no room.</summary>
    public List<PlacedRRset> Additional { get; } = [];

    /// <summary>Adds a set once.</summary>
    public static void AddOnce(List<PlacedRRset> section, RRset set, uint? ttl = null)
    {
        if (set.IsEmpty)
        {
            return;
        }

        DomainName owner = set.OwnerName;
        if (!section.Exists(p => p.Owner == owner && p.Set.Type == set.Type))
        {
            section.Add(new PlacedRRset(owner, set, ttl ?? set.Ttl));
        }
    }
}

/// <summary>A set in an answer, under the owner asked for when a wildcard was expanded.</summary>
/// <param name="Owner">The owner to write.</param>
/// <param name="Set">The records.</param>
/// <param name="Ttl">The TTL to write.</param>
internal readonly record struct PlacedRRset(DomainName Owner, RRset Set, uint Ttl);
