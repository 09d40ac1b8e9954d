// A chain is as strong as its weakest link: the order of statuses (RFC 4035 §4.3; RFC 6840 §5.8: AD only when
// all is secure).
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Orders statuses.</summary>
internal static class SecurityOrder
{
    /// <summary>The one of two that is the less to be believed.</summary>
    public static SecurityStatus Weaker(SecurityStatus one, SecurityStatus other) =>
        Strength(one) <= Strength(other) ? one : other;

    private static int Strength(SecurityStatus status) => status switch
    {
        SecurityStatus.Bogus => 0,
        SecurityStatus.Unchecked => 1,
        SecurityStatus.Indeterminate => 2,
        SecurityStatus.Insecure => 3,
        SecurityStatus.Secure => 4,
        _ => 0,
    };
}
