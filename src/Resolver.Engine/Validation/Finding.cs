// What is found of a zone, of an RRset or of a denial, with the reason for it.
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A finding of validation.</summary>
/// <param name="Status">The status.</param>
/// <param name="Error">Why; null when there is nothing to say.</param>
internal readonly record struct Finding(SecurityStatus Status, ExtendedError? Error)
{
    /// <summary>Of a secure zone: its keys.</summary>
    public ZoneKeys? Keys { get; init; }

    /// <summary>Of unsigned data that should be signed: the zone that should have signed it.</summary>
    public DomainName? Zone { get; init; }

    /// <summary>
    /// True when the chain of trust is what is broken, not the data at hand: asking another server for the
    /// data would not help.
    /// </summary>
    public bool IsOfChain { get; init; }

    /// <summary>True when what claims to be a zone is not one.</summary>
    public bool IsNoZone { get; init; }

    /// <summary>Most seconds that the data may live.</summary>
    public uint MaxTtl { get; init; } = uint.MaxValue;

    /// <summary>Secure, nothing to say.</summary>
    public static Finding Secure => new(SecurityStatus.Secure, null);

    /// <summary>Insecure for a reason worth telling, or for the ordinary one.</summary>
    public static Finding Insecure(ExtendedError? note = null) => new(SecurityStatus.Insecure, note);

    /// <summary>No anchor covers it.</summary>
    public static Finding Indeterminate => new(SecurityStatus.Indeterminate, null);

    /// <summary>Bogus data.</summary>
    public static Finding Bogus(ExtendedErrorCode code, string text) =>
        new(SecurityStatus.Bogus, new ExtendedError(code, text));

    /// <summary>A broken chain of trust.</summary>
    public static Finding Broken(ExtendedErrorCode code, string text) =>
        Bogus(code, text) with { IsOfChain = true };

    /// <summary>A name that signs and is not the apex of a zone.</summary>
    public static Finding NoZone(DomainName name) =>
        Broken(ExtendedErrorCode.DnssecBogus, $"{name} signs and is no zone") with { IsNoZone = true };
}
