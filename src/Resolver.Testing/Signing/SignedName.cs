// A name of a zone that is being signed, neither below a cut nor made for the denial's sake.
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>A name and its sets; an empty non-terminal has none.</summary>
/// <param name="Name">The name.</param>
/// <param name="Sets">Its sets, those included that signing adds.</param>
/// <param name="IsCut">True where another zone begins.</param>
internal sealed record SignedName(DomainName Name, IReadOnlyList<RRset> Sets, bool IsCut)
{
    /// <summary>True for a delegation without DS.</summary>
    public bool IsUnsignedCut => IsCut && !Has(RRType.DS);

    /// <summary>
    /// The types that a denial lists for it: at a cut those of the parent's side alone (RFC 4035 §2.3).
    /// </summary>
    public IEnumerable<RRType> Types =>
        Sets.Select(static s => s.Type).Where(t => !IsCut || t == RRType.NS || t == RRType.DS);

    /// <summary>True when its set of the type is the zone's own, and so signed.</summary>
    public bool Signs(RRType type) => !IsCut || type == RRType.DS;

    private bool Has(RRType type) => Sets.Any(s => s.Type == type);
}
