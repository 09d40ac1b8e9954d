// Whatever part of a zone's denying records is at hand, nothing that exists is denied; with all of them
// everything that does not exist is. Names and choices are random; a failure prints the seed.
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Resolver.Wire;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class DenialPropertyTests
{
    private static readonly string[] Labels =
    [
        "a", "b", "c", "d", "e", "w", "x", "y", "z", "q", "*", "ent", "sub", "ns1", "ns2", "xx", "ai", "srv",
        "many", "alias", "0", "zz",
    ];

    private static readonly Gen<string> Names =
        Gen.Int[1, 4].SelectMany(n => Gen.Int[0, Labels.Length - 1].Array[n]).Select(
            static parts => string.Join('.', parts.Select(static i => Labels[i])) + ".example.");

    [Theory]
    [InlineData("p256")]
    [InlineData("ldns-nsec")]
    [InlineData("p256-nsec3")]
    [InlineData("ldns-nsec3")]
    [InlineData("p256-optout")]
    public void Only_what_does_not_exist_is_denied(string name)
    {
        SignedZone zone = SignedZone.Load(name);
        ZoneTruth truth = new(zone);
        RRset[] records = [.. zone.Sets.Where(s => s.Type == RRType.Nsec || s.Type == RRType.Nsec3)];
        Gen.Select(Names, Gen.ULong).Sample(
            (text, choice) =>
            {
                DomainName denied = DomainName.Parse(text);
                DenialEvidence all = DenialEvidence.Collect(zone.Origin.Wire, records, new DnssecPolicy());
                RRset[] some = [.. records.Where((_, i) => ((choice >> i) & 1) != 0)];
                DenialEvidence part = DenialEvidence.Collect(zone.Origin.Wire, some, new DnssecPolicy());
                return truth.Judge(all, denied, isComplete: true)
                    && truth.Judge(part, denied, isComplete: false);
            },
            iter: 2000);
    }

    // What a zone's own data say of a name: RFC 4592 §3.3.1.
    private sealed class ZoneTruth
    {
        private readonly HashSet<DomainName> _names = [];
        private readonly HashSet<(DomainName Name, RRType Type)> _types = [];
        private readonly HashSet<DomainName> _cuts = [];
        private readonly DomainName _origin;

        public ZoneTruth(SignedZone zone)
        {
            _origin = zone.Origin;
            foreach (RRset set in zone.Sets.Where(s => s.Type != RRType.Nsec && s.Type != RRType.Nsec3))
            {
                _types.Add((set.OwnerName, set.Type));
                for (DomainName at = set.OwnerName; at != zone.Origin; at = at.Parent)
                {
                    _names.Add(at);
                }

                if ((set.Type == RRType.NS && set.OwnerName != zone.Origin) || set.Type == RRType.Dname)
                {
                    _cuts.Add(set.OwnerName);
                }
            }

            _names.Add(zone.Origin);
        }

        public bool Judge(DenialEvidence evidence, DomainName name, bool isComplete)
        {
            CryptoBudget budget = new() { HashUnitsLeft = 1000 };
            bool isDenied = IsProof(Denial.OfName(evidence, name, ref budget));
            bool isNoType = IsProof(Denial.OfType(evidence, new DeniedType(name, RRType.Loc), ref budget));

            // By opt-out every covered name may be an unsigned delegation: insecure, and no proof.
            bool hasNoMail =
                Denial.OfType(evidence, new DeniedType(name, RRType.MX), ref budget) == ProofOutcome.Proven;
            if (evidence.IsEmpty)
            {
                return !isDenied && !isNoType && !hasNoMail;
            }

            if (IsBelowCut(name))
            {
                // Somebody else answers there; an opt-out range says nothing but "insecure".
                return !isDenied || evidence.Nsec3.Length > 0;
            }

            DomainName source = SourceOf(name);
            bool exists = _names.Contains(source);
            bool isFalse = (isDenied && exists && !IsHidden(evidence, source))
                || (hasNoMail && _types.Contains((source, RRType.MX)));
            bool isLost = isComplete && !isDenied && !exists;
            bool isTypeLost = isComplete && exists && !isNoType && !_cuts.Contains(source)
                && !_types.Contains((source, RRType.Cname));
            return !isFalse && !isLost && !isTypeLost;
        }

        // By opt-out an unsigned delegation is denied, as insecure.
        private bool IsHidden(DenialEvidence evidence, DomainName name) =>
            evidence.Nsec3.Length > 0 && evidence.Nsec3[0].IsOptOut && _cuts.Contains(name);

        private static bool IsProof(ProofOutcome outcome) =>
            outcome is ProofOutcome.Proven or ProofOutcome.InsecureOptOut;

        private bool IsBelowCut(DomainName name)
        {
            for (DomainName at = name; at != _origin; at = at.Parent)
            {
                if (_cuts.Contains(at.Parent))
                {
                    return true;
                }
            }

            return false;
        }

        private DomainName SourceOf(DomainName name)
        {
            DomainName encloser = name;
            while (!_names.Contains(encloser))
            {
                encloser = encloser.Parent;
            }

            return encloser == name
                ? name
                : DomainName.FromValidWire([1, (byte)'*', .. encloser.Wire]);
        }
    }
}
