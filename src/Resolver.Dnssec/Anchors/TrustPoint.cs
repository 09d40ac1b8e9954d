// What is known of the keys of one anchored zone, from one observation to the next: RFC 5011. Immutable; the
// machine is AnchorRollover, the file form TrustPointText.
using System;
using System.Collections.Immutable;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>A zone whose keys are followed.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Keys">Its keys seen so far.</param>
internal sealed record TrustPoint(DomainName Zone, ImmutableArray<AnchorKey> Keys)
{
    /// <summary>When the zone's keys are to be asked for next, in seconds since 1970.</summary>
    public long NextQuery { get; init; }

    /// <summary>When the zone's keys were last found good; 0 for never.</summary>
    public long LastSuccess { get; init; }

    /// <summary>Which configured anchors the state began from; with others it is of no use.</summary>
    public string Basis { get; init; } = "-";

    /// <summary>The basis that configured DS RDATAs are, whatever their order.</summary>
    public static string BasisOf(ImmutableArray<ReadOnlyMemory<byte>> configured) => Convert.ToHexString(
        SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(
            ' ', configured.Select(static s => Convert.ToHexString(s.Span)).Order(StringComparer.Ordinal)))));

    /// <summary>
    /// The DS RDATAs in force: those of trusted keys, and of the configured ones those whose key has not been
    /// revoked.
    /// </summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Signers(
        ImmutableArray<ReadOnlyMemory<byte>> configured)
    {
        ImmutableArray<ReadOnlyMemory<byte>>.Builder signers =
            ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        foreach (AnchorKey key in Keys.Where(static k => k.IsTrusted))
        {
            signers.Add(DelegationSigner.FromKey(Zone.Wire, key.Rdata.Span));
        }

        foreach (ReadOnlyMemory<byte> signer in configured)
        {
            if (!Keys.Any(k => IsFor(signer.Span, k)))
            {
                signers.Add(signer);
            }
        }

        return signers.ToImmutable();
    }

    // A configured digest whose key has been seen is that key's matter from then on.
    private bool IsFor(ReadOnlySpan<byte> signer, AnchorKey key) =>
        DelegationSigner.Compare(signer, Zone.Wire, key.Rdata.Span) == DelegationSignerMatch.Match;
}
