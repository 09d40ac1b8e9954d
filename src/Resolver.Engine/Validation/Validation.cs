// Step 10: whether what a walk has found may be believed. RFC 4035 §5, RFC 6840, RFC 5155 §8. A pure core as
// Iteration is: Next gives a step, Accept takes in what came of it; each Next judges anew from what is known,
// and stops at the first thing that is not.
//   each set:   signed by a zone at or above it?  OfZone: its keys, or insecure   Check, then a wildcard's proof
//               by none?                          OfUnsigned: insecure, or bogus, by want of keys first
//   a DNSKEY:   by a key that a DS or an anchor names                              FindSigners, Check
//   a denial:   its SOA and proofs as sets, then what they prove                   DenialValidation
// The weakest of these is the finding.
using System.Collections.Generic;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The pure core of validating one outcome.</summary>
internal sealed class Validation
{
    private readonly Question _question;
    private readonly ChainRoom _room;
    private readonly ChainOfTrust _chain;
    private readonly Subject[] _sets;
    private readonly Subject[][] _wildcardProofs;
    private readonly DenialValidation? _denial;
    private List<SubjectCheck>? _due;

    public Validation(Question question, LinkOutcome content, ChainRoom room)
    {
        _question = question;
        _room = room;
        _chain = new ChainOfTrust(room);
        _sets = new Subject[content.Sets.Length];
        _wildcardProofs = new Subject[_sets.Length][];
        for (int i = 0; i < _sets.Length; i++)
        {
            AnswerSet set = content.Sets[i];
            _sets[i] = new Subject(set.Set) { Found = Settled(set.Entry) };
            RRset[] proofs = set.Entry?.Attestation?.Proofs ?? [];
            _wildcardProofs[i] = System.Array.ConvertAll(proofs, static p => new Subject(p));
        }

        if (content.Denial is { } denial)
        {
            _denial = new DenialValidation(question, content.LastName, denial, _chain, room);
        }
    }

    /// <summary>The sets in the order of the outcome, each with what was found of it.</summary>
    public IReadOnlyList<Subject> Sets => _sets;

    /// <summary>The denial; null when there is none.</summary>
    public DenialValidation? Denial => _denial;

    /// <summary>What to do now; hashes of proofs are paid from the budget.</summary>
    public ValidationStep Next(WorkBudget budget)
    {
        _due = null;
        Finding found = Finding.Secure;
        for (int i = 0; i < _sets.Length; i++)
        {
            if ((_sets[i].Found ??= Judge(i, budget)) is not { } finding)
            {
                return Pending();
            }

            found = Weaker(found, finding);
        }

        if (_denial is not null)
        {
            if (_denial.Judge(budget, out _due) is not { } denied)
            {
                return Pending();
            }

            found = Weaker(found, denied);
        }

        return new ValidationStep { Kind = ValidationStepKind.Done, Found = found };
    }

    /// <summary>Takes in a look-up of DS or DNSKEY.</summary>
    public void Accept((DomainName Name, RRType Type) needed, LinkOutcome fact) =>
        _chain.Accept(needed.Name, needed.Type, fact);

    /// <summary>The proofs of a set made from a wildcard that held.</summary>
    public RRset[] ProofsOf(int set) =>
        System.Array.ConvertAll(
            System.Array.FindAll(_wildcardProofs[set], static p => p.Check.IsValid), static p => p.Set);

    /// <summary>
    /// Of a set found to be made from a wildcard: the ranges that proved it, which may serve other names.
    /// </summary>
    public IEnumerable<(DomainName Zone, ProvenRange Range)> RangesOf(int set)
    {
        foreach (Subject proof in _wildcardProofs[set])
        {
            if (proof.Check.IsValid && !proof.Check.IsWildcardExpanded
                && proof.CheckedBy == _sets[set].CheckedBy)
            {
                yield return (
                    proof.CheckedBy!.Value, new ProvenRange(proof.Set, default, proof.Check.MaxTtl));
            }
        }
    }

    private static Finding Weaker(in Finding one, in Finding other) =>
        SecurityOrder.Weaker(one.Status, other.Status) != one.Status ? other
        : one.Status == other.Status && one.Error is null ? other
        : one;

    private static Finding? Settled(CachedRRset? entry) => entry is null ? Finding.Insecure()
        : entry.Security is SecurityStatus.Unchecked ? null
        : entry.Security is SecurityStatus.Bogus
            ? Finding.Bogus(ExtendedErrorCode.DnssecBogus, "found bogus before")
            : new Finding(entry.Security, entry.Attestation?.Note);

    private ValidationStep Pending() => _due is { } checks
        ? new ValidationStep { Kind = ValidationStepKind.Check, Checks = checks }
        : new ValidationStep { Kind = ValidationStepKind.Need, Needed = _chain.Wanted!.Value };

    private Finding? Judge(int index, WorkBudget budget)
    {
        Subject subject = _sets[index];
        if (subject.Set.Type == RRType.Dnskey)
        {
            ZoneCut cut = _chain.FindSigners(subject.Owner, out RRset signers);
            if (cut.Kind != ZoneCutKind.None)
            {
                return cut.Kind == ZoneCutKind.Unknown && _chain.Wanted is not null ? null
                    : cut.Kind == ZoneCutKind.Signed ? JudgeKeys(subject, signers)
                    : cut.Finding;
            }
        }

        // Signatures themselves are not signed (RFC 4035 §2.2): they can be shown, not vouched for.
        if (subject.Set.Type == RRType.Rrsig)
        {
            return Finding.Indeterminate;
        }

        Finding? failed = null;
        List<DomainName> signed = subject.FindSigners(_chain.FindTop(subject.Place));
        for (int i = 0; i < signed.Count && i < _room.Limits.MaxSignersTried; i++)
        {
            if (IsOwnWord(signed[i]))
            {
                continue;
            }

            if (_chain.OfZone(signed[i]) is not { } zone)
            {
                return null;
            }

            if (zone.Status == SecurityStatus.Secure)
            {
                return JudgeSigned(index, zone.Keys!, budget);
            }

            if (zone.Status != SecurityStatus.Bogus)
            {
                return zone;
            }

            failed ??= zone.IsNoZone ? null : zone;
        }

        return failed ?? JudgeUnsigned(subject);
    }

    // Without keys a zone cannot vouch for what stands in their place, as an alias might; nor for what stands
    // in the place of its DS, of which its parent alone speaks (RFC 4035 §3.1.4.1).
    private bool IsOwnWord(DomainName signer) => signer == _question.Name
        && (_question.Type == RRType.Dnskey || (_question.Type == RRType.DS && !signer.IsRoot));

    private Finding? JudgeUnsigned(Subject subject)
    {
        // What stands in the place of a DS is the parent's word too: asking for the DS first would be a circle.
        bool isForSigner = _question.Type == RRType.DS && subject.Owner == _question.Name;
        DomainName place = isForSigner ? subject.Owner.Parent : subject.Place;
        if (_chain.OfUnsigned(place, _question) is not { } zone)
        {
            return null;
        }

        return zone.Status != SecurityStatus.Secure ? zone : Finding.Bogus(
            ExtendedErrorCode.RrsigsMissing,
            $"no signature over {Describe(subject)}, and its zone is signed");
    }

    private Finding? JudgeKeys(Subject subject, RRset signers)
    {
        if (subject.CheckedBy is null)
        {
            ZoneKeys keys = new(subject.Set, _room.Trust.Library.Importer, _room.Policy);
            _due = [new SubjectCheck(subject, keys, signers)];
            KeysMade = keys;
            return null;
        }

        if (subject.Check.IsValid)
        {
            return Finding.Secure with { Keys = KeysMade, MaxTtl = subject.Check.MaxTtl };
        }

        string text = subject.Check.Verdict == SignatureVerdict.KeyMissing
            ? $"no key of {subject.Owner} is the one that its DS or anchor names"
            : $"the keys of {subject.Owner}: {Describe(subject.Check.Verdict)}";
        return Finding.Bogus(VerdictError.Of(subject.Check.Verdict), text);
    }

    /// <summary>The keys made of a DNSKEY set under judgement.</summary>
    public ZoneKeys? KeysMade { get; private set; }

    private Finding? JudgeSigned(int index, ZoneKeys keys, WorkBudget budget)
    {
        Subject subject = _sets[index];
        DomainName zone = DomainName.FromValidWire(keys.Zone);
        if (subject.CheckedBy != zone)
        {
            _due = [new SubjectCheck(subject, keys, default)];
            return null;
        }

        if (!subject.Check.IsValid)
        {
            return Fail(subject);
        }

        Finding good = Finding.Secure with { MaxTtl = subject.Check.MaxTtl };
        return subject.Check.IsWildcardExpanded ? JudgeWildcard(index, keys, good, budget) : good;
    }

    private Finding? JudgeWildcard(int index, ZoneKeys keys, Finding good, WorkBudget budget)
    {
        Subject subject = _sets[index];
        ProofAim aim =
            new(DomainName.FromValidWire(keys.Zone), subject.Owner, subject.Check.EncloserLabels);
        _wildcardProofs[index] =
            RelevantProofs.Choose(_wildcardProofs[index], aim, _room, ref budget.Crypto);
        if (SubjectCheck.Collect(_wildcardProofs[index], keys) is { } due)
        {
            _due = due;
            return null;
        }

        ProofOutcome outcome = ProofSet.Of(_wildcardProofs[index], keys, _room.Policy) is { } proofs
            ? Dnssec.Denial.OfCloserName(
                proofs, subject.Owner, subject.Check.EncloserLabels, ref budget.Crypto)
            : ProofOutcome.NotProven;
        return ProofSet.Judge(outcome, good, $"{Describe(subject)} comes from a wildcard without proof");
    }

    /// <summary>The finding of a set whose signatures are not good.</summary>
    internal static Finding Fail(Subject subject) => Finding.Bogus(
        VerdictError.Of(subject.Check.Verdict), $"{Describe(subject)}: {Describe(subject.Check.Verdict)}");

    private static string Describe(Subject subject) => $"{subject.Owner} {subject.Set.Type}";

    private static string Describe(SignatureVerdict verdict) => verdict switch
    {
        SignatureVerdict.Missing => "no signature",
        SignatureVerdict.Malformed => "malformed signature",
        SignatureVerdict.UnsupportedAlgorithm => "no signature of a supported algorithm",
        SignatureVerdict.SignerMismatch => "signed by another zone",
        SignatureVerdict.OwnerOutsideZone => "owner outside the signing zone",
        SignatureVerdict.LabelsAboveOwner => "signature with more labels than the owner",
        SignatureVerdict.LabelsBelowSigner => "signature of a wildcard above the zone",
        SignatureVerdict.KeyMissing => "no key with the signature's tag and algorithm",
        SignatureVerdict.NotZoneKey => "the key is no zone key",
        SignatureVerdict.KeyRevoked => "the key is revoked",
        SignatureVerdict.KeyUnusable => "the key cannot be used",
        SignatureVerdict.ExpiredBeforeValid => "signature expires before it begins",
        SignatureVerdict.NotYetValid => "signature not yet valid",
        SignatureVerdict.Expired => "signature expired",
        SignatureVerdict.CryptoFailed => "the signature does not match",
        SignatureVerdict.BudgetSpent => "too many signatures (limit max-signature-checks and its kin)",
        SignatureVerdict.Valid => "good",
        _ => "unknown",
    };
}
