// The whole answer to a question, aliases followed: what the response writer and the face make their forms
// of.
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The answer to a question.</summary>
internal sealed class ResolutionOutcome
{
    /// <summary>The rcode.</summary>
    public required Rcode Rcode { get; init; }

    /// <summary>The answer section's sets in their order.</summary>
    public IReadOnlyList<AnswerSet> Answer { get; init; } = [];

    /// <summary>The denial that belongs into the authority section.</summary>
    public CachedDenial? Denial { get; init; }

    /// <summary>Seconds that an expired denial is said to live; 0 for a fresh one.</summary>
    public uint StaleTtl { get; init; }

    /// <summary>What validation found.</summary>
    public SecurityStatus Security { get; init; }

    /// <summary>Why it failed, or what is special about it.</summary>
    public ExtendedError? Error { get; init; }

    /// <summary>True for answers from built-in knowledge: AA is set (RFC 6303 §3).</summary>
    public bool IsLocal { get; init; }

    /// <summary>Seconds that the denial has to live at <paramref name="now"/>.</summary>
    public uint DenialTtl(long now) => StaleTtl > 0 ? StaleTtl : Denial?.RemainingTtl(now) ?? 0;

    /// <summary>True for an answer that may be kept as a whole.</summary>
    public bool IsCacheable =>
        (Error is null || IsOfWildcard)
        && Rcode != Rcode.ServFail && !IsLocal && Security != SecurityStatus.Bogus;

    // With a remark, which is lost, an answer is not kept whole. That a wildcard's was made may be lost, and
    // its names may be asked for often; names denied so come in floods.
    private bool IsOfWildcard => Error!.Code == ExtendedErrorCode.Synthesized && Denial is null;
}
