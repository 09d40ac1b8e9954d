// Step 10, denials: whether a name or a type provably does not exist. RFC 4035 §5.4, RFC 5155 §8, RFC 6840
// §4. The SOA and the proofs are verified as sets of one zone; what they prove is computed by
// Resolver.Dnssec.
using System;
using System.Collections.Generic;
using Resolver.Dnssec;
using Resolver.Wire;
using Evidence = Resolver.Dnssec.DenialEvidence;

namespace Resolver.Engine;

/// <summary>The part of a validation that is about a denial.</summary>
internal sealed class DenialValidation
{
    private readonly Question _question;
    private readonly DomainName _name;
    private readonly CachedDenial _denial;
    private readonly ChainOfTrust _chain;
    private readonly ChainRoom _room;
    private readonly Subject? _soa;
    private Subject[] _proofs;

    public DenialValidation(
        Question question, DomainName name, CachedDenial denial, ChainOfTrust chain, ChainRoom room)
    {
        _question = question;
        _name = name;
        _denial = denial;
        _chain = chain;
        _room = room;
        _soa = denial.Soa.IsEmpty ? null : new Subject(denial.Soa);
        _proofs = new Subject[denial.Proofs.Length];
        for (int i = 0; i < _proofs.Length; i++)
        {
            _proofs[i] = new Subject(denial.Proofs[i]);
        }

        if (denial.Security is not (SecurityStatus.Unchecked or SecurityStatus.Bogus))
        {
            Found = new Finding(denial.Security, denial.Note);
            Cut = denial.Cut;
        }
    }

    /// <summary>What was found; null before.</summary>
    public Finding? Found { get; private set; }

    /// <summary>Of a DS that does not exist: whether there is a zone cut.</summary>
    public CutKind Cut { get; private set; }

    /// <summary>The proofs that held.</summary>
    public RRset[] Proofs
    {
        get
        {
            // Of an insecure zone nothing was checked: what came is kept.
            Subject[] kept = Found is { Status: SecurityStatus.Secure }
                ? Array.FindAll(_proofs, static p => p.Check.IsValid)
                : _proofs;
            return Array.ConvertAll(kept, static p => p.Set);
        }
    }

    /// <summary>
    /// Of a denial found secure by its zone's keys: the ranges that may serve other names, and their zone.
    /// </summary>
    public IEnumerable<(DomainName Zone, ProvenRange Range)> Ranges
    {
        get
        {
            if (Found is not { Status: SecurityStatus.Secure } || _soa is not { Check.IsValid: true } soa)
            {
                yield break;
            }

            foreach (Subject proof in _proofs)
            {
                // What was made from a wildcard, or judged by another zone's keys, says nothing of a range.
                if (proof.Check.IsValid && !proof.Check.IsWildcardExpanded
                    && proof.CheckedBy == soa.CheckedBy)
                {
                    uint ttl = Math.Min(proof.Check.MaxTtl, soa.Check.MaxTtl);
                    yield return (proof.CheckedBy!.Value, new ProvenRange(proof.Set, soa.Set, ttl));
                }
            }
        }
    }

    private bool IsOfSigner => _question.Type == RRType.DS && !_name.IsRoot;

    private DomainName Place => IsOfSigner ? _name.Parent : _name;

    /// <summary>The finding; null when the chain wants something, or checks are due.</summary>
    public Finding? Judge(WorkBudget budget, out List<SubjectCheck>? due)
    {
        due = null;
        return Found ??= JudgeParts(budget, ref due);
    }

    private Finding? JudgeParts(WorkBudget budget, ref List<SubjectCheck>? due)
    {
        // Without keys a zone cannot vouch for that it has none.
        bool isOfKeys = _question.Type == RRType.Dnskey;
        if (FindSigner() is { } signer && !(isOfKeys && signer == _name))
        {
            if (_chain.OfZone(signer) is not { } zone)
            {
                return null;
            }

            if (zone.Status == SecurityStatus.Secure)
            {
                return JudgeSigned(zone.Keys!, budget, ref due);
            }

            if (!zone.IsNoZone)
            {
                return zone;
            }
        }

        return _chain.OfUnsigned(Place, _question) is not { } unsigned ? null
            : unsigned.Status != SecurityStatus.Secure ? unsigned
            : Finding.Bogus(
                _proofs.Length == 0 ? ExtendedErrorCode.NsecMissing : ExtendedErrorCode.RrsigsMissing,
                $"the denial of {_name} {_question.Type} is not signed, and its zone is");
    }

    // The deepest zone that signed a part of the denial and may speak of the name.
    private DomainName? FindSigner()
    {
        DomainName? top = _chain.FindTop(Place);
        DomainName? deepest = null;
        foreach (Subject part in _soa is null ? _proofs : [_soa, .. _proofs])
        {
            foreach (DomainName signer in part.FindSigners(top))
            {
                if (Place.IsSubdomainOf(signer)
                    && (deepest is not { } known || signer.Wire.Length > known.Wire.Length))
                {
                    deepest = signer;
                }
            }
        }

        return deepest;
    }

    private Finding? JudgeSigned(ZoneKeys keys, WorkBudget budget, ref List<SubjectCheck>? due)
    {
        ProofAim aim = new(DomainName.FromValidWire(keys.Zone), _name);
        _proofs = RelevantProofs.Choose(_proofs, aim, _room, ref budget.Crypto);
        Subject[] parts = _soa is null ? _proofs : [_soa, .. _proofs];
        due = SubjectCheck.Collect(parts, keys);
        if (due is not null)
        {
            return null;
        }

        if (_soa is not null && !_soa.Check.IsValid)
        {
            return Validation.Fail(_soa);
        }

        Finding good = Finding.Secure;
        foreach (Subject part in parts)
        {
            good = part.Check.IsValid && part.Check.MaxTtl < good.MaxTtl
                ? good with { MaxTtl = part.Check.MaxTtl }
                : good;
        }

        Finding found = Prove(keys, good, budget);
        Subject? broken = Array.Find(_proofs, static p => !p.Check.IsValid);
        return found.Status == SecurityStatus.Bogus && broken is not null ? Validation.Fail(broken) : found;
    }

    private Finding Prove(ZoneKeys keys, Finding good, WorkBudget budget)
    {
        string otherwise = $"nothing proves that {_name} {_question.Type} does not exist";
        if (ProofSet.Of(_proofs, keys, _room.Policy) is not { } proofs)
        {
            return Finding.Bogus(ExtendedErrorCode.NsecMissing, otherwise);
        }

        if (_denial.Kind == DenialKind.NameError)
        {
            return ProofSet.Judge(Denial.OfName(proofs, _name, ref budget.Crypto), good, otherwise);
        }

        if (IsOfSigner)
        {
            return ProveNoSigner(proofs, good, budget)
                ?? Finding.Bogus(ExtendedErrorCode.NsecMissing, otherwise);
        }

        ProofOutcome outcome = Denial.OfType(
            proofs, new DeniedType(_name, _question.Type), ref budget.Crypto);
        return ProofSet.Judge(outcome, good, otherwise);
    }

    private Finding? ProveNoSigner(Evidence proofs, Finding good, WorkBudget budget)
    {
        switch (Denial.OfDelegationSigner(proofs, _name, ref budget.Crypto))
        {
            case DelegationProof.InsecureDelegation:
                Cut = CutKind.Insecure;
                return good;
            case DelegationProof.NoCut:
                Cut = CutKind.None;
                return good;
            case DelegationProof.InsecureOptOut:
                Cut = CutKind.Insecure;
                return good with { Status = SecurityStatus.Insecure };
            case DelegationProof.InsecureIterations:
                Cut = CutKind.Insecure;
                return ProofSet.Iterations(good);
            case DelegationProof.BudgetSpent:
                return ProofSet.Judge(ProofOutcome.BudgetSpent, good, "");
            case DelegationProof.NoName:
                // The server says that the name exists: by a wildcard, else nothing is proven.
                Cut = CutKind.None;
                ProofOutcome outcome = Denial.OfType(
                    proofs, new DeniedType(_name, RRType.DS), ref budget.Crypto);
                return outcome == ProofOutcome.NotProven ? null : ProofSet.Judge(outcome, good, "");
            case DelegationProof.NotProven:
                return null;
            default:
                throw new InvalidOperationException("no such proof");
        }
    }
}
