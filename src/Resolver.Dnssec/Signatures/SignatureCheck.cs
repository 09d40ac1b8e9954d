// Whether one RRSIG authenticates one RRset with a key of a zone: RFC 4035 §5.3 with RFC 6840 and RFC 5011
// §2.1. What costs nothing is judged first (Screen); only what passes is worth a cryptographic check.
using System;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>Checks one signature.</summary>
internal static class SignatureCheck
{
    /// <summary>
    /// Checks one RRSIG over a set with one key of the zone. The key's zone is the signer that the RRSIG must
    /// name.
    /// </summary>
    public static SignatureResult Check(
        RRset set, ReadOnlySpan<byte> rrsig, in SigningKey signer, in SignatureTerms terms)
    {
        if (!SignatureFields.TryRead(rrsig, out SignatureFields signature))
        {
            return new SignatureResult(SignatureVerdict.Malformed);
        }

        SignatureVerdict verdict = Screen(set, signature, signer.Zone, terms);
        if (verdict == SignatureVerdict.Valid)
        {
            verdict = ScreenKey(signature, signer.Key);
        }

        if (verdict != SignatureVerdict.Valid)
        {
            return new SignatureResult(verdict);
        }

        using SignedOctets signed = SignedOctets.Build(set, signature);
        return Finish(set, signature, VerifyWith(signer.Key, signed, signature), terms);
    }

    /// <summary>
    /// Everything about a signature that needs no key; <see cref="SignatureVerdict.Valid"/> when nothing
    /// speaks against it.
    /// </summary>
    public static SignatureVerdict Screen(
        RRset set, in SignatureFields signature, ReadOnlySpan<byte> zone, in SignatureTerms terms)
    {
        if (signature.TypeCovered != set.Type)
        {
            return SignatureVerdict.Malformed;
        }

        if (!DnssecAlgorithms.IsSupported(signature.Algorithm, terms.Policy))
        {
            return SignatureVerdict.UnsupportedAlgorithm;
        }

        if (!NameOctets.EqualsIgnoreCase(signature.Signer, zone))
        {
            return SignatureVerdict.SignerMismatch;
        }

        if (!NameOctets.IsSubdomainOf(set.Owner, zone))
        {
            return SignatureVerdict.OwnerOutsideZone;
        }

        // RFC 4034 §3.1.3: a wildcard's own label does not count.
        int ownerLabels = CountSignedLabels(set.Owner);
        return signature.Labels > ownerLabels ? SignatureVerdict.LabelsAboveOwner
            : signature.Labels < NameOctets.CountLabels(zone) ? SignatureVerdict.LabelsBelowSigner
            : ScreenTime(signature, terms);
    }

    /// <summary>Labels of an owner as an RRSIG counts them: the root and a first "*" apart.</summary>
    public static int CountSignedLabels(ReadOnlySpan<byte> owner) =>
        NameOctets.CountLabels(owner) - (owner is [1, (byte)'*', ..] ? 1 : 0);

    /// <summary>Whether a key can have made a signature, as far as its fields tell.</summary>
    public static SignatureVerdict ScreenKey(in SignatureFields signature, ZoneKey key) =>
        key.Tag != signature.KeyTag || key.Algorithm != signature.Algorithm ? SignatureVerdict.KeyMissing
        : !key.IsZoneKey ? SignatureVerdict.NotZoneKey

        // RFC 5011 §2.1: a revoked key validates nothing but the DNSKEY set's own announcement of it.
        : key.IsRevoked ? SignatureVerdict.KeyRevoked
        : key.FormProblem != KeyProblem.None ? SignatureVerdict.KeyUnusable
        : SignatureVerdict.Valid;

    /// <summary>The cryptographic check itself.</summary>
    public static SignatureVerdict VerifyWith(
        ZoneKey key, scoped in SignedOctets signed, scoped in SignatureFields signature) =>
        key.GetPublicKey() is not { } usable ? SignatureVerdict.KeyUnusable
        : usable.Verify(signed.Octets, signature.Signature) ? SignatureVerdict.Valid
        : SignatureVerdict.CryptoFailed;

    /// <summary>The result that goes with a verdict.</summary>
    public static SignatureResult Finish(
        RRset set, in SignatureFields signature, SignatureVerdict verdict, in SignatureTerms terms)
    {
        if (verdict != SignatureVerdict.Valid)
        {
            return new SignatureResult(verdict);
        }

        // RFC 4035 §5.3.3: no longer than as signed, and not beyond the end of the signature.
        uint left = SerialTime.IsBefore(signature.Expiration, terms.Now)
            ? 0
            : signature.Expiration - terms.Now;
        bool isExpanded = signature.Labels < CountSignedLabels(set.Owner);
        return new SignatureResult(SignatureVerdict.Valid)
        {
            IsWildcardExpanded = isExpanded,
            EncloserLabels = signature.Labels,
            MaxTtl = Math.Min(Math.Min(set.Ttl, signature.OriginalTtl), left),
            KeyTag = signature.KeyTag,
            Algorithm = signature.Algorithm,
        };
    }

    private static SignatureVerdict ScreenTime(in SignatureFields signature, in SignatureTerms terms) =>
        SerialTime.IsBefore(signature.Expiration, signature.Inception) ? SignatureVerdict.ExpiredBeforeValid
        : SerialTime.IsBefore(terms.Now + terms.Policy.ClockSkew, signature.Inception)
            ? SignatureVerdict.NotYetValid
        : SerialTime.IsBefore(signature.Expiration + terms.Policy.ClockSkew, terms.Now)
            ? SignatureVerdict.Expired
        : SignatureVerdict.Valid;
}
