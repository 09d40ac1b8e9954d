// The extended error that tells a client what a verdict means: RFC 8914 §4.2-4.13 and §4.26.
using System;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>Extended errors of verdicts.</summary>
internal static class VerdictError
{
    /// <summary>The code for a verdict; a good signature has none.</summary>
    public static ExtendedErrorCode Of(SignatureVerdict verdict) => verdict switch
    {
        SignatureVerdict.Missing => ExtendedErrorCode.RrsigsMissing,
        SignatureVerdict.UnsupportedAlgorithm => ExtendedErrorCode.UnsupportedDnskeyAlgorithm,
        SignatureVerdict.KeyMissing or SignatureVerdict.KeyRevoked or SignatureVerdict.KeyUnusable =>
            ExtendedErrorCode.DnskeyMissing,
        SignatureVerdict.NotZoneKey => ExtendedErrorCode.NoZoneKeyBitSet,
        SignatureVerdict.ExpiredBeforeValid => ExtendedErrorCode.SignatureExpiredBeforeValid,
        SignatureVerdict.NotYetValid => ExtendedErrorCode.SignatureNotYetValid,
        SignatureVerdict.Expired => ExtendedErrorCode.SignatureExpired,
        SignatureVerdict.Malformed or SignatureVerdict.SignerMismatch or SignatureVerdict.OwnerOutsideZone
            or SignatureVerdict.LabelsAboveOwner or SignatureVerdict.LabelsBelowSigner
            or SignatureVerdict.CryptoFailed or SignatureVerdict.BudgetSpent =>
            ExtendedErrorCode.DnssecBogus,
        SignatureVerdict.Valid => throw new ArgumentOutOfRangeException(nameof(verdict)),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}
