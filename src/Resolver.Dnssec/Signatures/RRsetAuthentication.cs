// Whether any RRSIG of an RRset proves it with the keys of a zone: RFC 4035 §5.3.3, bounded against KeyTrap
// (CVE-2023-50387): so many signatures per set, so many keys per tag, so many checks and failures per query.
// What fails without a check costs nothing and counts nothing.
using System;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>Checks the signatures of an RRset.</summary>
internal static class RRsetAuthentication
{
    /// <summary>
    /// Checks the set's signatures until one is good; else the verdict that tells most. The keys must have
    /// been authenticated before.
    /// </summary>
    public static SignatureResult Authenticate(
        RRset set, ZoneKeys keys, in SignatureTerms terms, ref CryptoBudget budget)
    {
        SignatureVerdict worst = SignatureVerdict.Missing;
        int triesLeft = terms.Policy.MaxSignaturesPerRRset;
        foreach (ReadOnlySpan<byte> rrsig in set.Signatures)
        {
            if (!SignatureFields.TryRead(rrsig, out SignatureFields signature))
            {
                worst = Worse(worst, SignatureVerdict.Malformed);
                continue;
            }

            SignatureVerdict verdict = SignatureCheck.Screen(set, signature, keys.Zone, terms);
            if (verdict == SignatureVerdict.Valid)
            {
                verdict = ScreenKeys(signature, keys);
            }

            if (verdict == SignatureVerdict.Valid)
            {
                verdict = triesLeft-- > 0
                    ? TryKeys(set, signature, new KeyTries(keys, terms.Policy.MaxKeysPerTag), ref budget)
                    : SignatureVerdict.BudgetSpent;
            }

            if (verdict == SignatureVerdict.Valid)
            {
                return SignatureCheck.Finish(set, signature, verdict, terms);
            }

            worst = Worse(worst, verdict);
        }

        return new SignatureResult(worst);
    }

    // The best that the keys promise: Valid when one of them may have made the signature.
    private static SignatureVerdict ScreenKeys(in SignatureFields signature, ZoneKeys keys)
    {
        SignatureVerdict best = SignatureVerdict.KeyMissing;
        foreach (ZoneKey key in keys.Keys)
        {
            best = Worse(best, SignatureCheck.ScreenKey(signature, key));
        }

        return best;
    }

    private static SignatureVerdict TryKeys(
        RRset set, in SignatureFields signature, KeyTries tries, ref CryptoBudget budget)
    {
        SignatureVerdict worst = SignatureVerdict.KeyMissing;
        int left = tries.Most;
        using SignedOctets signed = SignedOctets.Build(set, signature);
        foreach (ZoneKey key in tries.Keys.Keys)
        {
            if (SignatureCheck.ScreenKey(signature, key) != SignatureVerdict.Valid)
            {
                continue;
            }

            if (left-- == 0 || !budget.MayCheck)
            {
                return SignatureVerdict.BudgetSpent;
            }

            budget.ChecksLeft--;
            SignatureVerdict verdict = SignatureCheck.VerifyWith(key, signed, signature);
            if (verdict == SignatureVerdict.Valid)
            {
                return verdict;
            }

            budget.FailuresLeft--;
            worst = Worse(worst, verdict);
        }

        return worst;
    }

    private static SignatureVerdict Worse(SignatureVerdict left, SignatureVerdict right) =>
        left > right ? left : right;

    private readonly record struct KeyTries(ZoneKeys Keys, int Most);
}
