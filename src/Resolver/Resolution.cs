// The answer to one question, as embedders see it. NXDOMAIN, SERVFAIL and bogus are results, not exceptions.
using System.Collections.Generic;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>The answer to one question. Immutable.</summary>
public sealed class Resolution
{
    internal Resolution()
    {
    }

    /// <summary>The response code: NOERROR, NXDOMAIN, SERVFAIL …</summary>
    public required Rcode Rcode { get; init; }

    /// <summary>
    /// Aliases followed, then the records asked for; with signatures when DnssecOk was set.
    /// </summary>
    public required IReadOnlyList<ResourceRecord> Answer { get; init; }

    /// <summary>The SOA, and with DnssecOk the proofs, of a denial.</summary>
    public required IReadOnlyList<ResourceRecord> Authority { get; init; }

    /// <summary>What validation found.</summary>
    public SecurityStatus Security { get; init; }

    /// <summary>Why it failed, or what is special about it (RFC 8914); null when nothing is.</summary>
    public ExtendedError? ExtendedError { get; init; }

    /// <summary>The steps of the walk, when they were asked for.</summary>
    public Trace? Trace { get; init; }
}
