// What a validated look-up of DS says of a name: a signed zone begins there, an unsigned one, or none. RFC
// 4035 §5.2, RFC 6840 §5.2 (algorithms and digests nobody here knows make insecure, and only when no usable
// record is left).
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The kinds of cut.</summary>
internal enum ZoneCutKind : byte
{
    /// <summary>Could not be found out.</summary>
    Unknown,

    /// <summary>A zone that must prove itself begins at the name.</summary>
    Signed,

    /// <summary>A zone that need not prove itself begins at the name, or above it.</summary>
    Insecure,

    /// <summary>The name belongs to the zone above.</summary>
    None,

    /// <summary>The chain of trust is broken at or above the name.</summary>
    Broken,
}

/// <summary>A name as a possible zone cut.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Finding">What follows for data below, and why.</param>
internal readonly record struct ZoneCut(ZoneCutKind Kind, Finding Finding)
{
    /// <summary>True when no zone can be below: the name does not exist, or is an alias.</summary>
    public bool NothingBelow { get; init; }

    /// <summary>Reads a look-up's outcome.</summary>
    public static ZoneCut Of(DomainName name, LinkOutcome ds, DnssecPolicy policy)
    {
        if (ds.End == LinkEnd.Failure)
        {
            return ds.IsBogus
                ? new ZoneCut(
                    ZoneCutKind.Broken, new Finding(SecurityStatus.Bogus, ds.Error) { IsOfChain = true })
                : new ZoneCut(ZoneCutKind.Unknown, Finding.Broken(
                    ExtendedErrorCode.DnssecBogus, $"the DS of {name} cannot be had: {ds.Error?.Text}"));
        }

        if (ds.Security != SecurityStatus.Secure)
        {
            return new ZoneCut(ZoneCutKind.Insecure, new Finding(ds.Security, ds.Error));
        }

        if (ds.End == LinkEnd.Answer)
        {
            DelegationUse use = DelegationSigners.Judge(ds.Sets[^1].Set, policy);
            return use == DelegationUse.Usable
                ? new ZoneCut(ZoneCutKind.Signed, Finding.Secure)
                : new ZoneCut(ZoneCutKind.Insecure, Unusable(name, use));
        }

        return ds.End == LinkEnd.NoData && ds.Denial!.Cut == CutKind.Insecure
            ? new ZoneCut(ZoneCutKind.Insecure, Finding.Insecure())
            : new ZoneCut(ZoneCutKind.None, Finding.Secure) { NothingBelow = ds.End != LinkEnd.NoData };
    }

    /// <summary>Insecure, because no DS can be used.</summary>
    public static Finding Unusable(DomainName zone, DelegationUse use) =>
        use == DelegationUse.UnsupportedDigest
        ? Finding.Insecure(new ExtendedError(
            ExtendedErrorCode.UnsupportedDSDigestType, $"no DS of {zone} has a known digest type"))
        : Finding.Insecure(new ExtendedError(
            ExtendedErrorCode.UnsupportedDnskeyAlgorithm, $"no DS of {zone} has a supported algorithm"));
}
