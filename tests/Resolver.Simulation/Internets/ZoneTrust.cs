// What may be believed of each zone: read from the plan by which the zones were signed, not from what they
// say.
using System.Collections.Generic;
using System.Linq;
using Resolver.Testing;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>What a right answer is called.</summary>
internal enum Standing : byte
{
    /// <summary>A chain of trust leads to it: AD.</summary>
    Secure,

    /// <summary>Somewhere the zones prove that nothing is proven: an answer without AD.</summary>
    Insecure,

    /// <summary>It should be proven and is not: SERVFAIL for all but those who check themselves.</summary>
    Error,
}

/// <summary>The standing of data.</summary>
/// <param name="Standing">What it is called when nobody interferes.</param>
/// <param name="IsProvable">
/// True when nobody who cannot sign can have it taken for something else. A zone with too many NSEC3
/// iterations cannot prove what does not exist, DS below it for example; so nothing in it and below is (RFC
/// 9276 §3.2).
/// </param>
internal readonly record struct Trust(Standing Standing, bool IsProvable)
{
    /// <summary>The weaker of both.</summary>
    public Trust And(Trust other) => new(
        Standing > other.Standing ? Standing : other.Standing, IsProvable && other.IsProvable);
}

/// <summary>Knows the standing of all zones.</summary>
internal sealed class ZoneTrust
{
    private readonly Dictionary<DomainName, Trust> _zones = [];
    private readonly SigningPlan _plan;

    public ZoneTrust(IEnumerable<AuthoritativeZone> zones, SigningPlan plan)
    {
        _plan = plan;
        foreach (DomainName zone in zones.Select(static z => z.Origin).OrderBy(static z => z.LabelCount))
        {
            Trust? above = zone.IsRoot ? null : Above(zone);
            _zones[zone] = Judge(plan.StyleOf(zone), above ?? new Trust(Standing.Secure, true));
        }
    }

    /// <summary>The standing of a zone's own data.</summary>
    public Trust Of(DomainName zone) => _zones[zone];

    /// <summary>The standing of what a zone says of a name that has no range of its own.</summary>
    public Trust OfCloserName(AuthoritativeZone zone)
    {
        // RFC 5155 §9.2: an unsigned delegation may be there.
        bool isOptOut = _plan.StyleOf(zone.Origin)?.Nsec3 is { IsOptOut: true };
        return OfDenial(zone).And(new Trust(isOptOut ? Standing.Insecure : Standing.Secure, !isOptOut));
    }

    /// <summary>The standing of a denial that rests on a range of the name itself.</summary>
    public Trust OfDenial(AuthoritativeZone zone) => Of(zone.Origin).And(
        new Trust(IsTooOften(_plan.StyleOf(zone.Origin)) ? Standing.Insecure : Standing.Secure, true));

    private static Trust Judge(ZoneSigning? style, Trust above)
    {
        Standing own = style is null ? Standing.Insecure : style.Delegation switch
        {
            DelegationForm.None or DelegationForm.UnknownAlgorithm or DelegationForm.UnknownDigest =>
                Standing.Insecure,
            DelegationForm.Wrong => Standing.Error,
            DelegationForm.Plain or DelegationForm.Sha384 or DelegationForm.WithSha1
                or DelegationForm.BesideUnknown or _ =>
                style.Period == SignaturePeriod.Expired ? Standing.Error : Standing.Secure,
        };

        // What is above decides first: below an insecure zone nothing is looked at.
        Standing standing = above.Standing == Standing.Secure ? own : above.Standing;
        bool isProvable = standing != Standing.Insecure && above.IsProvable && !IsTooOften(style);
        return new Trust(standing, isProvable);
    }

    private static bool IsTooOften(ZoneSigning? style) => style?.Nsec3?.Iterations > StyleDraw.MostIterations;

    private Trust Above(DomainName zone)
    {
        DomainName at = zone;
        do
        {
            at = at.Parent;
        }
        while (!_zones.ContainsKey(at));
        return _zones[at];
    }
}
