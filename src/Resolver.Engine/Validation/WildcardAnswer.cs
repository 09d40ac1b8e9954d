// Before a walk: whether a wildcard whose source is known and secure answers a question (RFC 8198 §5.3). Two
// things have to be shown of the name: that the wildcard's zone is its own, and, by a range of that zone
// without opt-out, that nothing closer to the name exists than what the wildcard hangs on (RFC 4035 §5.3.4,
// RFC 5155 §8.8). A name that exists, or has names below it, is in no range; nor is one below a delegation.
using Resolver.Dnssec;
using Resolver.Wire;
using Evidence = Resolver.Dnssec.DenialEvidence;

namespace Resolver.Engine;

/// <summary>Makes wildcard answers for one loop.</summary>
internal sealed class WildcardAnswer(LoopParts parts)
{
    /// <summary>
    /// The answer to a question in a zone whose ranges are known, of which one is given; null for none.
    /// </summary>
    public LinkOutcome? Find(Question question, CachedRange any, ref CryptoBudget budget, long now)
    {
        if (!parts.Caches.RRsets.KnowsWildcards || !WildcardSource.MayServeOthers(question.Type)
            || FindSource(question, any.Zone, now) is not { } source
            || !DenialSigner.IsOf(source.Set, any.Zone.Wire))
        {
            return null;
        }

        int encloserLabels = source.Set.OwnerName.LabelCount - 1;
        CachedRange? range = any.IsHashed
            ? FindHashed(question.Name.Suffix(encloserLabels + 1), any, ref budget, now)
            : parts.Caches.Ranges.Find(any.Zone, question.Name.Wire, now);
        if (range is null)
        {
            return null;
        }

        Evidence evidence =
            Evidence.Collect(any.Zone.Wire, new RRset[] { range.Set }, parts.Trust.Library.Policy);
        uint ttl = System.Math.Min(source.RemainingTtl(now), range.RemainingTtl(now));
        return ttl > 0
            && Denial.OfCloserName(evidence, question.Name, encloserLabels, ref budget) == ProofOutcome.Proven
                ? Make(question, source, (range.Set, ttl), now)
                : null;
    }

    // From the name upwards, the first wildcard of which the type, or an alias, is known: were there a closer
    // one, no range would cover the name up to the farther one.
    private CachedRRset? FindSource(Question question, DomainName zone, long now)
    {
        System.Span<byte> buffer = stackalloc byte[NameOctets.MaxLength + 2];
        for (DomainName at = question.Name; at.Wire.Length > zone.Wire.Length;)
        {
            at = at.Parent;
            int length = WildcardName.Write(at.Wire, at.LabelCount, buffer);
            if (length <= NameOctets.MaxLength
                && (TryGet(buffer[..length], question.Type, now)
                    ?? TryGet(buffer[..length], RRType.Cname, now)) is { } source)
            {
                return source;
            }
        }

        return null;
    }

    private CachedRRset? TryGet(System.ReadOnlySpan<byte> wildcard, RRType type, long now) =>
        parts.Caches.RRsets.TryGet(wildcard, type, now, out CachedRRset? held)
        && held.Security == SecurityStatus.Secure ? held : null;

    private CachedRange? FindHashed(
        DomainName closer, CachedRange any, ref CryptoBudget budget, long now) =>
        Nsec3Range.TryRead(any.Set, any.Zone.Wire, out Nsec3Range like)
        && like.Parameters.Iterations <= parts.Trust.Library.Policy.MaxNsec3Iterations
        && Nsec3Hash.TryHash(closer.Wire, like.Parameters, ref budget.HashUnitsLeft, out NameHash hash)
            ? parts.Caches.Ranges.Find(any.Zone, hash, now)
            : null;

    private LinkOutcome Make(
        Question question, CachedRRset source, (RRset Range, uint Ttl) proof, long now)
    {
        RRset set = WildcardSource.Rename(source.Set, question.Name.Wire);
        CachedRRset entry = parts.Caches.RRsets.Expand(set, [proof.Range], proof.Ttl, now);
        bool isAlias = set.Type == RRType.Cname && question.Type != RRType.Cname;
        return new LinkOutcome
        {
            End = isAlias ? LinkEnd.Alias : LinkEnd.Answer,
            Sets = [new AnswerSet(set, entry)],
            LastName = isAlias ? DomainName.FromValidWire(set.First) : question.Name,
            Error = new ExtendedError(
                ExtendedErrorCode.Synthesized, $"from the wildcard {source.Set.OwnerName}"),
        };
    }
}
