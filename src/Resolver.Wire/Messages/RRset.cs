// An RRset as one array of octets: the unit of caching, ranking and validation (RFC 2181 §5). Records hold
// expanded RDATA; the RRSIGs that cover the set travel with it. Immutable. Layout: type, class, ttl, record
// count, signature count, owner length, owner, then length-prefixed RDATAs.
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>An RRset with its signatures. <c>default</c> is no set: <see cref="IsEmpty"/>.</summary>
internal readonly struct RRset
{
    /// <summary>Where the length of the owner's name stands among the octets; the name follows.</summary>
    internal const int OwnerLengthAt = 12;

    private const int OwnerAt = OwnerLengthAt + 1;

    private readonly byte[]? _octets;

    private RRset(byte[] octets) => _octets = octets;

    /// <summary>True when there is no set.</summary>
    public bool IsEmpty => _octets is null;

    /// <summary>Octets of memory for the set's content.</summary>
    public int Size => _octets?.Length ?? 0;

    /// <summary>All of it, as laid out by <see cref="RRsetBuilder"/>.</summary>
    internal ReadOnlySpan<byte> Octets => _octets;

    /// <summary>The owner in uncompressed wire form, case as received.</summary>
    public ReadOnlySpan<byte> Owner => _octets.AsSpan(OwnerAt, _octets![OwnerLengthAt]);

    /// <summary>The type.</summary>
    public RRType Type => new(BinaryPrimitives.ReadUInt16BigEndian(_octets));

    /// <summary>The class.</summary>
    public RRClass Class => new(BinaryPrimitives.ReadUInt16BigEndian(_octets.AsSpan(2)));

    /// <summary>Seconds to live as received: the least among the set's records (RFC 2181 §5.2).</summary>
    public uint Ttl => BinaryPrimitives.ReadUInt32BigEndian(_octets.AsSpan(4));

    /// <summary>Count of records.</summary>
    public int Count => BinaryPrimitives.ReadUInt16BigEndian(_octets.AsSpan(8));

    /// <summary>Count of RRSIGs that cover the set.</summary>
    public int SignatureCount => BinaryPrimitives.ReadUInt16BigEndian(_octets.AsSpan(10));

    /// <summary>The records' RDATAs, one after another.</summary>
    public RdataEnumerator Records => IsEmpty ? default : new RdataEnumerator(RdataStart, Count);

    /// <summary>The RDATAs of the RRSIGs that cover the set.</summary>
    public RdataEnumerator Signatures
    {
        get
        {
            RdataEnumerator records = Records;
            while (records.MoveNext())
            {
            }

            return IsEmpty ? default : new RdataEnumerator(records.Rest, SignatureCount);
        }
    }

    /// <summary>RDATA of the first record.</summary>
    public ReadOnlySpan<byte> First
    {
        get
        {
            RdataEnumerator records = Records;
            return records.MoveNext() ? records.Current : default;
        }
    }

    private ReadOnlySpan<byte> RdataStart => _octets.AsSpan(OwnerAt + _octets![OwnerLengthAt]);

    /// <summary>True when both hold the same records, order aside and TTL ignored.</summary>
    public bool HasSameRecords(RRset other)
    {
        if (Count != other.Count)
        {
            return false;
        }

        foreach (ReadOnlySpan<byte> rdata in Records)
        {
            if (!other.Contains(rdata))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when a record has exactly these octets as RDATA.</summary>
    public bool Contains(ReadOnlySpan<byte> rdata)
    {
        foreach (ReadOnlySpan<byte> mine in Records)
        {
            if (mine.SequenceEqual(rdata))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The owner as a value (allocates).</summary>
    public DomainName OwnerName => DomainName.FromValidWire(Owner);

    /// <summary>A set over octets laid out by <see cref="RRsetBuilder"/>.</summary>
    internal static RRset FromOctets(byte[] octets) => new(octets);

    /// <summary>Walks length-prefixed RDATAs.</summary>
    public ref struct RdataEnumerator
    {
        private ReadOnlySpan<byte> _rest;
        private int _left;

        internal RdataEnumerator(ReadOnlySpan<byte> octets, int count)
        {
            _rest = octets;
            _left = count;
        }

        /// <summary>The RDATA at hand.</summary>
        public ReadOnlySpan<byte> Current { get; private set; }

        internal readonly ReadOnlySpan<byte> Rest => _rest;

        /// <summary>Goes to the next.</summary>
        public bool MoveNext()
        {
            if (_left == 0)
            {
                return false;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(_rest);
            Current = _rest.Slice(2, length);
            _rest = _rest[(2 + length)..];
            _left--;
            return true;
        }

        /// <summary>For foreach.</summary>
        public readonly RdataEnumerator GetEnumerator() => this;
    }
}
