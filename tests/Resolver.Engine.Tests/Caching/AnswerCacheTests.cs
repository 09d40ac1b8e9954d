// Whole answers: what keeps them apart, what ends them, what the copy holds.
using System;
using System.Collections.Immutable;
using Resolver.Wire;
using Xunit;
using static Resolver.Engine.Tests.CacheSamples;

namespace Resolver.Engine.Tests;

public sealed class AnswerCacheTests : IDisposable
{
    private readonly ResolverCaches _caches = NewCaches();
    private readonly byte[] _copy = new byte[4096];

    public void Dispose() => _caches.Dispose();

    [Fact]
    public void A_stored_answer_comes_back_octet_for_octet()
    {
        CachedRRset part = Part("www.example.com", 1, 300);
        ImmutableArray<byte> message = Answer(part, 0);
        Assert.True(_caches.StoreAnswer(part, 0));

        Assert.True(TryCopy("WWW.example.COM", 0, out AnswerHit hit));
        Assert.Equal(message.AsSpan(), _copy.AsSpan(0, hit.Length));
        Assert.Equal(300 * Second, hit.ExpiresAt);
        Assert.False(hit.IsAuthenticData);
        Assert.Equal(1, _caches.Answers.Hits);
    }

    [Fact]
    public void Every_ttl_counts_down_by_whole_seconds()
    {
        CachedRRset part = _caches.RRsets.Store(
            Address("a.test", 300, 1, 2, 3), DataRank.AnswerAuth, SecurityStatus.Unchecked, 0);
        _ = _caches.StoreAnswer(part, 0);

        Assert.True(TryCopy("a.test", (10 * Second) + 5, out AnswerHit hit));
        Assert.True(MessageReader.TryCreate(_copy.AsSpan(0, hit.Length), out MessageReader reader));
        byte[] name = new byte[255];
        Assert.True(reader.TryReadQuestion(name, out _, out _));
        for (int i = 0; i < 3; i++)
        {
            Assert.True(reader.TryReadRecord(out RecordView record, out _));
            Assert.Equal(290u, record.Ttl);
        }
    }

    [Fact]
    public void An_answer_ends_with_its_shortest_lived_part()
    {
        CachedRRset shorter = Part("a.test", 1, 100);
        CachedRRset longer = Part("b.test", 1, 300);
        _ = _caches.Answers.Store(
            _caches.Answers.Key(Name("a.test")), Answer(shorter, 0).AsSpan(), [longer, shorter], 0);

        Assert.True(_caches.HasAnswer("a.test", (100 * Second) - 1));
        Assert.False(_caches.HasAnswer("a.test", 100 * Second));
    }

    [Fact]
    public void Flags_view_type_and_class_keep_answers_apart()
    {
        CachedRRset part = Part("a.test", 1, 300);
        _ = _caches.StoreAnswer(part, 0);
        byte[] name = Name("a.test");

        foreach (AnswerFlags flags in (AnswerFlags[])
            [AnswerFlags.None, AnswerFlags.RecursionDesired | AnswerFlags.DnssecOk,
            AnswerFlags.RecursionDesired | AnswerFlags.CheckingDisabled])
        {
            Assert.False(Has(new QuestionName(name, RRType.A, RRClass.IN), flags, default));
        }

        AnswerFlags stored = AnswerFlags.RecursionDesired;
        Assert.False(Has(new QuestionName(name, RRType.A, RRClass.IN), stored, new ViewId(1)));
        Assert.False(Has(new QuestionName(name, RRType.Aaaa, RRClass.IN), stored, default));
        Assert.False(Has(new QuestionName(name, RRType.A, RRClass.CH), stored, default));
        Assert.True(Has(new QuestionName(name, RRType.A, RRClass.IN), stored, default));
    }

    [Fact]
    public void The_key_of_a_query_is_the_key_of_its_question_and_flags()
    {
        CachedRRset part = Part("a.test", 1, 300);
        _ = _caches.StoreAnswer(part, 0);
        byte[] query = new byte[64];
        MessageWriter writer = new(query);
        _ = writer.TryWriteQuestion(Name("A.TEST"), RRType.A, RRClass.IN);
        int length = writer.Finish(
            7, MessageHeader.MakeWord(HeaderFlags.RecursionDesired, Opcode.Query, new Rcode(0)));
        byte[] name = new byte[255];
        Assert.Equal(QueryVerdict.Ok, QueryView.TryRead(query.AsSpan(0, length), name, out QueryView view));

        Assert.True(_caches.Answers.TryCopy(_caches.Answers.KeyOf(name, view, default), 0, _copy, out _));
    }

    [Fact]
    public void Data_replaced_by_other_data_kills_its_answers()
    {
        CachedRRset part = Part("a.test", 1, 300);
        _ = _caches.StoreAnswer(part, 0);

        CachedRRset newer = Part("a.test", 2, 300);

        Assert.False(_caches.HasAnswer("a.test", 0));
        Assert.False(_caches.StoreAnswer(part, 0));
        Assert.True(_caches.StoreAnswer(newer, 0));
        Assert.True(_caches.HasAnswer("a.test", 0));
    }

    [Fact]
    public void Data_replaced_by_the_same_data_keeps_its_answers()
    {
        _ = _caches.StoreAnswer(Part("a.test", 1, 300), 0);
        _ = Part("a.test", 1, 600);

        Assert.True(_caches.HasAnswer("a.test", 0));
    }

    [Fact]
    public void A_better_security_status_kills_answers_made_before()
    {
        _ = _caches.StoreAnswer(Part("a.test", 1, 300), 0);
        _ = _caches.RRsets.Store(Address("a.test", 300, 1), DataRank.AnswerAuth, SecurityStatus.Secure, 0);

        Assert.False(_caches.HasAnswer("a.test", 0));
    }

    [Fact]
    public void Data_that_turns_up_kills_answers_made_of_its_denial()
    {
        DenialEvidence evidence = new(Soa("test", 900, 300), null, SecurityStatus.Unchecked);
        CachedDenial denial = _caches.StoreDenial("a.test", DenialKind.NoData, evidence);
        using ResolverCaches others = NewCaches();
        CachedRRset other = others.StoreAddress("a.test", 1, (300, DataRank.AnswerAuth, 0));
        Assert.True(_caches.Answers.Store(
            _caches.Answers.Key(Name("a.test")), Answer(other, 0).AsSpan(), [denial], 0));

        _ = Part("a.test", 1, 300);

        Assert.False(_caches.HasAnswer("a.test", 0));
    }

    [Fact]
    public void New_names_kill_no_answer()
    {
        _ = _caches.StoreAnswer(Part("a.test", 1, 300), 0);
        for (int i = 0; i < 10000; i++)
        {
            _ = Part($"n{i}.test", 1, 300);
        }

        Assert.True(_caches.HasAnswer("a.test", 0));
    }

    [Fact]
    public void A_new_generation_kills_all_answers_and_so_does_a_flush()
    {
        CachedRRset part = Part("a.test", 1, 300);
        _ = _caches.StoreAnswer(part, 0);
        _caches.StartGeneration();
        Assert.False(_caches.HasAnswer("a.test", 0));

        _ = _caches.StoreAnswer(part, 0);
        Assert.True(_caches.HasAnswer("a.test", 0));
        _caches.Flush(DomainName.Parse("other.test"));
        Assert.False(_caches.HasAnswer("a.test", 0));
        Assert.Equal(2u, _caches.Generation);
    }

    [Fact]
    public void An_answer_that_does_not_fit_the_destination_is_a_miss()
    {
        CachedRRset part = Part("a.test", 1, 300);
        _ = _caches.StoreAnswer(part, 0);
        int length = Answer(part, 0).Length;
        AnswerKey key = _caches.Answers.Key(Name("a.test"));

        Assert.False(_caches.Answers.TryCopy(key, 0, new byte[length - 1], out _));
        Assert.True(_caches.Answers.TryCopy(key, 0, new byte[length], out _));
    }

    [Fact]
    public void What_is_no_whole_answer_to_the_key_is_not_kept()
    {
        CachedRRset part = Part("a.test", 1, 300);
        ImmutableArray<byte> message = Answer(part, 0);
        byte[] withOpt = new byte[message.Length + OptFields.Overhead];
        message.CopyTo(withOpt);
        withOpt[^9] = (byte)RRType.Opt.Value;
        withOpt[11] = 1;

        Assert.False(Keep("b.test", message.AsSpan()));
        Assert.False(Keep("a.test", message.AsSpan(0, message.Length - 1)));
        Assert.False(Keep("a.test", withOpt));
        Assert.False(Keep("a.test", new byte[5000]));
        Assert.False(_caches.Answers.Store(_caches.Answers.Key(Name("a.test")), message.AsSpan(), [], 0));
        Assert.True(Keep("a.test", message.AsSpan()));

        bool Keep(string name, ReadOnlySpan<byte> octets) =>
            _caches.Answers.Store(_caches.Answers.Key(Name(name)), octets, [part], 0);
    }

    [Fact]
    public void A_popular_answer_near_its_end_is_due_for_prefetch_to_one_hit()
    {
        _ = _caches.StoreAnswer(Part("a.test", 1, 100), 0);

        Assert.False(IsDue(89 * Second));
        Assert.False(IsDue(90 * Second));
        Assert.True(IsDue(90 * Second));
        Assert.False(IsDue(99 * Second));
    }

    [Fact]
    public void Window_and_hits_of_prefetch_are_what_the_limits_say()
    {
        using ResolverCaches caches = NewCaches(
            limits: new ResolverLimits { PrefetchWindowPercent = 50, PrefetchMinHits = 1 });
        _ = caches.StoreAnswer(caches.StoreAddress("a.test", 1, (100, DataRank.AnswerAuth, 0)), 0);
        AnswerKey key = caches.Answers.Key(Name("a.test"));

        Assert.True(caches.Answers.TryCopy(key, (50 * Second) - 1, _copy, out AnswerHit before));
        Assert.True(caches.Answers.TryCopy(key, 50 * Second, _copy, out AnswerHit within));
        Assert.False(before.IsDueForPrefetch);
        Assert.True(within.IsDueForPrefetch);
    }

    [Fact]
    public void An_unpopular_answer_is_not_due_for_prefetch()
    {
        _ = _caches.StoreAnswer(Part("a.test", 1, 100), 0);

        Assert.False(IsDue(95 * Second));
        Assert.False(IsDue(96 * Second));
    }

    [Fact]
    public void A_newer_answer_takes_the_place_of_an_older_one_of_any_size()
    {
        _ = _caches.StoreAnswer(Part("a.test", 1, 300), 0);
        CachedRRset larger = _caches.RRsets.Store(
            Address("a.test", 300, [.. ManyOctets(60)]), DataRank.AnswerAuth, SecurityStatus.Unchecked, 0);
        _ = _caches.StoreAnswer(larger, 0);

        Assert.True(TryCopy("a.test", 0, out AnswerHit hit));
        Assert.Equal(Answer(larger, 0).Length, hit.Length);
        Assert.Equal(1, _caches.Answers.Count);
    }

    [Fact]
    public void Memory_is_taken_as_it_is_needed_and_never_beyond_the_share()
    {
        using ResolverCaches caches = NewCaches(new CacheOptions { Size = 64L << 20 });
        CachedRRset part = caches.StoreAddress("a.test", 1, (300, DataRank.AnswerAuth, 0));
        Assert.Equal(0, caches.Answers.Bytes);
        _ = caches.StoreAnswer(part, 0);
        long index = caches.Answers.Bytes - AnswerChunk.Size;
        Assert.InRange(index, 1, 2 << 20);

        _ = caches.StoreAnswer(caches.StoreAddress("b.test", 1, (300, DataRank.AnswerAuth, 0)), 0);
        Assert.Equal(index + AnswerChunk.Size, caches.Answers.Bytes);
    }

    private static byte[] ManyOctets(int count)
    {
        byte[] octets = new byte[count];
        for (int i = 0; i < count; i++)
        {
            octets[i] = (byte)i;
        }

        return octets;
    }

    private CachedRRset Part(string owner, byte last, uint ttl) =>
        _caches.StoreAddress(owner, last, (ttl, DataRank.AnswerAuth, 0));

    private bool TryCopy(string name, long now, out AnswerHit hit) =>
        _caches.Answers.TryCopy(_caches.Answers.Key(Name(name)), now, _copy, out hit);

    private bool IsDue(long now)
    {
        Assert.True(TryCopy("a.test", now, out AnswerHit hit));
        return hit.IsDueForPrefetch;
    }

    private bool Has(QuestionName question, AnswerFlags flags, ViewId view) =>
        _caches.Answers.TryCopy(_caches.Answers.KeyOf(question, flags, view), 0, _copy, out _);
}
