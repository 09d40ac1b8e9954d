// Before a walk: whether ranges that were proven for other names deny this one too (RFC 8198 §5.1-5.2), or
// show that a wildcard stands for it (§5.3, WildcardAnswer). The ranges are gathered by order and judged as
// the proofs of any denial are, so nothing holds here that would not hold in a reply. A name is never denied
// by a range of opt-out (§5.2), nor from a zone that is not its own: below a delegation or a DNAME a range
// says nothing (RFC 6840 §4.1).
using System.Collections.Generic;
using Resolver.Dnssec;
using Resolver.Wire;
using Evidence = Resolver.Dnssec.DenialEvidence;

namespace Resolver.Engine;

/// <summary>Makes denials and wildcard answers for one loop.</summary>
internal sealed class RangeDenial(EngineOptions options, LoopParts parts)
{
    private readonly WildcardAnswer _wildcards = new(parts);

    /// <summary>The denial of a question, or a wildcard's answer; null when neither is proven.</summary>
    public LinkOutcome? Find(Question question, Asker asker)
    {
        DenialRanges ranges = parts.Caches.Ranges;
        if (!IsFor(question, asker)
            || !ranges.TryFindZone(question.Name, out DomainName zone, out CachedRange any)
            || IsElsewhere(question, zone))
        {
            return null;
        }

        // A walk that may follow has the other half of the hashes for its proofs.
        CryptoBudget budget = asker.Budget.Crypto;
        int half = budget.HashUnitsLeft / 2;
        budget.HashUnitsLeft = half;
        long now = parts.Loop.Time.GetTimestamp();
        List<CachedRange> found = any.IsHashed
            ? GatherHashed(question.Name, any, ref budget, now)
            : Gather(question.Name, zone, now);
        LinkOutcome? made = (found.Count == 0 ? null : Judge(question, found, ref budget, now))
            ?? _wildcards.Find(question, any, ref budget, now);
        asker.Budget.Crypto.HashUnitsLeft -= half - budget.HashUnitsLeft;
        return made;
    }

    // The chain of trust looks for proofs of its own, and who takes data unchecked wants the servers' word.
    private bool IsFor(Question question, Asker asker) =>
        options.Validates && options.UsesRanges && !asker.TakesUnchecked && asker.ChainDepth == 0
        && !question.Type.IsMeta && question.Type != RRType.DS;

    // A configured zone below, or a negative anchor: then other servers, or nobody's signatures, count.
    private bool IsElsewhere(Question question, DomainName zone) =>
        (parts.Local.Rules.Zones.Find(question) is { } configured
            && configured.Apex.Wire.Length > zone.Wire.Length)
        || (!parts.Trust.Negative.IsEmpty
            && parts.Trust.Negative.TryFind(
                question.Name, parts.Loop.Time.GetUtcNow().ToUnixTimeSeconds(), out _));

    private List<CachedRange> Gather(DomainName name, DomainName zone, long now)
    {
        List<CachedRange> found = [];
        if (parts.Caches.Ranges.Find(zone, name.Wire, now) is not { } own
            || !NsecRange.TryRead(own.Set, zone.Wire, out NsecRange range))
        {
            return found;
        }

        found.Add(own);
        if (!range.Matches(name.Wire) && range.Covers(name.Wire))
        {
            System.Span<byte> wildcard = stackalloc byte[NameOctets.MaxLength + 2];
            wildcard = wildcard[..WildcardName.Write(name.Wire, range.EncloserLabelsOf(name.Wire), wildcard)];
            AddOther(found, parts.Caches.Ranges.Find(zone, wildcard, now));
        }

        return found;
    }

    // The range of the closest encloser, the one that covers the name below it, and the one about the
    // wildcard (RFC 5155 §8.3, §8.4); of a name that exists its own.
    private List<CachedRange> GatherHashed(
        DomainName name, CachedRange any, ref CryptoBudget budget, long now)
    {
        List<CachedRange> found = [];
        KnownHashes known = new(parts.Caches.Ranges, any, now, options.Limits.MaxNsec3Iterations);
        ClosestEncloser encloser = ClosestEncloser.Find(known, name.Wire, ref budget.HashUnitsLeft);
        if (encloser.Outcome != ProofOutcome.Proven)
        {
            return found;
        }

        AddOther(found, known.At(encloser.Match.Owner));
        if (!encloser.IsNameItself)
        {
            AddOther(found, known.At(encloser.Cover.Owner));
            AddOther(found, FindWildcard(name.Suffix(encloser.Labels), known, ref budget));
        }

        return found;
    }

    private static CachedRange? FindWildcard(DomainName encloser, KnownHashes known, ref CryptoBudget budget)
    {
        System.Span<byte> wildcard = stackalloc byte[NameOctets.MaxLength + 2];
        wildcard = wildcard[..WildcardName.Write(encloser.Wire, encloser.LabelCount, wildcard)];
        return wildcard.Length <= NameOctets.MaxLength
            && Nsec3Hash.TryHash(wildcard, known.Parameters, ref budget.HashUnitsLeft, out NameHash hash)
                ? known.At(hash)
                : null;
    }

    private static void AddOther(List<CachedRange> found, CachedRange? range)
    {
        if (range is not null && !found.Contains(range))
        {
            found.Add(range);
        }
    }

    private LinkOutcome? Judge(
        Question question, List<CachedRange> found, ref CryptoBudget budget, long now)
    {
        RRset[] sets = new RRset[found.Count];
        RRset soa = found.Find(static r => r.MayDeny)?.Soa ?? default;
        uint ttl = soa.IsEmpty ? 0 : uint.MaxValue;
        for (int i = 0; i < sets.Length; i++)
        {
            sets[i] = found[i].Set;
            ttl = System.Math.Min(ttl, found[i].RemainingTtl(now));
        }

        Evidence evidence = Evidence.Collect(found[0].Zone.Wire, sets, parts.Trust.Library.Policy);
        LinkEnd? end = ttl == 0 ? null
            : Denial.OfName(evidence, question.Name, ref budget) == ProofOutcome.Proven ? LinkEnd.NameError
            : Denial.OfType(evidence, new DeniedType(question.Name, question.Type), ref budget)
                == ProofOutcome.Proven ? LinkEnd.NoData
            : null;
        return end is null ? null : new LinkOutcome
        {
            End = end.Value,
            LastName = question.Name,
            Denial = parts.Caches.Denials.Synthesize(
                end == LinkEnd.NameError ? DenialKind.NameError : DenialKind.NoData,
                new DenialEvidence(soa, sets, SecurityStatus.Secure),
                ttl,
                now),
            Error = new ExtendedError(
                ExtendedErrorCode.Synthesized, $"from what is proven of {found[0].Zone}"),
        };
    }
}
