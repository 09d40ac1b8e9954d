// The limits of validation, as members of ResolverLimits; the rows stand in ValidationLimitTable.
namespace Resolver.Engine;

public sealed partial record ResolverLimits
{
    /// <summary>Signatures checked for one client query (CVE-2023-50387).</summary>
    public int MaxSignatureChecks
    {
        get; init => field = ValidationLimitTable.MaxSignatureChecks.Check(value);
    } = ValidationLimitTable.MaxSignatureChecks.Default;

    /// <summary>Of these, checks that may fail (CVE-2023-50387).</summary>
    public int MaxSignatureFailures
    {
        get; init => field = ValidationLimitTable.MaxSignatureFailures.Check(value);
    } = ValidationLimitTable.MaxSignatureFailures.Default;

    /// <summary>Signatures of one RRset that are checked (CVE-2023-50387).</summary>
    public int MaxSignaturesPerRRset
    {
        get; init => field = ValidationLimitTable.MaxSignaturesPerRRset.Check(value);
    } = ValidationLimitTable.MaxSignaturesPerRRset.Default;

    /// <summary>Keys with one tag and algorithm that are tried for one signature (CVE-2023-50387).</summary>
    public int MaxKeysPerTag
    {
        get; init => field = ValidationLimitTable.MaxKeysPerTag.Check(value);
    } = ValidationLimitTable.MaxKeysPerTag.Default;

    /// <summary>DS records of one zone that are compared with its keys (CVE-2023-50387).</summary>
    public int MaxDelegationSigners
    {
        get; init => field = ValidationLimitTable.MaxDelegationSigners.Check(value);
    } = ValidationLimitTable.MaxDelegationSigners.Default;

    /// <summary>
    /// Blocks of SHA-1 hashed for the NSEC3 proofs of one client query, in units of a plain hash
    /// (CVE-2023-50868).
    /// </summary>
    public int MaxNsec3HashUnits
    {
        get; init => field = ValidationLimitTable.MaxNsec3HashUnits.Check(value);
    } = ValidationLimitTable.MaxNsec3HashUnits.Default;

    /// <summary>NSEC3 iterations above which a proof makes insecure (RFC 9276 §3.2).</summary>
    public int MaxNsec3Iterations
    {
        get; init => field = ValidationLimitTable.MaxNsec3Iterations.Check(value);
    } = ValidationLimitTable.MaxNsec3Iterations.Default;

    /// <summary>
    /// Signatures checked on the loop in one turn; more leave it, so that hits never wait for them.
    /// </summary>
    public int MaxInlineSignatureChecks
    {
        get; init => field = ValidationLimitTable.MaxInlineSignatureChecks.Check(value);
    } = ValidationLimitTable.MaxInlineSignatureChecks.Default;

    /// <summary>
    /// Other servers asked for data that was bogus: one broken or spoofed server must not kill a name.
    /// </summary>
    public int MaxBogusRetries
    {
        get; init => field = ValidationLimitTable.MaxBogusRetries.Check(value);
    } = ValidationLimitTable.MaxBogusRetries.Default;

    /// <summary>ms; how long bogus data is kept for those who take it unchecked (RFC 4035 §4.7).</summary>
    public int MaxBogusTtlMilliseconds
    {
        get; init => field = ValidationLimitTable.MaxBogusTtlMilliseconds.Check(value);
    } = ValidationLimitTable.MaxBogusTtlMilliseconds.Default;

    /// <summary>
    /// NSEC or NSEC3 sets of one denial that are checked; of more, those that could prove it (CVE-2026-1519).
    /// </summary>
    public int MaxProofsChecked
    {
        get; init => field = ValidationLimitTable.MaxProofsChecked.Check(value);
    } = ValidationLimitTable.MaxProofsChecked.Default;

    /// <summary>
    /// Names below the deepest known zone cut that are asked for DS, to learn whether unsigned data may
    /// be so.
    /// </summary>
    public int MaxCutProbes
    {
        get; init => field = ValidationLimitTable.MaxCutProbes.Check(value);
    } = ValidationLimitTable.MaxCutProbes.Default;

    /// <summary>Zones whose keys are looked up for one RRset with signatures of several.</summary>
    public int MaxSignersTried
    {
        get; init => field = ValidationLimitTable.MaxSignersTried.Check(value);
    } = ValidationLimitTable.MaxSignersTried.Default;
}
