// The chain of NSEC (RFC 4034 §4) or NSEC3 (RFC 5155 §3) of a zone's content as it is at the moment: the
// record that matches a name, or covers it.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Resolver.Threats;

/// <summary>How a zone hashes its names.</summary>
/// <param name="Iterations">Extra rounds.</param>
internal sealed record Hashing(ushort Iterations);

/// <summary>One zone's chain.</summary>
internal sealed class DenialChain
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuv";
    private const uint Ttl = 60;

    private readonly SortedList<string, string> _places;
    private readonly string _apex;
    private readonly IReadOnlyList<Record> _content;
    private readonly Hashing? _hashing;

    /// <param name="apex">The zone.</param>
    /// <param name="content">Its content, without what lies below its cuts.</param>
    /// <param name="hashing">Null for NSEC.</param>
    public DenialChain(string apex, IReadOnlyList<Record> content, Hashing? hashing)
    {
        _apex = apex;
        _content = content;
        _hashing = hashing;
        _places = new SortedList<string, string>(
            hashing is null ? NameOrder.Canonical : StringComparer.Ordinal);
        foreach (string owner in content.Select(static r => r.Owner).Distinct())
        {
            _places[PlaceOf(owner)] = owner;
            for (string at = owner; hashing is not null && at != apex;)
            {
                at = NameOrder.ParentOf(at);
                _places[PlaceOf(at)] = at;
            }
        }
    }

    /// <summary>The record that matches a name or covers it.</summary>
    public Record At(string name)
    {
        string place = PlaceOf(name);
        int index = _places.Count - 1;
        while (index > 0 && _places.Comparer.Compare(_places.Keys[index], place) > 0)
        {
            index--;
        }

        // Hashes before the first are covered by the last.
        index = _places.Comparer.Compare(_places.Keys[index], place) > 0 ? _places.Count - 1 : index;
        string next = _places.Keys[(index + 1) % _places.Count];
        return Make(_places.Keys[index], next, _places.Values[index]);
    }

    /// <summary>The owner of a hash's NSEC3.</summary>
    public static string OwnerOf(string place, string zone) => zone == "." ? place + "." : $"{place}.{zone}";

    /// <summary>The RDATA of an NSEC3.</summary>
    public static byte[] MakeHashed(Hashing hashing, string next, byte[] bitmap) =>
    [
        1, 0, (byte)(hashing.Iterations >> 8), (byte)hashing.Iterations, 0, 20, .. Decode(next), .. bitmap,
    ];

    /// <summary>A hashed name as it stands in a label.</summary>
    public static string Hash(string name, Hashing hashing)
    {
#pragma warning disable CA5350 // The only hash of NSEC3.
        byte[] hash = SHA1.HashData(NameText.ToWire(name));
        for (int i = 0; i < hashing.Iterations; i++)
        {
            _ = SHA1.HashData(hash, hash);
        }
#pragma warning restore CA5350

        return Encode(hash);
    }

    /// <summary>A bitmap of types below 256.</summary>
    public static byte[] MakeBitmap(IEnumerable<ushort> types)
    {
        byte[] bits = new byte[32];
        int length = 0;
        foreach (ushort type in types)
        {
            bits[type / 8] |= (byte)(0x80 >> (type % 8));
            length = Math.Max(length, (type / 8) + 1);
        }

        return length == 0 ? [] : [0, (byte)length, .. bits.AsSpan(0, length)];
    }

    private string PlaceOf(string name) => _hashing is null ? name : Hash(name, _hashing);

    private Record Make(string place, string next, string owner)
    {
        ushort[] types = [.. _content.Where(r => r.Owner == owner).Select(static r => r.Type).Distinct()];
        bool isSigned = types.Length > 0
            && (owner == _apex || !types.Contains(Types.NS) || types.Contains(Types.DS));
        ushort[] all = isSigned || _hashing is null ? [.. types, Types.Rrsig] : types;
        return _hashing is null
            ? new Record(
                owner, Types.Nsec, Ttl, [.. NameText.ToWire(next), .. MakeBitmap([.. all, Types.Nsec])])
            : new Record(
                OwnerOf(place, _apex), Types.Nsec3, Ttl, MakeHashed(_hashing, next, MakeBitmap(all)));
    }

    // RFC 4648 §7 without padding: five bits a character.
    private static string Encode(byte[] octets)
    {
        StringBuilder text = new();
        for (int bit = 0; bit < octets.Length * 8; bit += 5)
        {
            int two = (octets[bit / 8] << 8) | (bit / 8 + 1 < octets.Length ? octets[(bit / 8) + 1] : 0);
            text.Append(Digits[(two >> (11 - (bit % 8))) & 31]);
        }

        return text.ToString();
    }

    private static byte[] Decode(string text)
    {
        byte[] octets = new byte[text.Length * 5 / 8];
        for (int i = 0; i < text.Length * 5; i++)
        {
            int value = Digits.IndexOf(text[i / 5], StringComparison.Ordinal);
            octets[i / 8] |= (byte)(((value >> (4 - (i % 5))) & 1) << (7 - (i % 8)));
        }

        return octets;
    }
}
