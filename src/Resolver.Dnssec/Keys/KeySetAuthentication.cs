// Whether a zone's DNSKEY RRset is the one that its parent or an anchor vouches for: some DS names a key of
// the set, and that key signed the set. RFC 4035 §5.2, RFC 6840 §5.11 (any one path is enough).
using System;
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>What authenticating a DNSKEY RRset comes to.</summary>
/// <param name="Verdict">
/// Valid; else why not: KeyMissing when no DS names a key of the set.
/// </param>
/// <param name="Keys">The keys, ready for use, when the verdict is Valid.</param>
internal readonly record struct KeySetResult(SignatureVerdict Verdict, ZoneKeys? Keys)
{
    /// <summary>Most seconds that the set may live.</summary>
    public uint MaxTtl { get; init; }

    /// <summary>Tag of the key that a DS named and that signed.</summary>
    public ushort KeyTag { get; init; }

    /// <summary>Number of that key's algorithm.</summary>
    public byte Algorithm { get; init; }
}

/// <summary>Authenticates DNSKEY RRsets.</summary>
internal static class KeySetAuthentication
{
    /// <summary>
    /// Authenticates the DNSKEY RRset with the validated DS RRset of the same owner. Ask
    /// <see cref="DelegationSigners.Judge"/> first: a set without usable DS is insecure, not bogus.
    /// </summary>
    public static KeySetResult Authenticate(
        RRset ds, ZoneKeys keys, in SignatureTerms terms, ref CryptoBudget budget)
    {
        if (!NameOctets.EqualsIgnoreCase(ds.Owner, keys.Zone))
        {
            return new KeySetResult(SignatureVerdict.SignerMismatch, null);
        }

        List<ZoneKey> entries = [];
        SignatureVerdict matched = Match(ds, keys, terms.Policy, entries);
        if (entries.Count == 0)
        {
            return new KeySetResult(matched, null);
        }

        SignatureResult result = RRsetAuthentication.Authenticate(
            keys.Set, keys.Only(entries), terms, ref budget);
        return result.IsValid
            ? new KeySetResult(SignatureVerdict.Valid, keys)
            {
                MaxTtl = result.MaxTtl,
                KeyTag = result.KeyTag,
                Algorithm = result.Algorithm,
            }
            : new KeySetResult(result.Verdict, null);
    }

    // The keys that a DS names and that may sign; when there is none, what stood against the best.
    private static SignatureVerdict Match(RRset ds, ZoneKeys keys, DnssecPolicy policy, List<ZoneKey> entries)
    {
        SignatureVerdict verdict = SignatureVerdict.KeyMissing;
        int left = policy.MaxDelegationSigners;
        foreach (ReadOnlySpan<byte> record in ds.Records)
        {
            if (!DelegationSigners.Counts(ds, record, policy))
            {
                continue;
            }

            if (left-- == 0)
            {
                return SignatureVerdict.BudgetSpent;
            }

            int tries = policy.MaxKeysPerTag;
            foreach (ZoneKey key in keys.Keys)
            {
                if (!DelegationSigner.Names(record, key) || entries.Contains(key))
                {
                    continue;
                }

                if (tries-- == 0)
                {
                    break;
                }

                if (DelegationSigner.Compare(record, keys.Zone, key.Rdata) != DelegationSignerMatch.Match)
                {
                    continue;
                }

                SignatureVerdict found = Judge(key);
                verdict = found > verdict ? found : verdict;
                if (found == SignatureVerdict.Valid)
                {
                    entries.Add(key);
                }
            }
        }

        return verdict;
    }

    private static SignatureVerdict Judge(ZoneKey key) =>
        !key.IsZoneKey ? SignatureVerdict.NotZoneKey
        : key.IsRevoked ? SignatureVerdict.KeyRevoked
        : key.FormProblem != KeyProblem.None ? SignatureVerdict.KeyUnusable
        : SignatureVerdict.Valid;
}
