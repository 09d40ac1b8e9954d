// A key of a trust point in the course of a roll-over: RFC 5011 §4.
using System;

namespace Resolver.Dnssec;

/// <summary>Where a key stands (RFC 5011 §4.2).</summary>
internal enum AnchorState : byte
{
    /// <summary>Seen, and waiting for its hold-down to end.</summary>
    AddPending,

    /// <summary>Trusted.</summary>
    Valid,

    /// <summary>Trusted, though the zone no longer shows it.</summary>
    Missing,

    /// <summary>Revoked by its own signature; never trusted again.</summary>
    Revoked,

    /// <summary>Revoked, and gone for the remove hold-down.</summary>
    Removed,
}

/// <summary>A key with its state.</summary>
/// <param name="Rdata">The DNSKEY's RDATA with the revoke flag clear.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Since">When the state began, in seconds since 1970.</param>
internal sealed record AnchorKey(ReadOnlyMemory<byte> Rdata, AnchorState State, long Since)
{
    /// <summary>The end of the add hold-down (RFC 5011 §2.4.1); 0 in other states.</summary>
    public long TrustedFrom { get; init; }

    /// <summary>True when chains of trust may begin at it.</summary>
    public bool IsTrusted => State is AnchorState.Valid or AnchorState.Missing;

    /// <summary>True when the octets are the same key's, flags of revocation apart.</summary>
    public bool IsSameKey(ReadOnlySpan<byte> dnskey) =>
        dnskey.Length == Rdata.Length && dnskey[3..].SequenceEqual(Rdata.Span[3..]);
}
