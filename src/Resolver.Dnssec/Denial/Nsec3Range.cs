// One NSEC3 as a range of absent hashes and a set of types: RFC 5155 §3 and §8.2. Reading it refuses what a
// proof must not rest on: unknown hash algorithms and flags, an owner that is not directly below the zone,
// another signer's records.
using System;
using System.Buffers.Binary;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>A verified NSEC3 of a zone.</summary>
internal readonly struct Nsec3Range
{
    private const int SaltLengthAt = 4;
    private const byte OptOut = 1;

    private readonly RRset _set;
    private readonly int _typesAt;

    private Nsec3Range(RRset set, NameHash owner, NameHash next)
    {
        _set = set;
        Owner = owner;
        Next = next;
        _typesAt = SaltLengthAt + 1 + set.First[SaltLengthAt] + 1 + NameHash.Length;
    }

    /// <summary>The hash of a name that exists at the beginning.</summary>
    public NameHash Owner { get; }

    /// <summary>The hash of a name that exists at the end.</summary>
    public NameHash Next { get; }

    /// <summary>The RRset it was read from.</summary>
    public RRset Set => _set;

    /// <summary>True when unsigned delegations in the range have no NSEC3 (RFC 5155 §6).</summary>
    public bool IsOptOut => (_set.First[1] & OptOut) != 0;

    /// <summary>How the zone hashes.</summary>
    public Nsec3Parameters Parameters => new(
        BinaryPrimitives.ReadUInt16BigEndian(_set.First[2..]),
        _set.First.Slice(SaltLengthAt + 1, _set.First[SaltLengthAt]));

    /// <summary>Reads a verified NSEC3 RRset of a zone; false when no proof may rest on it.</summary>
    public static bool TryRead(RRset set, ReadOnlySpan<byte> zone, out Nsec3Range range)
    {
        range = default;
        if (set.IsEmpty || set.Type != RRType.Nsec3 || set.Count != 1 || set.Owner.Length == 1
            || !NameOctets.EqualsIgnoreCase(NameOctets.Skip(set.Owner, 1), zone)
            || !NameHash.TryRead(set.Owner.Slice(1, set.Owner[0]), out NameHash owner)
            || !IsKnownForm(set.First) || !DenialSigner.IsOf(set, zone))
        {
            return false;
        }

        ReadOnlySpan<byte> next = set.First[(SaltLengthAt + 1 + set.First[SaltLengthAt] + 1)..];
        range = new Nsec3Range(set, owner, NameHash.From(next));
        return true;
    }

    /// <summary>True when the name that was hashed has the type.</summary>
    public bool Has(RRType type) => TypeBitmap.Contains(_set.First[_typesAt..], type);

    /// <summary>True at a delegation, seen from the parent.</summary>
    public bool IsDelegation => Has(RRType.NS) && !Has(RRType.Soa);

    /// <summary>True when the hash is the owner's.</summary>
    public bool Matches(NameHash hash) => hash == Owner;

    /// <summary>True when the hash lies strictly between the ends; the last range wraps around.</summary>
    public bool Covers(NameHash hash) => Owner.CompareTo(Next) < 0
        ? hash.CompareTo(Owner) > 0 && hash.CompareTo(Next) < 0
        : hash.CompareTo(Owner) > 0 || hash.CompareTo(Next) < 0;

    /// <summary>True when both belong to one way of hashing.</summary>
    public bool HasSameParameters(in Nsec3Range other) =>
        Parameters.Iterations == other.Parameters.Iterations
        && Parameters.Salt.SequenceEqual(other.Parameters.Salt);

    // RFC 5155 §8.2: records with unknown algorithms or flags are ignored.
    private static bool IsKnownForm(ReadOnlySpan<byte> rdata)
    {
        if (rdata.Length <= SaltLengthAt || rdata[0] != Nsec3Hash.Sha1 || (rdata[1] & ~OptOut) != 0)
        {
            return false;
        }

        int lengthAt = SaltLengthAt + 1 + rdata[SaltLengthAt];
        return rdata.Length > lengthAt + NameHash.Length && rdata[lengthAt] == NameHash.Length
            && TypeBitmap.IsValid(rdata[(lengthAt + 1 + NameHash.Length)..]);
    }
}
