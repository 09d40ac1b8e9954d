// Puts an RRset together from records, in a buffer that is reused; duplicates are dropped (RFC 2181 §5).
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>
/// Collects the records and signatures of one RRset. Reusable: <see cref="Begin"/> starts the next set. Not
/// thread-safe.
/// </summary>
internal sealed class RRsetBuilder
{
    private const int RdataAt = 13;

    private byte[] _records = new byte[1024];
    private byte[] _signatures = new byte[512];
    private readonly byte[] _owner = new byte[NameOctets.MaxLength];
    private int _ownerLength;
    private int _recordsLength;
    private int _signaturesLength;
    private RRType _type;
    private RRClass _class;
    private uint _ttl;

    /// <summary>Count of records so far.</summary>
    public int Count { get; private set; }

    /// <summary>Count of signatures so far.</summary>
    public int SignatureCount { get; private set; }

    // Names that differ in case alone are the same data (RFC 4343 §3).
    private bool IsName =>
        _type == RRType.NS || _type == RRType.Cname || _type == RRType.Dname || _type == RRType.Ptr;

    /// <summary>Starts a set; forgets the one before.</summary>
    public void Begin(ReadOnlySpan<byte> owner, RRType type, RRClass rrClass)
    {
        owner.CopyTo(_owner);
        _ownerLength = owner.Length;
        _type = type;
        _class = rrClass;
        _ttl = uint.MaxValue;
        _recordsLength = 0;
        _signaturesLength = 0;
        Count = 0;
        SignatureCount = 0;
    }

    /// <summary>Adds a record with expanded RDATA; the set's TTL is the least one (RFC 2181 §5.2).</summary>
    public void Add(ReadOnlySpan<byte> rdata, uint ttl)
    {
        _ttl = Math.Min(_ttl, ttl);
        if (Count == ushort.MaxValue || Holds(_records.AsSpan(0, _recordsLength), rdata, IsName))
        {
            return;
        }

        Append(ref _records, ref _recordsLength, rdata);
        Count++;
    }

    /// <summary>Adds a covering RRSIG; its TTL is the set's own (RFC 4034 §3).</summary>
    public void AddSignature(ReadOnlySpan<byte> rdata, uint ttl)
    {
        _ttl = Math.Min(_ttl, ttl);
        if (SignatureCount == ushort.MaxValue
            || Holds(_signatures.AsSpan(0, _signaturesLength), rdata, isName: false))
        {
            return;
        }

        Append(ref _signatures, ref _signaturesLength, rdata);
        SignatureCount++;
    }

    /// <summary>
    /// Adds a record of a message, RDATA expanded; as a signature when its type is RRSIG and the set's is
    /// not.
    /// </summary>
    public bool TryAdd(ReadOnlySpan<byte> message, in RecordView record, out WireError error)
    {
        bool isSignature = record.Type == RRType.Rrsig && _type != RRType.Rrsig;
        ref byte[] buffer = ref (isSignature ? ref _signatures : ref _records);
        ref int length = ref (isSignature ? ref _signaturesLength : ref _recordsLength);
        EnsureRoom(ref buffer, length + 2 + record.RdataLength + RdataExpander.MaxGrowth);
        if (!RdataExpander.TryExpand(message, record, buffer.AsSpan(length + 2), out int written, out error))
        {
            return false;
        }

        if (written > ushort.MaxValue)
        {
            error = WireError.BadRdata;
            return false;
        }

        _ttl = Math.Min(_ttl, record.Ttl);
        if (Holds(buffer.AsSpan(0, length), buffer.AsSpan(length + 2, written), IsName && !isSignature))
        {
            return true;
        }

        BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(length), (ushort)written);
        length += 2 + written;
        if (isSignature)
        {
            SignatureCount++;
        }
        else
        {
            Count++;
        }

        return true;
    }

    /// <summary>The finished set, with its TTL held between the bounds.</summary>
    public RRset Build(uint minTtl = 0, uint maxTtl = int.MaxValue)
    {
        byte[] octets = new byte[RdataAt + _ownerLength + _recordsLength + _signaturesLength];
        BinaryPrimitives.WriteUInt16BigEndian(octets, _type.Value);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(2), _class.Value);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(4), Math.Clamp(_ttl, minTtl, maxTtl));
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(8), (ushort)Count);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(10), (ushort)SignatureCount);
        octets[12] = (byte)_ownerLength;
        Span<byte> rest = octets.AsSpan(RdataAt);
        _owner.AsSpan(0, _ownerLength).CopyTo(rest);
        _records.AsSpan(0, _recordsLength).CopyTo(rest[_ownerLength..]);
        _signatures.AsSpan(0, _signaturesLength).CopyTo(rest[(_ownerLength + _recordsLength)..]);
        return RRset.FromOctets(octets);
    }

    private static bool Holds(ReadOnlySpan<byte> list, ReadOnlySpan<byte> rdata, bool isName)
    {
        while (!list.IsEmpty)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(list);
            ReadOnlySpan<byte> held = list.Slice(2, length);
            if (isName ? NameOctets.EqualsIgnoreCase(held, rdata) : held.SequenceEqual(rdata))
            {
                return true;
            }

            list = list[(2 + length)..];
        }

        return false;
    }

    private static void Append(ref byte[] buffer, ref int length, ReadOnlySpan<byte> rdata)
    {
        EnsureRoom(ref buffer, length + 2 + rdata.Length);
        BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(length), (ushort)rdata.Length);
        rdata.CopyTo(buffer.AsSpan(length + 2));
        length += 2 + rdata.Length;
    }

    private static void EnsureRoom(ref byte[] buffer, int needed)
    {
        if (buffer.Length < needed)
        {
            Array.Resize(ref buffer, Math.Max(needed, buffer.Length * 2));
        }
    }
}
