// What a hit of the answer cache gives beside the octets.
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>
/// A whole answer, without OPT, was copied; its TTLs are counted down. Left to the caller: ID, the question's
/// case, RD and CD (they are as stored, thus as in the key), AD for clients that did not ask for it, OPT.
/// </summary>
/// <param name="Length">Octets of the message.</param>
/// <param name="Rcode">The header's rcode.</param>
/// <param name="ExpiresAt">When the first of its parts ends.</param>
/// <param name="IsAuthenticData">AD as stored: every part is secure.</param>
/// <param name="IsDueForPrefetch">
/// Popular and near its end; told to one hit only, which should have it fetched anew.
/// </param>
internal readonly record struct AnswerHit(
    int Length, Rcode Rcode, long ExpiresAt, bool IsAuthenticData, bool IsDueForPrefetch);
