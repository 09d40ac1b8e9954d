// A set of a zone, whose signatures may wait until somebody asks for it: most sets of a simulated internet
// are never asked for.
using System;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>A set that is signed when it is first looked at. For any thread.</summary>
/// <param name="set">The set without signatures to be made.</param>
/// <param name="sign">Gives it signatures, each time the same; null: it stays as it is.</param>
internal sealed class ZoneSet(RRset set, Func<RRset, RRset>? sign = null)
{
    private RRset _signed = sign is null ? set : default;

    /// <summary>Its owner.</summary>
    public DomainName Owner { get; } = set.OwnerName;

    /// <summary>Its type.</summary>
    public RRType Type { get; } = set.Type;

    /// <summary>The set.</summary>
    public RRset Set
    {
        get
        {
            if (_signed.IsEmpty)
            {
                _signed = sign!(set);
            }

            return _signed;
        }
    }
}
