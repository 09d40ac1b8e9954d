// An entry as plain octets, which the collector neither visits nor moves: how newcomers are kept
// (NewcomerTier). A header, the owner's name where the body has none, and the body. Only what is octets
// anyway can be written so: what hangs on validated data (keys, notes) cannot.
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The fixed fields of an entry written plainly. The last five are the store's.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal record struct PlainHeader
{
    /// <summary>When it was stored.</summary>
    public long StoredAt;

    /// <summary>From here on it is expired.</summary>
    public long ExpiresAt;

    /// <summary>Seconds to live when stored.</summary>
    public uint Ttl;

    /// <summary>Octets of the body.</summary>
    public ushort BodyLength;

    /// <summary>What validation found.</summary>
    public SecurityStatus Security;

    /// <summary>What else the kind has to say: the rank of an RRset, what a denial denies.</summary>
    public byte Detail;

    /// <summary>Hashes of its key.</summary>
    public KeyHash Hash;

    /// <summary>Type in its key.</summary>
    public RRType Type;

    /// <summary>Kind in its key.</summary>
    public EntryKind Kind;

    /// <summary>False when it has left.</summary>
    public bool IsLive;

    /// <summary>Octets of a header.</summary>
    public static int Size => Unsafe.SizeOf<PlainHeader>();
}

/// <summary>A plain entry where it lies. For a moment, under the lock of whoever keeps it.</summary>
internal readonly ref struct PlainEntry(Span<byte> octets)
{
    /// <summary>The most octets of a body.</summary>
    public const int MaxBody = 2048;

    private const int Alignment = 8;

    private readonly Span<byte> _octets = octets;

    /// <summary>The fixed fields.</summary>
    public ref PlainHeader Header => ref MemoryMarshal.AsRef<PlainHeader>(_octets);

    /// <summary>What an object of the same says by <see cref="CacheEntry.WriteBody"/>.</summary>
    public Span<byte> Body => _octets.Slice(BodyAt, Header.BodyLength);

    /// <summary>The owner in wire form.</summary>
    public ReadOnlySpan<byte> Owner
    {
        get
        {
            int at = PlainHeader.Size + (Header.Kind == EntryKind.RRset ? RRset.OwnerLengthAt : 0);
            return _octets.Slice(at + 1, _octets[at]);
        }
    }

    /// <summary>Octets that it takes, the gap to the next one included.</summary>
    public int Length => Align(BodyAt + Header.BodyLength);

    // An RRset's body has the owner in it.
    private int BodyAt =>
        PlainHeader.Size + (Header.Kind == EntryKind.RRset ? 0 : 1 + _octets[PlainHeader.Size]);

    /// <summary>Octets that the entry of a key would take, the gap to the next one included.</summary>
    public static int LengthOf(in StoreKey key, int bodyLength) =>
        Align(PlainHeader.Size + bodyLength + (key.Kind == EntryKind.RRset ? 0 : 1 + key.Owner.Length));

    /// <summary>Writes the entry of a key; what is behind it may hold anything.</summary>
    public void Write(in StoreKey key, in PlainHeader header, CacheEntry entry)
    {
        ref PlainHeader mine = ref Header;
        mine = header;
        mine.Hash = key.Hash;
        mine.Type = key.Type;
        mine.Kind = key.Kind;
        mine.IsLive = true;
        if (mine.Kind != EntryKind.RRset)
        {
            Span<byte> owner = _octets[PlainHeader.Size..];
            owner[0] = (byte)key.Owner.Length;
            for (int i = 0; i < key.Owner.Length; i++)
            {
                owner[i + 1] = (byte)key.Owner[i];
            }
        }

        entry.WriteBody(Body);
    }

    /// <summary>True when it is the entry of a key.</summary>
    public bool Has(in StoreKey key) =>
        Header.Hash == key.Hash && EntryKey.Is(key.Text, Owner, Header.Type, Header.Kind);

    /// <summary>True when an object of the same key says the same, its times included.</summary>
    public bool IsOf(CacheEntry entry)
    {
        if (!entry.TryDescribe(out PlainHeader header))
        {
            return false;
        }

        PlainHeader mine = Header with { Hash = default, Type = default, Kind = default, IsLive = false };
        return header == mine && entry.HasBody(Body);
    }

    /// <summary>Makes an object of it.</summary>
    public CacheEntry Revive(CacheTimes times) => Header.Kind == EntryKind.RRset
        ? new CachedRRset(Header, RRset.FromOctets(Body.ToArray()), times)
        : new CachedDenial(Header, Body, times);

    /// <summary>Puts the verdict into it: the body was judged, and stays.</summary>
    public void Settle(in PlainHeader judged)
    {
        ref PlainHeader header = ref Header;
        header.ExpiresAt = judged.ExpiresAt;
        header.Ttl = judged.Ttl;
        header.Security = judged.Security;
        header.Detail = judged.Detail;
    }

    private static int Align(int length) => (length + Alignment - 1) & -Alignment;
}
