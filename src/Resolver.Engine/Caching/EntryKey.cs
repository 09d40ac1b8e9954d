// The key of an entry as characters: the owner's canonical octets, one character each, then type and kind;
// and its keyed hash, by which shard, epoch and presence filter are chosen.
using System;
using System.Buffers.Binary;
using System.Text;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The stores that share one budget.</summary>
internal enum EntryKind : byte
{
    /// <summary>RRsets.</summary>
    RRset = 1,

    /// <summary>Denials of a name (type 0) or of a type.</summary>
    Denial = 2,

    /// <summary>Delegations.</summary>
    Delegation = 3,

    /// <summary>Failures.</summary>
    Failure = 4,

    /// <summary>Proofs beside referrals that a zone has no DS.</summary>
    Cut = 5,

    /// <summary>Proven ranges of absent names.</summary>
    Range = 6,
}

/// <summary>The keyed hashes of a key, case ignored.</summary>
/// <param name="Owner">Of the owner's name alone, and whether it is of a failure.</param>
/// <param name="Whole">Of all of it.</param>
internal readonly record struct KeyHash(uint Owner, uint Whole);

/// <summary>Writes keys.</summary>
internal static class EntryKey
{
    /// <summary>Characters of the longest key.</summary>
    public const int MaxLength = NameOctets.MaxLength + Suffix;

    /// <summary>Characters behind the owner.</summary>
    public const int Suffix = 2;

    /// <summary>Writes a key; returns its characters.</summary>
    public static ReadOnlySpan<char> Write(
        ReadOnlySpan<byte> owner, RRType type, EntryKind kind, Span<char> buffer)
    {
        Span<char> key = buffer[..(owner.Length + Suffix)];
        Ascii.ToLower(owner, key, out int done);
        for (; done < owner.Length; done++)
        {
            // Octets above 0x7F are rare; from the first on, one by one.
            key[done] = (char)NameOctets.Fold(owner[done]);
        }

        key[^2] = (char)type.Value;
        key[^1] = (char)kind;
        return key;
    }

    /// <summary>The keyed hash of the owner alone, by which presence is judged.</summary>
    public static uint HashOwner(ReadOnlySpan<byte> owner, ulong secret) =>
        (uint)(NameOctets.Hash(owner, secret) >> 32);

    /// <summary>
    /// The hash by which the presence of a failure is judged: apart from that of data, as each success asks
    /// for a failure to forget, and beside it, where a second look costs nothing.
    /// </summary>
    public static uint Beside(uint owner) => owner ^ 1;

    /// <summary>Keyed hashes of what <see cref="Write"/> would write.</summary>
    public static KeyHash Hash(ReadOnlySpan<byte> owner, RRType type, EntryKind kind, ulong secret)
    {
        ulong name = NameOctets.Hash(owner, secret);
        ulong mixed = Math.BigMul(
            name ^ ((ulong)type.Value << 8) ^ (ulong)kind, secret | 1, out ulong low);
        uint presence = (uint)(name >> 32);
        return new KeyHash(
            kind == EntryKind.Failure ? Beside(presence) : presence, (uint)((mixed ^ low) >> 16));
    }

    /// <summary>True when the key's owner is <paramref name="ancestor"/> (canonical) or below it.</summary>
    public static bool IsAtOrBelow(ReadOnlySpan<char> key, ReadOnlySpan<char> ancestor)
    {
        ReadOnlySpan<char> owner = key[..^Suffix];
        int surplus = owner.Length - ancestor.Length;
        int at = 0;
        while (at < surplus)
        {
            at += owner[at] + 1;
        }

        return at == surplus && owner[at..].SequenceEqual(ancestor);
    }

    /// <summary>The same of an owner in wire form, in any case.</summary>
    public static bool IsAtOrBelow(ReadOnlySpan<byte> owner, ReadOnlySpan<char> ancestor)
    {
        int surplus = owner.Length - ancestor.Length;
        int at = 0;
        while (at < surplus)
        {
            at += owner[at] + 1;
        }

        return at == surplus && IsName(ancestor, owner[at..]);
    }

    /// <summary>True when <see cref="Write"/> writes this key.</summary>
    public static bool Is(ReadOnlySpan<char> key, ReadOnlySpan<byte> owner, RRType type, EntryKind kind) =>
        key[^1] == (char)kind && key[^2] == (char)type.Value && IsName(key[..^Suffix], owner);

    private static bool IsName(ReadOnlySpan<char> canonical, ReadOnlySpan<byte> name)
    {
        if (canonical.Length != name.Length)
        {
            return false;
        }

        for (int i = 0; i < name.Length; i++)
        {
            if (canonical[i] != NameOctets.Fold(name[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A secret for keyed hashes.</summary>
    public static ulong DrawSecret(IRandomSource random)
    {
        Span<byte> octets = stackalloc byte[sizeof(ulong)];
        random.Fill(octets);
        return BinaryPrimitives.ReadUInt64LittleEndian(octets);
    }
}
