// Where a closest encloser is looked for: among the records that came with an answer, or among those that are
// kept of a zone.
namespace Resolver.Dnssec;

/// <summary>NSEC3 ranges of one zone that hash in one way.</summary>
internal interface INsec3Ranges
{
    /// <summary>How the zone hashes.</summary>
    Nsec3Parameters Parameters { get; }

    /// <summary>Labels of the zone's name.</summary>
    int ZoneLabels { get; }

    /// <summary>Iterations above which the zone is taken as insecure (RFC 9276 §3.2).</summary>
    int MaxIterations { get; }

    /// <summary>The range that a hash matches.</summary>
    bool TryMatch(NameHash hash, out Nsec3Range match);

    /// <summary>The range that covers a hash.</summary>
    bool TryCover(NameHash hash, out Nsec3Range cover);
}
