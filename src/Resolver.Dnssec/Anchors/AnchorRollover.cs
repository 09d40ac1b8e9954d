// Following the keys of an anchored zone: the state machine of RFC 5011 §4, as a pure function from one
// state and one observation to the next. Only DNSKEY RRsets that were found good by the anchors in force are
// observed; a revocation counts only with the revoked key's own signature (§2.1).
using System;
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>The machine of roll-overs.</summary>
internal sealed class AnchorRollover(IKeyImporter importer, DnssecPolicy policy)
{
    /// <summary>A key is trusted after it was shown so long (RFC 5011 §2.4.1).</summary>
    public const long AddHoldDown = 30 * Day;

    /// <summary>A revoked key is forgotten after it was gone so long (RFC 5011 §2.4.2).</summary>
    public const long RemoveHoldDown = 30 * Day;

    private const long Hour = 3_600;
    private const long Day = 86_400;

    // Keys kept of one zone: the root has shown four at most.
    private const int MaxKeys = 32;
    private const byte RevokeFlag = 0x80;
    private const byte EntryFlag = 0x01;

    /// <summary>The state after a DNSKEY RRset was found good.</summary>
    public TrustPoint Observe(TrustPoint point, in AnchorObservation observation)
    {
        List<AnchorKey> keys = [];
        foreach (AnchorKey key in point.Keys)
        {
            if (Follow(key, observation) is { } followed)
            {
                keys.Add(followed);
            }
        }

        foreach (ReadOnlySpan<byte> rdata in observation.Keys.Records)
        {
            if (keys.Count < MaxKeys && IsEntry(rdata) && !Holds(keys, rdata))
            {
                keys.Add(Begin(point.Zone, rdata, observation));
            }
        }

        return point with
        {
            Keys = [.. keys],
            LastSuccess = observation.Now,
            NextQuery = observation.Now + QueryInterval(observation.Keys, observation.Now),
        };
    }

    /// <summary>The state after the keys could not be had or were not good (RFC 5011 §2.3).</summary>
    public static TrustPoint Fail(TrustPoint point, RRset last, long now) =>
        point with { NextQuery = now + RetryInterval(last, now) };

    /// <summary>
    /// Seconds until the keys are asked for again: half of what they live or are signed for, an hour to 15
    /// days (RFC 5011 §2.3).
    /// </summary>
    public static long QueryInterval(RRset keys, long now) =>
        Math.Clamp(Shortest(keys, now) / 2, Hour, 15 * Day);

    /// <summary>Seconds until the next try: a tenth, an hour to one day (RFC 5011 §2.3).</summary>
    public static long RetryInterval(RRset keys, long now) =>
        keys.IsEmpty ? Hour : Math.Clamp(Shortest(keys, now) / 10, Hour, Day);

    // The table of RFC 5011 §4.1, a row for each state; null forgets the key.
    private AnchorKey? Follow(AnchorKey key, in AnchorObservation observation)
    {
        bool isShown = TryFind(observation.Keys, key, out ReadOnlySpan<byte> shown);
        bool isRevoked = isShown && (shown[1] & RevokeFlag) != 0 && IsSelfSigned(observation.Keys, shown);
        bool isPresent = isShown && (shown[1] & RevokeFlag) == 0;
        long now = observation.Now;
        return key.State switch
        {
            AnchorState.AddPending => !isPresent ? null
                : now >= key.TrustedFrom ? new AnchorKey(key.Rdata, AnchorState.Valid, now)
                : key,
            AnchorState.Valid => isRevoked ? key with { State = AnchorState.Revoked, Since = now }
                : isPresent ? key
                : key with { State = AnchorState.Missing, Since = now },
            AnchorState.Missing => isRevoked ? key with { State = AnchorState.Revoked, Since = now }
                : isPresent ? key with { State = AnchorState.Valid, Since = now }
                : key,
            AnchorState.Revoked => isShown ? key with { Since = now }
                : now - key.Since >= RemoveHoldDown ? key with { State = AnchorState.Removed, Since = now }
                : key,
            AnchorState.Removed => key,
            _ => key,
        };
    }

    private static AnchorKey Begin(
        DomainName zone, ReadOnlySpan<byte> rdata, in AnchorObservation observation)
    {
        byte[] copy = rdata.ToArray();
        foreach (ReadOnlyMemory<byte> signer in observation.Configured)
        {
            if (DelegationSigner.Compare(signer.Span, zone.Wire, rdata) == DelegationSignerMatch.Match)
            {
                return new AnchorKey(copy, AnchorState.Valid, observation.Now);
            }
        }

        // RFC 5011 §2.4.1: 30 days, or as long as the first set that showed it lives, whichever is longer.
        return new AnchorKey(copy, AnchorState.AddPending, observation.Now)
        {
            TrustedFrom = observation.Now + Math.Max(AddHoldDown, observation.Keys.Ttl),
        };
    }

    // RFC 5011 §2.1: the set must be signed by the very key that says it is revoked.
    private bool IsSelfSigned(RRset keys, ReadOnlySpan<byte> revoked)
    {
        ZoneKey key = new(revoked, importer, policy);
        int left = policy.MaxSignaturesPerRRset;
        foreach (ReadOnlySpan<byte> rrsig in keys.Signatures)
        {
            if (!SignatureFields.TryRead(rrsig, out SignatureFields signature)
                || signature.KeyTag != key.Tag || signature.Algorithm != key.Algorithm
                || signature.TypeCovered != RRType.Dnskey
                || !NameOctets.EqualsIgnoreCase(signature.Signer, keys.Owner) || left-- == 0)
            {
                continue;
            }

            using SignedOctets signed = SignedOctets.Build(keys, signature);
            if (SignatureCheck.VerifyWith(key, signed, signature) == SignatureVerdict.Valid)
            {
                return true;
            }
        }

        return false;
    }

    // Only keys that are meant as anchors and can be used (RFC 5011 §2.4.1 with RFC 4034 §2.1.1).
    private bool IsEntry(ReadOnlySpan<byte> rdata)
    {
        if (rdata.Length <= 4 || (rdata[1] & EntryFlag) == 0 || (rdata[1] & RevokeFlag) != 0)
        {
            return false;
        }

        ZoneKey key = new(rdata, importer, policy);
        return key.IsZoneKey && key.FormProblem == KeyProblem.None;
    }

    private static bool Holds(List<AnchorKey> keys, ReadOnlySpan<byte> rdata)
    {
        foreach (AnchorKey key in keys)
        {
            if (key.IsSameKey(rdata))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryFind(RRset keys, AnchorKey key, out ReadOnlySpan<byte> shown)
    {
        foreach (ReadOnlySpan<byte> rdata in keys.Records)
        {
            if (rdata.Length > 4 && key.IsSameKey(rdata))
            {
                shown = rdata;
                return true;
            }
        }

        shown = default;
        return false;
    }

    // What the set lives as signed, and what is left of its signatures, whichever is shorter.
    private static long Shortest(RRset keys, long now)
    {
        long shortest = long.MaxValue;
        foreach (ReadOnlySpan<byte> rrsig in keys.Signatures)
        {
            if (SignatureFields.TryRead(rrsig, out SignatureFields signature))
            {
                long left = unchecked((int)(signature.Expiration - (uint)now));
                shortest = Math.Min(shortest, Math.Min(signature.OriginalTtl, left));
            }
        }

        return shortest == long.MaxValue ? keys.Ttl : shortest;
    }
}
