// What checking a signature can come to. In the order of how much it tells: of several signatures that all
// fail, the one with the greatest value names the reason.
namespace Resolver.Dnssec;

/// <summary>The outcome of checking one signature.</summary>
internal enum SignatureVerdict : byte
{
    /// <summary>There is no signature.</summary>
    Missing,

    /// <summary>The RRSIG is malformed or is for another type.</summary>
    Malformed,

    /// <summary>The algorithm is not supported.</summary>
    UnsupportedAlgorithm,

    /// <summary>Another zone signed than the one whose keys are at hand.</summary>
    SignerMismatch,

    /// <summary>The owner is not in the signer's zone.</summary>
    OwnerOutsideZone,

    /// <summary>It claims more labels than the owner has.</summary>
    LabelsAboveOwner,

    /// <summary>It claims fewer labels than the signer has: a wildcard above the zone.</summary>
    LabelsBelowSigner,

    /// <summary>No key has the tag and algorithm.</summary>
    KeyMissing,

    /// <summary>The key may not sign zone data: its zone flag is clear or its protocol is not 3.</summary>
    NotZoneKey,

    /// <summary>The key is revoked.</summary>
    KeyRevoked,

    /// <summary>The key cannot be used: see its <see cref="KeyProblem"/>.</summary>
    KeyUnusable,

    /// <summary>It expires before it becomes valid.</summary>
    ExpiredBeforeValid,

    /// <summary>Its time has not come.</summary>
    NotYetValid,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>The key did not make this signature over this set.</summary>
    CryptoFailed,

    /// <summary>A bound on expensive work was met before a signature proved good.</summary>
    BudgetSpent,

    /// <summary>The signature is good.</summary>
    Valid,
}
