// Step 10, zones: whether a zone is secure, and with which keys (RFC 4035 §5.2), and whether unsigned data
// may be unsigned (RFC 4035 §5.2, RFC 6840 §4.3). Pure: what it does not know it wants, by Wanted, and is
// asked again when that has come. Each look-up that it wants is itself validated by whoever makes it.
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>What one validation has learned of zones.</summary>
internal sealed class ChainOfTrust(ChainRoom room)
{
    private readonly Dictionary<(DomainName Name, RRType Type), LinkOutcome> _facts = [];

    /// <summary>The look-up without which nothing more can be said.</summary>
    public (DomainName Name, RRType Type)? Wanted { get; private set; }

    /// <summary>Takes in what a look-up brought.</summary>
    public void Accept(DomainName name, RRType type, LinkOutcome fact)
    {
        _facts[(name, type)] = fact;
        Wanted = null;
    }

    /// <summary>The status of the zone that a signature names, with its keys; null: see Wanted.</summary>
    public Finding? OfZone(DomainName zone)
    {
        if (TryFindPolicy(zone, out Finding exempt, out DomainName? anchor))
        {
            return exempt;
        }

        if (anchor == zone || room.FindKeys(zone) is not null)
        {
            return FindKeys(zone);
        }

        if (Find(zone, RRType.DS) is not { } ds)
        {
            return null;
        }

        ZoneCut cut = ZoneCut.Of(zone, ds, room.Policy);
        return cut.Kind switch
        {
            ZoneCutKind.Signed => FindKeys(zone),
            ZoneCutKind.Insecure or ZoneCutKind.Broken => cut.Finding,
            ZoneCutKind.None => Finding.NoZone(zone),
            ZoneCutKind.Unknown => OfUnreachable(zone, cut.Finding),
            _ => throw new InvalidOperationException("no such cut"),
        };
    }

    /// <summary>
    /// Whether data at a name may be without a signature: insecure when the zone that it is in provably is,
    /// secure when it should be signed; null: see Wanted. Goes down from the anchor, by the cuts that are
    /// known and then label by label: a zone below may share its servers with the one above, and no referral
    /// is ever seen.
    /// </summary>
    public Finding? OfUnsigned(DomainName name)
    {
        if (TryFindPolicy(name, out Finding exempt, out DomainName? anchor))
        {
            return exempt;
        }

        DomainName zone = anchor.Value;
        int depth = zone.LabelCount;
        foreach (DomainName at in room.FindCuts(name))
        {
            if (at.LabelCount > depth)
            {
                if (!TryPass(at, out ZoneCut cut))
                {
                    return cut.Kind == ZoneCutKind.Unknown && Wanted is not null ? null : cut.Finding;
                }

                zone = cut.Kind == ZoneCutKind.Signed ? at : zone;
                depth = zone.LabelCount;
            }
        }

        int labels = name.LabelCount;
        for (int probes = 0; depth < labels; probes++)
        {
            if (probes == room.Limits.MaxCutProbes)
            {
                return Finding.Broken(ExtendedErrorCode.RrsigsMissing, "limit max-cut-probes met");
            }

            DomainName at = name.Suffix(++depth);
            if (!TryPass(at, out ZoneCut cut))
            {
                return cut.Kind == ZoneCutKind.Unknown && Wanted is not null ? null : cut.Finding;
            }

            zone = cut.Kind == ZoneCutKind.Signed ? at : zone;
            if (cut.NothingBelow)
            {
                break;
            }
        }

        return Finding.Secure with { Zone = zone };
    }

    /// <summary>
    /// As OfUnsigned, for what a question brought. Where it should be signed, the zone's keys are asked for
    /// too: keys that a DS promises and nobody has are the cause, missing signatures what follows from it
    /// (RFC 8914 §4.10).
    /// </summary>
    public Finding? OfUnsigned(DomainName name, Question question)
    {
        Finding? found = OfUnsigned(name);
        if (found?.Zone is not { } zone)
        {
            return found;
        }

        if (question.Type == RRType.Dnskey && question.Name == zone)
        {
            return Finding.Bogus(
                ExtendedErrorCode.DnskeyMissing, $"{zone} has a DS or an anchor, and no DNSKEY set");
        }

        return FindKeys(zone) is not { } keys ? null : keys.Status == SecurityStatus.Bogus ? keys : found;
    }

    /// <summary>
    /// The DS set by which the keys of a zone are to be judged: an anchor's, or the parent's. Kind Unknown
    /// with Wanted set: not known yet.
    /// </summary>
    public ZoneCut FindSigners(DomainName zone, out RRset signers)
    {
        signers = default;
        if (TryFindPolicy(zone, out Finding exempt, out DomainName? anchor))
        {
            return new ZoneCut(ZoneCutKind.Insecure, exempt);
        }

        if (anchor == zone)
        {
            // Whoever gives an anchor wants proof: one that cannot be checked lets nothing through.
            signers = room.FindAnchor(zone);
            return new ZoneCut(ZoneCutKind.Signed, Finding.Secure);
        }

        if (Find(zone, RRType.DS) is not { } ds)
        {
            return default;
        }

        ZoneCut cut = ZoneCut.Of(zone, ds, room.Policy);
        if (cut.Kind == ZoneCutKind.Unknown)
        {
            return OfUnsigned(zone.Parent) is { } above && above.Status != SecurityStatus.Secure
                ? new ZoneCut(above.Status == SecurityStatus.Bogus ? ZoneCutKind.Broken
                    : ZoneCutKind.Insecure, above)
                : cut;
        }

        signers = cut.Kind == ZoneCutKind.Signed ? ds.Sets[^1].Set : default;
        return cut;
    }

    /// <summary>
    /// The zone above which nobody may vouch for data at a name; null when nothing covers it.
    /// </summary>
    public DomainName? FindTop(DomainName name) =>
        room.FindAnchor(name) is { IsEmpty: false } anchor ? anchor.OwnerName : null;

    // True when the name's zone is secure, or belongs to the one above; false when the end is found, or when
    // something is wanted.
    private bool TryPass(DomainName name, out ZoneCut cut)
    {
        cut = Find(name, RRType.DS) is { } ds ? ZoneCut.Of(name, ds, room.Policy) : default;
        return cut.Kind is ZoneCutKind.Signed or ZoneCutKind.None;
    }

    private bool TryFindPolicy(
        DomainName name,
        out Finding exempt,
        [NotNullWhen(false)] out DomainName? anchor)
    {
        anchor = FindTop(name);
        exempt = Finding.Indeterminate;
        if (room.FindNegativeAnchor(name) is { } negative
            && (anchor is null || negative.IsSubdomainOf(anchor.Value)))
        {
            // What was learned under it ends with it (RFC 7646 §2).
            exempt = Finding.Insecure(new ExtendedError(
                ExtendedErrorCode.NegativeTrustAnchor, $"negative trust anchor at {negative}")) with
            {
                MaxTtl = room.TimeLeftOf(negative),
            };
            return true;
        }

        return anchor is null;
    }

    // Without a word on DS the zone above may still be insecure, and then nothing depends on it.
    private Finding? OfUnreachable(DomainName zone, Finding otherwise) => OfUnsigned(zone.Parent) switch
    {
        null => null,
        { Status: SecurityStatus.Secure } => otherwise,
        var above => above,
    };

    private Finding? FindKeys(DomainName zone)
    {
        if (room.FindKeys(zone) is { } known)
        {
            return Finding.Secure with { Keys = known };
        }

        if (Find(zone, RRType.Dnskey) is not { } fact)
        {
            return null;
        }

        return fact.End == LinkEnd.Answer && fact.Security == SecurityStatus.Secure
            && fact.Sets[^1].Entry?.Attestation?.Keys is { } keys
            ? Finding.Secure with { Keys = keys }
            : fact.IsBogus ? new Finding(SecurityStatus.Bogus, fact.Error) { IsOfChain = true }
            : fact.End == LinkEnd.Failure ? Finding.Broken(
                ExtendedErrorCode.DnskeyMissing,
                $"the DNSKEY set of {zone} cannot be had: {fact.Error?.Text}")
            : fact.Security is SecurityStatus.Insecure or SecurityStatus.Indeterminate
                ? new Finding(fact.Security, fact.Error)
            : Finding.Broken(ExtendedErrorCode.DnskeyMissing, $"{zone} has no DNSKEY set");
    }

    private LinkOutcome? Find(DomainName name, RRType type)
    {
        if (_facts.TryGetValue((name, type), out LinkOutcome? fact))
        {
            return fact;
        }

        Wanted = (name, type);
        return null;
    }
}
