// What a trace event tells.
namespace Resolver.Engine;

/// <summary>
/// The kind of a <see cref="TraceEvent"/>; the numbers in brackets are steps of the life of a query.
/// </summary>
public enum TraceKind : byte
{
    /// <summary>A question begins: from a client, or on behalf of another resolution (5).</summary>
    Started,

    /// <summary>A cache had the data (4).</summary>
    CacheHit,

    /// <summary>The question was answered from built-in knowledge: special-use names (RFC 6761).</summary>
    LocalAnswer,

    /// <summary>An equal question was in flight and is waited for (5).</summary>
    Joined,

    /// <summary>The walk starts at, or goes down to, a zone cut (6).</summary>
    ZoneEntered,

    /// <summary>A name server's address is needed first (6).</summary>
    AddressNeeded,

    /// <summary>A server was chosen and asked (7, 8).</summary>
    Asked,

    /// <summary>A reply, or none, came of it; and what it was taken for (8, 9).</summary>
    Answered,

    /// <summary>Records that the server had no right to say were dropped (9).</summary>
    Scrubbed,

    /// <summary>An RRset, a denial, a delegation or a failure was stored (11).</summary>
    Stored,

    /// <summary>A CNAME or DNAME was followed (6).</summary>
    AliasFollowed,

    /// <summary>A limit was met (6).</summary>
    LimitMet,

    /// <summary>A step of validation (10).</summary>
    Validated,

    /// <summary>The question ended (12).</summary>
    Finished,
}
