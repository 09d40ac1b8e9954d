// What validation leaves with an item besides its status: the proof that a wildcard was rightly expanded,
// which belongs into every answer made of the set (RFC 4035 §3.1.3.3), the keys made of a DNSKEY set, and
// what there is to say about an answer that is given all the same (RFC 8914).
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Findings of validation. Immutable.</summary>
/// <param name="Proofs">
/// NSEC or NSEC3 sets that prove that nothing closer than the wildcard exists; empty for others.
/// </param>
/// <param name="Note">What clients are told beside the answer; null for nothing.</param>
internal sealed record Attestation(RRset[] Proofs, ExtendedError? Note)
{
    // What an imported key takes, whether it is imported yet or not: a native key with its tables.
    private const int KeyCost = 2048;

    /// <summary>The keys of a DNSKEY set that was found secure; null for others.</summary>
    public ZoneKeys? Keys { get; init; }

    /// <summary>Octets of memory that hang on it.</summary>
    public int Size
    {
        get
        {
            int size = 0;
            foreach (RRset proof in Proofs)
            {
                size += proof.Size;
            }

            return size + (Keys is null ? 0 : Keys.Keys.Length * KeyCost);
        }
    }

    /// <summary>Nothing but a note; null when there is none.</summary>
    public static Attestation? Of(ExtendedError? note) => note is null ? null : new Attestation([], note);
}
