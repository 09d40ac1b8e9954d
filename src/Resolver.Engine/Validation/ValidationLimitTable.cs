// The rows of LimitTable that bound validation: THREATS of the KeyTrap, NSEC3 and downgrade families.
using System.Collections.Immutable;

namespace Resolver.Engine;

/// <summary>The rows.</summary>
internal static class ValidationLimitTable
{
    public static readonly Limit MaxSignatureChecks = new(
        "max-signature-checks", 32, 4, 1024,
        "Signatures checked for one client query (CVE-2023-50387).");

    public static readonly Limit MaxSignatureFailures = new(
        "max-signature-failures", 8, 1, 1024,
        "Of these, checks that may fail (CVE-2023-50387).");

    public static readonly Limit MaxSignaturesPerRRset = new(
        "max-signatures-per-rrset", 4, 1, 64,
        "Signatures of one RRset that are checked (CVE-2023-50387).");

    public static readonly Limit MaxKeysPerTag = new(
        "max-keys-per-tag", 4, 1, 64,
        "Keys with one tag and algorithm that are tried for one signature (CVE-2023-50387).");

    public static readonly Limit MaxDelegationSigners = new(
        "max-delegation-signers", 8, 1, 64,
        "DS records of one zone that are compared with its keys (CVE-2023-50387).");

    public static readonly Limit MaxNsec3HashUnits = new(
        "max-nsec3-hash-units", 64, 8, 4096,
        "Blocks of SHA-1 hashed for the NSEC3 proofs of one client query (CVE-2023-50868).");

    public static readonly Limit MaxNsec3Iterations = new(
        "max-nsec3-iterations", 50, 0, 150,
        "NSEC3 iterations above which a proof makes insecure (RFC 9276 §3.2).");

    public static readonly Limit MaxInlineSignatureChecks = new(
        "max-inline-signature-checks", 4, 0, 64,
        "Signatures checked on the loop in one turn; more leave it, so that hits never wait for them.");

    public static readonly Limit MaxBogusRetries = new(
        "max-bogus-retries", 2, 0, 8,
        "Other servers asked for data that was bogus: one broken or spoofed server must not kill a name.");

    public static readonly Limit MaxBogusTtlMilliseconds = new(
        "max-bogus-ttl-ms", 60000, 1000, 300000,
        "ms; how long bogus data is kept for those who take it unchecked (RFC 4035 §4.7).");

    public static readonly Limit MaxProofsChecked = new(
        "max-proofs-checked", 8, 4, 64,
        "NSEC or NSEC3 sets of one denial that are checked; of more, those that matter (CVE-2026-1519).");

    public static readonly Limit MaxCutProbes = new(
        "max-cut-probes", 16, 1, 127,
        "Names below the deepest known zone cut asked for DS, to learn whether data may be unsigned.");

    public static readonly Limit MaxSignersTried = new(
        "max-signers-tried", 2, 1, 8,
        "Zones whose keys are looked up for one RRset with signatures of several (a DS look-up for each).");

    public static readonly ImmutableArray<LimitBinding> All =
    [
        new(MaxSignatureChecks,
            static l => l.MaxSignatureChecks, static (l, v) => l with { MaxSignatureChecks = v }),
        new(MaxSignatureFailures,
            static l => l.MaxSignatureFailures, static (l, v) => l with { MaxSignatureFailures = v }),
        new(MaxSignaturesPerRRset,
            static l => l.MaxSignaturesPerRRset, static (l, v) => l with { MaxSignaturesPerRRset = v }),
        new(MaxKeysPerTag,
            static l => l.MaxKeysPerTag, static (l, v) => l with { MaxKeysPerTag = v }),
        new(MaxDelegationSigners,
            static l => l.MaxDelegationSigners, static (l, v) => l with { MaxDelegationSigners = v }),
        new(MaxNsec3HashUnits,
            static l => l.MaxNsec3HashUnits, static (l, v) => l with { MaxNsec3HashUnits = v }),
        new(MaxNsec3Iterations,
            static l => l.MaxNsec3Iterations, static (l, v) => l with { MaxNsec3Iterations = v }),
        new(MaxInlineSignatureChecks,
            static l => l.MaxInlineSignatureChecks, static (l, v) => l with { MaxInlineSignatureChecks = v }),
        new(MaxBogusRetries,
            static l => l.MaxBogusRetries, static (l, v) => l with { MaxBogusRetries = v }),
        new(MaxBogusTtlMilliseconds,
            static l => l.MaxBogusTtlMilliseconds, static (l, v) => l with { MaxBogusTtlMilliseconds = v }),
        new(MaxProofsChecked,
            static l => l.MaxProofsChecked, static (l, v) => l with { MaxProofsChecked = v }),
        new(MaxCutProbes,
            static l => l.MaxCutProbes, static (l, v) => l with { MaxCutProbes = v }),
        new(MaxSignersTried,
            static l => l.MaxSignersTried, static (l, v) => l with { MaxSignersTried = v }),
    ];
}
