// The octets that an RRSIG signs: its own fields, then the RRset in canonical form. RFC 4034 §3.1.8.1 and
// §6.2-6.3 with RFC 6840 §5.1 (which types' names are folded), RFC 4035 §5.3.2 (wildcards). Built once per
// signature in a pooled buffer, however many keys are tried on it.
using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>The signed form of an RRset. Dispose it once.</summary>
internal ref struct SignedOctets
{
    private const int FixedLength = 10;
    private const int FewRecords = 32;

    private byte[]? _buffer;
    private readonly int _length;

    private SignedOctets(byte[] buffer, int length)
    {
        _buffer = buffer;
        _length = length;
    }

    /// <summary>The octets.</summary>
    public readonly ReadOnlySpan<byte> Octets => _buffer.AsSpan(0, _length);

    /// <summary>
    /// Builds the form of a set as the signature covers it; the signature's labels are at most the owner's.
    /// </summary>
    public static SignedOctets Build(RRset set, in SignatureFields signature)
    {
        Span<byte> owner = stackalloc byte[NameOctets.MaxLength + 2];
        owner = owner[..WriteOwner(set.Owner, signature.Labels, owner)];
        byte[] records = ArrayPool<byte>.Shared.Rent(set.Size);
        int[]? rented = set.Count > FewRecords ? ArrayPool<int>.Shared.Rent(set.Count) : null;
        Span<int> starts = rented ?? stackalloc int[FewRecords];
        starts = starts[..set.Count];
        int total = CopyCanonical(set, records, starts);
        Sort(records, starts);

        int most = signature.Lead.Length + signature.Signer.Length
            + (set.Count * (owner.Length + FixedLength)) + total;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(most);
        signature.Lead.CopyTo(buffer);
        NameOctets.ToCanonical(signature.Signer, buffer.AsSpan(signature.Lead.Length));
        int length = signature.Lead.Length + signature.Signer.Length;
        Span<byte> fixedPart = stackalloc byte[FixedLength - 2];
        BinaryPrimitives.WriteUInt16BigEndian(fixedPart, set.Type.Value);
        BinaryPrimitives.WriteUInt16BigEndian(fixedPart[2..], set.Class.Value);
        BinaryPrimitives.WriteUInt32BigEndian(fixedPart[4..], signature.OriginalTtl);
        ReadOnlySpan<byte> previous = default;
        for (int i = 0; i < starts.Length; i++)
        {
            ReadOnlySpan<byte> record = Record(records, starts[i]);

            // RFC 4034 §6.3: duplicates count once. Folding can make two records equal.
            if (i > 0 && record.SequenceEqual(previous))
            {
                continue;
            }

            previous = record;
            owner.CopyTo(buffer.AsSpan(length));
            fixedPart.CopyTo(buffer.AsSpan(length + owner.Length));
            record.CopyTo(buffer.AsSpan(length + owner.Length + fixedPart.Length));
            length += owner.Length + fixedPart.Length + record.Length;
        }

        ArrayPool<byte>.Shared.Return(records);
        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }

        return new SignedOctets(buffer, length);
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // RFC 4035 §5.3.2: the owner, or "*." before its last `labels` labels when it has more.
    private static int WriteOwner(ReadOnlySpan<byte> owner, int labels, Span<byte> destination)
    {
        int surplus = NameOctets.CountLabels(owner) - labels;
        if (surplus <= 0)
        {
            NameOctets.ToCanonical(owner, destination);
            return owner.Length;
        }

        ReadOnlySpan<byte> encloser = NameOctets.Skip(owner, surplus);
        destination[0] = 1;
        destination[1] = (byte)'*';
        NameOctets.ToCanonical(encloser, destination[2..]);
        return 2 + encloser.Length;
    }

    // Records with their length before them, names folded where the type's canonical form asks for it.
    private static int CopyCanonical(RRset set, byte[] records, Span<int> starts)
    {
        RdataNames names = RdataNames.Of(set.Type);
        int at = 0;
        int index = 0;
        foreach (ReadOnlySpan<byte> rdata in set.Records)
        {
            starts[index++] = at;
            BinaryPrimitives.WriteUInt16BigEndian(records.AsSpan(at), (ushort)rdata.Length);
            Span<byte> copy = records.AsSpan(at + 2, rdata.Length);
            rdata.CopyTo(copy);
            if (names.Folds)
            {
                FoldNames(names, copy);
            }

            at += 2 + rdata.Length;
        }

        return at;
    }

    private static void FoldNames(RdataNames names, Span<byte> rdata)
    {
        int at = RdataExpander.LeadLength(rdata, names);
        for (int i = 0; i < names.Names && at >= 0 && at < rdata.Length; i++)
        {
            int length = NameOctets.Measure(rdata[at..]);
            if (length < 0)
            {
                return;
            }

            NameOctets.ToCanonical(rdata.Slice(at, length), rdata[at..]);
            at += length;
        }
    }

    // RFC 4034 §6.3: by RDATA as octets from the left, a missing octet before any.
    private static void Sort(byte[] records, Span<int> starts)
    {
        if (starts.Length > FewRecords)
        {
            starts.Sort(new ByContent(records));
            return;
        }

        for (int i = 1; i < starts.Length; i++)
        {
            int moving = starts[i];
            int to = i;
            for (; to > 0 && Compare(records, starts[to - 1], moving) > 0; to--)
            {
                starts[to] = starts[to - 1];
            }

            starts[to] = moving;
        }
    }

    private static int Compare(byte[] records, int left, int right) =>
        Record(records, left)[2..].SequenceCompareTo(Record(records, right)[2..]);

    private static ReadOnlySpan<byte> Record(byte[] records, int start) =>
        records.AsSpan(start, 2 + BinaryPrimitives.ReadUInt16BigEndian(records.AsSpan(start)));

    private sealed class ByContent(byte[] records) : IComparer<int>
    {
        public int Compare(int x, int y) => SignedOctets.Compare(records, x, y);
    }
}
