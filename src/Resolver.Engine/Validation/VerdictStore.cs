// Step 11 after step 10: the verdicts go into the caches in the place of what they judge, so that nothing is
// judged twice. Bogus data is kept for a short while, for those who take it unchecked and so that its servers
// are not asked over and over (RFC 4035 §4.7).
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Settles outcomes. One per loop over the shared caches.</summary>
internal sealed class VerdictStore(ResolverCaches caches, ResolverLimits limits)
{
    /// <summary>Stores what was found of an outcome's parts; returns how it ends.</summary>
    public ValidationEnd Settle(
        Question question, LinkOutcome content, Validation validation, in Finding found, long now)
    {
        AnswerSet[] sets = new AnswerSet[content.Sets.Length];
        for (int i = 0; i < sets.Length; i++)
        {
            sets[i] = Settle(content.Sets[i], validation, i, now);
        }

        CachedDenial? denial = content.Denial is { } denied
            ? Settle(question, content.LastName, denied, validation.Denial!, now)
            : null;
        if (found.Status == SecurityStatus.Bogus)
        {
            return new ValidationEnd(ValidationEndKind.Bogus, new LinkOutcome
            {
                End = LinkEnd.Failure,
                Error = found.Error,
                IsBogus = true,
            })
            {
                IsOfData = !found.IsOfChain,
            };
        }

        return new ValidationEnd(ValidationEndKind.Settled, new LinkOutcome
        {
            End = content.End,
            Sets = sets,
            LastName = content.LastName,
            Denial = denial,
            Error = found.Error,
        });
    }

    private AnswerSet Settle(AnswerSet set, Validation validation, int index, long now)
    {
        Finding found = validation.Sets[index].Found!.Value;
        if (set.Entry is not { Security: SecurityStatus.Unchecked } entry)
        {
            return set;
        }

        bool isSecure = found.Status == SecurityStatus.Secure;
        RRset[] proofs = isSecure ? validation.ProofsOf(index) : entry.Attestation?.Proofs ?? [];
        bool hasKeys = isSecure && found.Keys is not null && set.Set.Type == RRType.Dnskey;
        Attestation? attestation = proofs.Length > 0 || found.Error is not null || hasKeys
            ? new Attestation(proofs, found.Error) { Keys = hasKeys ? found.Keys : null }
            : null;
        CachedRRset settled =
            caches.RRsets.Settle(entry, new Judgement(found.Status, MaxTtl(found), attestation), now);
        if (isSecure && proofs.Length > 0 && validation.Sets[index].Check.IsWildcardExpanded)
        {
            KeepWildcard(settled, validation, index, now);
        }

        return new AnswerSet(set.Set, settled);
    }

    // RFC 8198 §5.3: what proved that the wildcard was the closest may prove it of other names too.
    private void KeepWildcard(CachedRRset settled, Validation validation, int index, long now)
    {
        caches.RRsets.StoreWildcard(settled, validation.Sets[index].Check.EncloserLabels, now);
        foreach ((DomainName zone, ProvenRange range) in validation.RangesOf(index))
        {
            caches.Ranges.Store(zone, range, settled.StoredAt, now);
        }
    }

    private CachedDenial Settle(
        Question question, DomainName name, CachedDenial denial, DenialValidation judged, long now)
    {
        if (denial.Security != SecurityStatus.Unchecked)
        {
            return denial;
        }

        Finding found = judged.Found!.Value;
        foreach ((DomainName zone, ProvenRange range) in judged.Ranges)
        {
            caches.Ranges.Store(zone, range, denial.StoredAt, now);
        }

        return caches.Denials.Settle(
            new DenialSubject(name.Wire, question.Type, denial.Kind),
            denial,
            new DenialJudgement(
                new Judgement(found.Status, MaxTtl(found), new Attestation(judged.Proofs, found.Error)),
                judged.Cut),
            now);
    }

    private uint MaxTtl(in Finding found) => found.Status == SecurityStatus.Bogus
        ? (uint)(limits.MaxBogusTtlMilliseconds / 1000)
        : found.MaxTtl;
}
