// Where answers lie: slots (AnswerSlabs) found by hash (AnswerIndex). Readers look without a lock; writers
// take the one lock of the table, and write into a slot under its sequence number, so that nobody ever uses
// half an answer.
using System.Threading;

namespace Resolver.Engine;

/// <summary>The table of whole answers.</summary>
internal sealed class AnswerTable
{
    private readonly AnswerIndex _index;
    private readonly AnswerSlabs _slabs;
    private readonly Lock _gate = new();

    /// <summary>A table within so many octets.</summary>
    public AnswerTable(long budget)
    {
        _index = new AnswerIndex(budget / AnswerSlabs.MinSlotSize);
        _slabs = new AnswerSlabs(budget - _index.Size, _index);
    }

    /// <summary>Count of answers, dead ones included.</summary>
    public long Count => _slabs.Count;

    /// <summary>Answers that had to go for others.</summary>
    public long Evictions => _slabs.Evictions;

    /// <summary>Octets of memory taken so far.</summary>
    public long Bytes => _slabs.Bytes + _index.Size;

    /// <summary>
    /// The slot that one of the <see cref="AnswerIndex.Ways"/> of a hash's bucket points to, when it may be
    /// meant. What lies in it is for the reader to judge.
    /// </summary>
    public bool TryFind(ulong hash, int way, out AnswerSlot slot)
    {
        uint location = _index.Match(_index.BucketOf(hash) + way, hash);
        if (location != 0)
        {
            return _slabs.TryLocate(location, out slot);
        }

        slot = default;
        return false;
    }

    /// <summary>
    /// Puts an answer in the place of an older one of the same hash, or in a free slot, or in one whose
    /// answer has to go. False when there is no slot of its size.
    /// </summary>
    public bool Put(in AnswerSlotHeader header, in AnswerContent content)
    {
        int size = AnswerSlot.SizeOf(header.MessageLength, header.PartCount, header.TtlCount);
        lock (_gate)
        {
            // The slot first: making room may empty words of the bucket, and must not empty the word chosen.
            int place = FindSame(header.Hash);
            uint location = place < 0 ? 0 : Reuse(place, size);
            location = location != 0 ? location : _slabs.Take(size, header.StoredAt, header.Generation);
            if (location == 0)
            {
                return false;
            }

            place = place >= 0 ? place : FindPlace(header.Hash);
            AnswerSlot slot = _slabs.SlotAt(location);
            _slabs.Count += slot.Header.IndexPlace == 0 ? 1 : 0;
            Fill(slot, header with { IndexPlace = (uint)place + 1 }, content);
            _index.Set(place, header.Hash, location);
            return true;
        }
    }

    // An equal hash is an equal question: its old answer goes. Should it ever not be, an answer is lost.
    private int FindSame(ulong hash)
    {
        int bucket = _index.BucketOf(hash);
        for (int place = bucket; place < bucket + AnswerIndex.Ways; place++)
        {
            // Half of the hash stands in the word: the slots of others are not touched.
            uint location = _index.Match(place, hash);
            if (location != 0 && _slabs.HeaderAt(location).Hash == hash)
            {
                return place;
            }
        }

        return -1;
    }

    private uint Reuse(int place, int size)
    {
        uint location = _index.Location(place);
        if (_slabs.IsFit(location, size))
        {
            return location;
        }

        _slabs.Release(location);
        return 0;
    }

    // An empty word; the slots of all others are not touched. When there is none, although there may be
    // slots, the coldest answer of the bucket goes, and the others cool down.
    private int FindPlace(ulong hash)
    {
        int bucket = _index.BucketOf(hash);
        for (int place = bucket; place < bucket + AnswerIndex.Ways; place++)
        {
            if (_index.Location(place) == 0)
            {
                return place;
            }
        }

        int coldest = bucket;
        byte least = byte.MaxValue;
        for (int place = bucket; place < bucket + AnswerIndex.Ways; place++)
        {
            ref AnswerSlotHeader header = ref _slabs.HeaderAt(_index.Location(place));
            if (header.Heat < least)
            {
                least = header.Heat;
                coldest = place;
            }

            header.Heat -= header.Heat > 0 ? (byte)1 : (byte)0;
        }

        _slabs.Release(_index.Location(coldest));
        _slabs.Evictions++;
        return coldest;
    }

    private static void Fill(AnswerSlot slot, in AnswerSlotHeader header, in AnswerContent content)
    {
        ref AnswerSlotHeader live = ref slot.Header;
        uint sequence = live.Sequence;
        Volatile.Write(ref live.Sequence, sequence + 1);
        Volatile.WriteBarrier();
        live = header with { Sequence = sequence + 1 };
        content.Parts.CopyTo(slot.Parts(header.PartCount));
        content.TtlOffsets.CopyTo(slot.TtlOffsets(header.PartCount, header.TtlCount));
        content.Message.CopyTo(slot.Message(header.PartCount, header.TtlCount, header.MessageLength));
        Volatile.Write(ref live.Sequence, sequence + 2);
    }
}
