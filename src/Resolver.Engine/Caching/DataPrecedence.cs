// Who prevails when two say something about the same name and type: security first, then rank (RFC 2181
// §5.4.1).
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The order of trust among cached data.</summary>
internal static class DataPrecedence
{
    /// <summary>
    /// True when a candidate takes the place of something still fresh. What was validated as secure yields
    /// only to what was too (else a query with CD=1 could put forged data in its place), and bogus data
    /// displaces bogus only. Among equals the higher or equal rank wins: equal rank is newer.
    /// </summary>
    public static bool Prevails(
        SecurityStatus candidate, DataRank candidateRank, SecurityStatus held, DataRank heldRank)
    {
        int difference = Trust(candidate) - Trust(held);
        return difference != 0 ? difference > 0 : candidateRank >= heldRank;
    }

    /// <summary>
    /// True when newer data of one status removes what says the opposite: a denial an RRset, or the other way
    /// round.
    /// </summary>
    public static bool MayContradict(SecurityStatus newer, SecurityStatus held) =>
        Trust(newer) >= Trust(held);

    private static int Trust(SecurityStatus status) => status switch
    {
        SecurityStatus.Secure => 2,
        SecurityStatus.Insecure => 1,
        SecurityStatus.Indeterminate => 1,
        SecurityStatus.Unchecked => 1,
        SecurityStatus.Bogus => 0,
        _ => 0,
    };
}
