// From the engine's outcome to the public form: octets become typed records, expiry becomes TTL.
using System;
using System.Collections.Generic;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>Makes <see cref="Resolution"/>s.</summary>
internal static class ResolutionFormer
{
    /// <summary>The public form of an outcome at <paramref name="now"/>.</summary>
    public static Resolution Form(ResolutionOutcome outcome, QueryOptions options, Trace? trace, long now)
    {
        List<ResourceRecord> answer = [];
        foreach (AnswerSet set in outcome.Answer)
        {
            Append(answer, set.Set, set.RemainingTtl(now), options.DnssecOk);
        }

        // RFC 4035 §3.1.3.3: an answer made from a wildcard goes with the proof that nothing closer exists.
        List<ResourceRecord> authority = [];
        foreach ((RRset proof, uint ttl) in options.DnssecOk ? WildcardProofs.Of(outcome, now) : [])
        {
            Append(authority, proof, ttl, true);
        }

        if (outcome.Denial is { } denial)
        {
            uint ttl = outcome.DenialTtl(now);
            if (!denial.Soa.IsEmpty)
            {
                Append(authority, denial.Soa, ttl, options.DnssecOk);
            }

            foreach (RRset proof in options.DnssecOk ? denial.Proofs : default)
            {
                if (!WildcardProofs.Has(outcome, proof))
                {
                    Append(authority, proof, ttl, true);
                }
            }
        }

        return new Resolution
        {
            Rcode = outcome.Rcode,
            Answer = answer,
            Authority = authority,
            Security = outcome.Security,
            ExtendedError = outcome.Error,
            Trace = trace,
        };
    }

    private static void Append(List<ResourceRecord> records, RRset set, uint ttl, bool withSignatures)
    {
        DomainName owner = set.OwnerName;
        foreach (ReadOnlySpan<byte> rdata in set.Records)
        {
            records.Add(ResourceRecord.Create(new RecordFields(
                owner, set.Type, set.Class, ttl, rdata.ToArray())));
        }

        if (withSignatures)
        {
            foreach (ReadOnlySpan<byte> rdata in set.Signatures)
            {
                records.Add(ResourceRecord.Create(new RecordFields(
                    owner, RRType.Rrsig, set.Class, ttl, rdata.ToArray())));
            }
        }
    }
}
