// Draws how a zone is signed.
using System.Collections.Generic;
using Resolver.Dnssec;
using Resolver.Testing;

namespace Resolver.Simulation;

/// <summary>Draws styles of signing.</summary>
internal sealed class StyleDraw(SeededRandom random)
{
    /// <summary>NSEC3 iterations above which nothing is proven by it (RFC 9276 §3.2).</summary>
    public static readonly int MostIterations = new DnssecPolicy().MaxNsec3Iterations;

    private static readonly DelegationForm[] Delegations =
    [
        DelegationForm.Sha384, DelegationForm.WithSha1, DelegationForm.BesideUnknown, DelegationForm.None,
        DelegationForm.UnknownAlgorithm, DelegationForm.UnknownDigest,
    ];

    private static readonly KeyRoll[] Rolls =
    [
        KeyRoll.PrePublished, KeyRoll.DoubleSigned, KeyRoll.DoubleDS, KeyRoll.Revoked,
        KeyRoll.WithUnknownAlgorithm,
    ];

    /// <summary>The next style: the root's is always good, and only leaves are ever broken.</summary>
    public ZoneSigning Next(bool isRoot, bool isLeaf)
    {
        ZoneSigning style = new()
        {
            Algorithm = DrawAlgorithm(),
            HasTwoKeys = random.Chance(0.4),
            Roll = random.Chance(0.5) ? KeyRoll.None : Rolls[random.NextBelow(Rolls.Length)],
            Nsec3 = random.Chance(0.4) ? null : DrawNsec3(isRoot),
        };
        if (isRoot)
        {
            return style;
        }

        if (isLeaf && random.Chance(0.1))
        {
            return random.Chance(0.5)
                ? style with { Delegation = DelegationForm.Wrong, Roll = KeyRoll.None }
                : style with { Period = SignaturePeriod.Expired };
        }

        return random.Chance(0.5)
            ? style
            : style with { Delegation = Delegations[random.NextBelow(Delegations.Length)] };
    }

    /// <summary>What of a style is worth counting.</summary>
    public static IEnumerable<string> TraitsOf(ZoneSigning style)
    {
        yield return $"{style.Algorithm}";
        yield return style.HasTwoKeys ? "KSK and ZSK" : "one key";
        if (style.Roll != KeyRoll.None)
        {
            yield return $"keys {style.Roll}";
        }

        yield return $"DS {style.Delegation}";
        if (style.Period == SignaturePeriod.Expired)
        {
            yield return "zone expired";
        }

        if (style.Nsec3 is not { } nsec3)
        {
            yield return "NSEC";
            yield break;
        }

        yield return "NSEC3";
        if (nsec3.IsOptOut)
        {
            yield return "NSEC3 opt-out";
        }

        if (nsec3.Salt.Length > 0)
        {
            yield return "NSEC3 salt";
        }

        if (nsec3.Iterations > 0)
        {
            yield return nsec3.Iterations > MostIterations
                ? "NSEC3 iterations above the limit"
                : "NSEC3 iterations";
        }
    }

    // Those that are slow to check are drawn seldom.
    private DnssecAlgorithm DrawAlgorithm() => random.NextBelow(20) switch
    {
        < 4 => DnssecAlgorithm.EcdsaP256,
        < 7 => DnssecAlgorithm.RsaSha256,
        < 8 => DnssecAlgorithm.RsaSha512,
        < 9 => random.Chance(0.5) ? DnssecAlgorithm.EcdsaP384 : DnssecAlgorithm.Ed448,
        _ => DnssecAlgorithm.Ed25519,
    };

    // RFC 9276 §3.1: no iterations, no salt; not everybody has heard of it.
    private Nsec3Settings DrawNsec3(bool isRoot)
    {
        byte[] salt = new byte[random.Chance(0.6) ? 0 : 1 + random.NextBelow(8)];
        random.Fill(salt);
        int iterations = random.NextBelow(10) switch
        {
            < 7 => 0,
            7 => 1 + random.NextBelow(10),
            8 => 1,
            _ => isRoot ? 0 : MostIterations + 1 + random.NextBelow(random.Chance(0.8) ? 100 : 450),
        };
        return new Nsec3Settings(salt, iterations, random.Chance(0.4));
    }
}
