// A resolution that failed not long ago (RFC 9520).
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A remembered failure. Immutable to readers.</summary>
internal sealed class CachedFailure : CacheEntry
{
    private readonly long _remembered;

    internal CachedFailure(in FailureReason reason, long now, long remembered)
        : base(now, now + remembered)
    {
        Reason = reason.Error;
        IsBogus = reason.IsBogus;
        _remembered = remembered;
    }

    /// <summary>Why it failed, for the reply's extended error.</summary>
    public ExtendedError Reason { get; }

    /// <summary>True when validation failed, not the servers.</summary>
    public bool IsBogus { get; }

    /// <summary>True when it takes the place of what is remembered.</summary>
    public bool IsNewestWord { get; init; }

    /// <summary>How long it is remembered.</summary>
    public TimeSpan Remembered => TimeSpan.FromTicks(_remembered);

    internal override int ContentSize => Reason.Text.Length * sizeof(char);

    // For as long again it is kept as the memory that makes the next time longer.
    internal override long UsefulAfterEnd => _remembered;

    /// <summary>True when another failure now is one of a series.</summary>
    internal bool IsRecent(long now) => now < ExpiresAt + _remembered;

    // While it holds nobody should have tried: another report is of the same failure and does not prolong it.
    internal override bool YieldsTo(CacheEntry candidate, long now) =>
        IsExpired(now) || candidate is CachedFailure { IsNewestWord: true };

    internal override bool SaysTheSameAs(CacheEntry successor) => true;
}

/// <summary>Why something failed.</summary>
/// <param name="Error">The reason, for the reply's extended error.</param>
/// <param name="IsBogus">True when validation failed, not the servers.</param>
internal readonly record struct FailureReason(ExtendedError Error, bool IsBogus);
