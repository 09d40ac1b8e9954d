// The policy of the checks as the limits have it.
using Resolver.Dnssec;

namespace Resolver.Engine;

/// <summary>Makes the policy.</summary>
internal static class ValidationPolicy
{
    /// <summary>The policy that goes with limits.</summary>
    public static DnssecPolicy Of(ResolverLimits limits) => new()
    {
        MaxKeysPerTag = limits.MaxKeysPerTag,
        MaxSignaturesPerRRset = limits.MaxSignaturesPerRRset,
        MaxDelegationSigners = limits.MaxDelegationSigners,
        MaxNsec3Iterations = limits.MaxNsec3Iterations,
    };
}
