// An entry as plain octets, which the collector neither visits nor moves: how newcomers are kept
// (NewcomerTier). Only what is octets anyway can be written so: what hangs on validated data (keys, notes)
// cannot.
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The fixed fields of an entry written plainly.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal record struct PlainHeader
{
    /// <summary>When it was stored.</summary>
    public long StoredAt;

    /// <summary>From here on it is expired.</summary>
    public long ExpiresAt;

    /// <summary>Seconds to live when stored.</summary>
    public uint Ttl;

    /// <summary>Hashes of its key. Set by the store.</summary>
    public KeyHash Hash;

    /// <summary>Type in its key.</summary>
    public RRType Type;

    /// <summary>Kind in its key.</summary>
    public EntryKind Kind;

    /// <summary>What validation found.</summary>
    public SecurityStatus Security;

    /// <summary>What else the kind has to say: the rank of an RRset.</summary>
    public byte Detail;

    /// <summary>False when it has left. Set by the store.</summary>
    public bool IsLive;

    /// <summary>Octets of the content. Set by the store.</summary>
    public ushort Length;

    /// <summary>Octets of a header.</summary>
    public static int Size => Unsafe.SizeOf<PlainHeader>();

    /// <summary>Where the length of the owner's name stands in the content.</summary>
    public readonly int OwnerLengthAt => Kind == EntryKind.RRset ? RRset.OwnerLengthAt : 0;
}

/// <summary>A plain entry where it lies. For a moment, under the lock of whoever keeps it.</summary>
internal readonly ref struct PlainEntry(Span<byte> octets)
{
    private readonly Span<byte> _octets = octets;

    /// <summary>The fixed fields.</summary>
    public ref PlainHeader Header => ref MemoryMarshal.AsRef<PlainHeader>(_octets);

    /// <summary>What else it says: the owner among it.</summary>
    public Span<byte> Content => _octets.Slice(PlainHeader.Size, Header.Length);

    /// <summary>The owner in wire form.</summary>
    public ReadOnlySpan<byte> Owner
    {
        get
        {
            int at = Header.OwnerLengthAt;
            Span<byte> content = Content;
            return content.Slice(at + 1, content[at]);
        }
    }

    /// <summary>Octets that it takes, gap to the next one included.</summary>
    public static int SizeOf(int contentLength) => (PlainHeader.Size + contentLength + 7) & ~7;

    /// <summary>True when it is the entry of a key.</summary>
    public bool Has(in StoreKey key) =>
        Header.Hash == key.Hash && EntryKey.Is(key.Text, Owner, Header.Type, Header.Kind);

    /// <summary>Makes an object of it.</summary>
    public CacheEntry Revive(CacheTimes times) =>
        new CachedRRset(Header, RRset.FromOctets(Content.ToArray()), times);

    /// <summary>True when an object says the same, its times included.</summary>
    public bool IsOf(CacheEntry entry)
    {
        if (!entry.TryDescribe(out PlainHeader header, out ReadOnlySpan<byte> content))
        {
            return false;
        }

        header.Hash = Header.Hash;
        header.IsLive = Header.IsLive;
        header.Length = Header.Length;
        return header == Header && content.SequenceEqual(Content);
    }

    /// <summary>Puts the verdict into it: the content was judged, and stays.</summary>
    public void Settle(in PlainHeader judged)
    {
        ref PlainHeader header = ref Header;
        header.ExpiresAt = judged.ExpiresAt;
        header.Ttl = judged.Ttl;
        header.Security = judged.Security;
        header.Detail = judged.Detail;
    }
}
