// Step 4 of the life of a query: whole answers as octets, copied out ready but for ID, flags, case and OPT.
// Answers lie in slots of preallocated memory (AnswerSlabs) that are found by a keyed hash (AnswerIndex) and
// compared in full. A reader never waits: it copies, then looks whether the slot was written to meanwhile
// (AnswerSlot), and in that case has a miss. Writers take one lock. An answer dies when its shortest-lived
// part ends, when a part is displaced (ReplacementEpochs), and with its generation (reload, flush, a new
// negative trust anchor).
using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Whole answers. Thread-safe; readers never wait and allocate nothing.</summary>
internal sealed class AnswerCache
{
    /// <summary>The most parts an answer may have: an alias chain at its longest, twice over.</summary>
    public const int MaxParts = 24;

    // On the stack: an answer of more records is not kept whole, and made of its RRsets each time.
    private const int MaxTtls = 256;

    private readonly ReplacementEpochs _epochs;
    private readonly AnswerSecrets _secrets;
    private readonly ResolverLimits _limits;
    private readonly byte _prefetchHits;
    private readonly long _budget;
    private readonly Lock _gate = new();
    private readonly StripedCounter _hits = new();
    private readonly StripedCounter _misses = new();

    // Made with the first answer: its megabytes would have the runtime collect while the program starts.
    private AnswerTable? _table;
    private uint _generation;

    internal AnswerCache(
        long budget, ReplacementEpochs epochs, in AnswerSecrets secrets, ResolverLimits limits)
    {
        _epochs = epochs;
        _secrets = secrets;
        _limits = limits;
        _prefetchHits = (byte)limits.PrefetchMinHits;
        _budget = budget;
    }

    /// <summary>Look-ups that copied an answer.</summary>
    public long Hits => _hits.Read();

    /// <summary>Look-ups that did not.</summary>
    public long Misses => _misses.Read();

    /// <summary>
    /// Says that what was missed here was answered from the other stores, with nobody asked: a hit after all.
    /// </summary>
    public void CountAsHit()
    {
        _misses.Decrement();
        _hits.Increment();
    }

    /// <summary>Count of answers, dead ones included.</summary>
    public long Count => Volatile.Read(ref _table)?.Count ?? 0;

    /// <summary>Answers that had to go for others.</summary>
    public long Evictions => Volatile.Read(ref _table)?.Evictions ?? 0;

    /// <summary>Octets of memory taken so far.</summary>
    public long Bytes => Volatile.Read(ref _table)?.Bytes ?? 0;

    /// <summary>Which answers are alive: those stored in this generation.</summary>
    public uint Generation => Volatile.Read(ref _generation);

    /// <summary>Kills all answers.</summary>
    public void StartGeneration() => Interlocked.Increment(ref _generation);

    /// <summary>The key of a client's query, its name as read beside it.</summary>
    public AnswerKey KeyOf(ReadOnlySpan<byte> name, in QueryView query, ViewId view)
    {
        AnswerFlags flags = query.DnssecOk ? AnswerFlags.DnssecOk : AnswerFlags.None;
        flags |= query.Header.Has(HeaderFlags.RecursionDesired) ? AnswerFlags.RecursionDesired : 0;
        flags |= query.Header.Has(HeaderFlags.CheckingDisabled) ? AnswerFlags.CheckingDisabled : 0;
        return KeyOf(new QuestionName(name[..query.NameLength], query.Type, query.Class), flags, view);
    }

    /// <summary>The key of a question. The name must outlive the key.</summary>
    public AnswerKey KeyOf(QuestionName question, AnswerFlags flags, ViewId view)
    {
        uint variant = (uint)flags | ((uint)view.Value << 8);
        ulong rest = ((ulong)question.Type.Value << 48) | ((ulong)question.Class.Value << 32) | variant;
        ulong high = Math.BigMul(
            NameOctets.Hash(question.Name, _secrets.OfName) ^ rest, _secrets.OfRest | 1, out ulong low);
        return new AnswerKey(question, variant, high ^ low);
    }

    /// <summary>
    /// Copies the stored answer of a question, TTLs counted down, to <paramref name="destination"/>. False
    /// when there is none, or none that fits; the destination may then hold anything.
    /// </summary>
    public bool TryCopy(in AnswerKey key, long now, Span<byte> destination, out AnswerHit hit)
    {
        AnswerTable? table = Volatile.Read(ref _table);
        for (int way = 0; table is not null && way < AnswerIndex.Ways; way++)
        {
            if (table.TryFind(key.Hash, way, out AnswerSlot slot)
                && TryCopy(slot, key, now, destination, out hit))
            {
                _hits.Increment();
                return true;
            }
        }

        _misses.Increment();
        hit = default;
        return false;
    }

    /// <summary>
    /// Stores an answer: a whole message without OPT, with one question, made of <paramref name="parts"/>
    /// (cached RRsets and denials) and of nothing else, its TTLs as of <paramref name="now"/>. It lives as
    /// long as the shortest-lived part, and dies when one of them is displaced. False when it is not kept:
    /// too large, too many parts, a part displaced meanwhile, or a message of another shape.
    /// </summary>
    public bool Store(
        in AnswerKey key, ReadOnlySpan<byte> message, ReadOnlySpan<CacheEntry> parts, long now)
    {
        uint generation = Generation;
        Span<AnswerPart> epochs = stackalloc AnswerPart[MaxParts];
        Span<ushort> offsets = stackalloc ushort[MaxTtls];
        if (!TryTakeParts(parts, epochs, out CacheEntry? shortest)
            || shortest.IsExpired(now)
            || !AnswerShape.TryFindTtls(key, message, offsets, out int ttls))
        {
            return false;
        }

        int size = AnswerSlot.SizeOf(message.Length, parts.Length, ttls);
        if (size > AnswerSlabs.MaxSlotSize)
        {
            return false;
        }

        AnswerSlotHeader header = new()
        {
            Hash = key.Hash,
            StoredAt = now,
            ExpiresAt = shortest.ExpiresAt,
            DueAt = shortest.DueAt(_limits),
            Generation = generation,
            Variant = key.Variant,
            MessageLength = (ushort)message.Length,
            TtlCount = (ushort)ttls,
            PartCount = (byte)parts.Length,
        };
        AnswerTable table = Volatile.Read(ref _table) ?? MakeTable();
        return table.Put(header, new AnswerContent(message, epochs[..parts.Length], offsets[..ttls]));
    }

    private AnswerTable MakeTable()
    {
        lock (_gate)
        {
            return _table ??= new AnswerTable(_budget);
        }
    }

    private bool TryCopy(
        AnswerSlot slot, in AnswerKey key, long now, Span<byte> destination, out AnswerHit hit)
    {
        ref AnswerSlotHeader live = ref slot.Header;
        uint sequence = Volatile.Read(ref live.Sequence);
        AnswerSlotHeader header = live;
        hit = default;
        if ((sequence & 1) != 0
            || header.Hash != key.Hash
            || header.Variant != key.Variant
            || header.Generation != Generation
            || header.ExpiresAt <= now
            || header.MessageLength > destination.Length
            || !slot.Holds(header))
        {
            return false;
        }

        ReadOnlySpan<byte> message = slot.Message(header.PartCount, header.TtlCount, header.MessageLength);
        if (!AnswerShape.IsAnswerTo(key, message) || !AreCurrent(slot.Parts(header.PartCount)))
        {
            return false;
        }

        message.CopyTo(destination);
        uint elapsed = (uint)((now - header.StoredAt) / TimeSpan.TicksPerSecond);
        if (elapsed > 0)
        {
            CountDown(
                slot.TtlOffsets(header.PartCount, header.TtlCount), elapsed, destination[..message.Length]);
        }

        Volatile.ReadBarrier();
        if (Volatile.Read(ref live.Sequence) != sequence)
        {
            return false;
        }

        bool isDue = CountRead(ref live, header, now);
        hit = new AnswerHit(
            message.Length,
            new Rcode((ushort)(destination[3] & 0xF)),
            header.ExpiresAt,
            (destination[3] & (int)HeaderFlags.AuthenticData) != 0,
            isDue);
        return true;
    }

    private bool AreCurrent(ReadOnlySpan<AnswerPart> parts)
    {
        foreach (AnswerPart part in parts)
        {
            if (_epochs.Read(part.Hash) != part.Epoch)
            {
                return false;
            }
        }

        return true;
    }

    private static void CountDown(ReadOnlySpan<ushort> offsets, uint elapsed, Span<byte> message)
    {
        foreach (ushort offset in offsets)
        {
            // Not yet known to be whole: an offset read while somebody wrote may point anywhere.
            if (offset + sizeof(uint) <= message.Length)
            {
                Span<byte> field = message.Slice(offset, sizeof(uint));
                uint ttl = BinaryPrimitives.ReadUInt32BigEndian(field);
                BinaryPrimitives.WriteUInt32BigEndian(field, ttl > elapsed ? ttl - elapsed : 0);
            }
        }
    }

    // Without a lock: counts may be lost, or reach the slot's next tenant. Once saturated nothing is written
    // any more.
    private bool CountRead(ref AnswerSlotHeader live, in AnswerSlotHeader header, long now)
    {
        if (header.Heat < AnswerSlot.MaxHeat)
        {
            live.Heat = (byte)(header.Heat + 1);
        }

        byte hits = header.Hits;
        if (hits < _prefetchHits)
        {
            live.Hits = ++hits;
        }

        return hits == _prefetchHits
            && now >= header.DueAt
            && header.IsClaimed == 0
            && Interlocked.Exchange(ref live.IsClaimed, 1) == 0;
    }

    // The epoch is read before the entry is asked whether it is displaced; who displaces does both the other
    // way round.
    private bool TryTakeParts(
        ReadOnlySpan<CacheEntry> parts, Span<AnswerPart> epochs, [NotNullWhen(true)] out CacheEntry? shortest)
    {
        shortest = null;
        if (parts.Length > MaxParts)
        {
            return false;
        }

        for (int i = 0; i < parts.Length; i++)
        {
            uint epoch = _epochs.Read(parts[i].Hash);
            epochs[i] = new AnswerPart(parts[i].Hash, epoch);
            if (parts[i].IsDisplaced(epoch))
            {
                return false;
            }

            shortest = shortest is null || parts[i].ExpiresAt < shortest.ExpiresAt ? parts[i] : shortest;
        }

        return shortest is not null;
    }
}
