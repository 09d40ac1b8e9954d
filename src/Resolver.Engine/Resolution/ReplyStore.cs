// Step 11: what of a classified reply goes into which cache, and the outcome that the walk hands to its
// waiters.
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Stores the content of replies. One per loop over the shared caches.</summary>
internal sealed class ReplyStore
{
    private readonly ResolverCaches _caches;
    private readonly LocalSources _local;
    private readonly StandIn _standIn;

    public ReplyStore(ResolverCaches caches, LocalSources local, StandIn standIn)
    {
        _caches = caches;
        _local = local;
        _standIn = standIn;
    }

    // Step 11: Store
    /// <summary>
    /// Remembers that a question failed, or forgets that it did. A failure met on what was left of some other
    /// question's budget says nothing of this one.
    /// </summary>
    public void KeepEnd(Question question, LinkOutcome outcome, bool beganWithFullBudget)
    {
        if (outcome.End != LinkEnd.Failure)
        {
            _caches.Failures.Forget(question.Name.Wire, question.Type);
        }
        else if (!outcome.IsBudgetSpent && beganWithFullBudget)
        {
            _standIn.Remember(question, outcome);
        }
    }

    /// <summary>
    /// Stores what the reply brings. Returns the outcome for <paramref name="question"/> when the reply holds
    /// one: null for referrals and errors.
    /// </summary>
    public LinkOutcome? Keep(Question question, in AskedQuestion asked, ClassifiedReply reply, long now)
    {
        switch (reply.Kind)
        {
            case ReplyKind.Answer or ReplyKind.Alias:
                return KeepAnswer(question, asked, reply, now);
            case ReplyKind.NoData or ReplyKind.NameError:
                return KeepDenial(asked, reply, now);
            case ReplyKind.Referral:
                reply.Referral = _caches.Delegations.Store(reply.Referral!, now);
                KeepCut(reply, now);
                return null;
            case ReplyKind.Truncated or ReplyKind.NotUnderstood or ReplyKind.ServerFailure or ReplyKind.Refused
                or ReplyKind.Lame or ReplyKind.Recursive or ReplyKind.Malformed or ReplyKind.OtherError:
                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(reply));
        }
    }

    // The DS of a referral, or the proof that there is none, is the parent's word on the child's security:
    // kept until the chain of trust needs it, unless something that was validated is there.
    private void KeepCut(ClassifiedReply reply, long now)
    {
        DomainName cut = reply.Referral!.Zone;
        if (!reply.DelegationSigner.IsEmpty)
        {
            if (!_caches.RRsets.TryGet(cut.Wire, RRType.DS, now, out CachedRRset? held)
                || held.Security == SecurityStatus.Unchecked)
            {
                _ = _caches.RRsets.Store(
                    reply.DelegationSigner, DataRank.AuthorityAuth, SecurityStatus.Unchecked, now);
            }
        }
        else if (reply.Proofs.Count > 0
            && (!_caches.Denials.TryGetCut(cut.Wire, now, out CachedDenial? denied)
                || denied.Security == SecurityStatus.Unchecked))
        {
            _ = _caches.Denials.Store(
                new DenialSubject(cut.Wire, RRType.DS, DenialKind.NoData),
                new DenialEvidence(default, [.. reply.Proofs], SecurityStatus.Unchecked)
                {
                    IsOfReferral = true,
                },
                now);
        }
    }

    private LinkOutcome KeepAnswer(Question question, in AskedQuestion asked, ClassifiedReply reply, long now)
    {
        AnswerSet[] sets = new AnswerSet[reply.Answer.Count];
        bool isPart = !asked.IsWhole(question);
        DomainName name = asked.Name;
        for (int i = 0; i < sets.Length; i++)
        {
            sets[i] = KeepSet(reply, i, now);
            RRset kept = sets[i].Set;

            // An alias that is held may be more to be believed, and lead elsewhere: then it is the one to be
            // followed, and the rest of the reply is about another name. Where a DNAME leads nowhere, because
            // the name would be too long, the chain has ended.
            bool isAlias = i < sets.Length - 1 || reply.Kind == ReplyKind.Alias;
            DomainName target = default;
            bool isTooLong = isAlias && kept.Type == RRType.Dname
                && !DnameRewrite.TryApply(name, kept, out target);
            if (isTooLong
                || (isAlias && !NameOctets.EqualsIgnoreCase(kept.First, reply.Answer[i].First)))
            {
                return isPart && (i == 0 || sets[0].Set.Type == RRType.Dname)
                    ? Led(question, sets[..1])
                    : Led(question.For(name), sets[..(i + 1)]);
            }

            name = isAlias && kept.Type == RRType.Cname ? DomainName.FromValidWire(kept.First)
                : isAlias && kept.Type == RRType.Dname ? target
                : name;
        }

        // A DNAME above the name rewrites the whole of it, even when a part was sent (RFC 9156 §2.1); what
        // else came was for the part.
        if (sets[0].Set.Type == RRType.Dname
            && (isPart || (sets.Length == 1 && reply.Kind == ReplyKind.Alias)))
        {
            return Led(question, [sets[0]]);
        }

        if (reply.Referral is { } root)
        {
            _ = _caches.Delegations.Store(root, now);
        }

        CachedDenial? denial = reply.DenialBehindAliases is { } kind
            ? StoreDenial(reply.LastName, asked.Type, kind, reply, now)
            : null;
        return new LinkOutcome
        {
            End = reply.Kind == ReplyKind.Answer ? LinkEnd.Answer
                : reply.DenialBehindAliases is null ? LinkEnd.Alias
                : EndOf(reply.DenialBehindAliases.Value),
            Sets = sets,
            LastName = reply.LastName,
            Denial = denial,
        };
    }

    private AnswerSet KeepSet(ClassifiedReply reply, int index, long now)
    {
        // RFC 2181 §5.4.1: behind the first alias an authoritative answer speaks with less authority.
        DataRank rank = reply.IsAuthoritative && index == 0 ? DataRank.AnswerAuth : DataRank.AnswerNonAuth;
        CachedRRset kept =
            _caches.RRsets.StoreUnchecked(reply.Answer[index], rank, ProofsFor(reply, index), now);
        if (kept.Set.Type == RRType.Dname)
        {
            _local.ExpectDnames();
        }

        return new AnswerSet(kept.Set, kept);
    }

    // A set made from a wildcard holds only with the proof that nothing closer exists (RFC 4035 §3.1.3.3).
    private static Attestation? ProofsFor(ClassifiedReply reply, int set) =>
        reply.Proofs.Count > 0 && WildcardExpansion.Shows(reply.Answer[set])
            ? new Attestation([.. reply.Proofs], null)
            : null;

    // The last of the sets is an alias of the link's name: what lies behind it, unless it is the answer.
    private static LinkOutcome Led(Question link, AnswerSet[] sets)
    {
        RRset alias = sets[^1].Set;
        DomainName target = link.Name;
        LinkEnd end = alias.Type == RRType.Cname ? LinkEnd.Alias
            : DnameRewrite.EndOf(link, alias, out target);
        return new LinkOutcome
        {
            End = end,
            Sets = sets,
            LastName = alias.Type == RRType.Cname ? DomainName.FromValidWire(alias.First)
                : end == LinkEnd.NameTooLong ? link.Name
                : target,
        };
    }

    private LinkOutcome KeepDenial(in AskedQuestion asked, ClassifiedReply reply, long now) => new()
    {
        End = EndOf(reply.Kind),
        LastName = asked.Name,
        Denial = StoreDenial(asked.Name, asked.Type, reply.Kind, reply, now),
    };

    private static LinkEnd EndOf(ReplyKind kind) =>
        kind == ReplyKind.NameError ? LinkEnd.NameError : LinkEnd.NoData;

    private CachedDenial StoreDenial(
        DomainName name, RRType type, ReplyKind kind, ClassifiedReply reply, long now) =>
        _caches.Denials.Store(
            new DenialSubject(
                name.Wire, type, kind == ReplyKind.NameError ? DenialKind.NameError : DenialKind.NoData),
            new DenialEvidence(reply.Soa, [.. reply.Proofs], SecurityStatus.Unchecked),
            now);
}
