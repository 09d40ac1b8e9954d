// Threads against each other: sequence locks of answers, counts and bounds of the stores.
using System;
using System.Collections.Generic;
using System.Threading;
using Resolver.Wire;
using Xunit;
using static Resolver.Engine.Tests.CacheSamples;

namespace Resolver.Engine.Tests;

/// <summary>Writers and readers at once: what a reader gets was written as one piece.</summary>
public sealed class CacheConcurrencyTests(ITestOutputHelper output)
{
    private const int Names = 64;
    private const int Rounds = 60_000;

    [Fact]
    public void A_copied_answer_is_never_torn()
    {
        const int Seed = 3;
        using ResolverCaches caches = NewCaches(new CacheOptions { Size = 1L << 20 });
        CachedRRset part = caches.StoreAddress("part.test", 1, (3600, DataRank.AnswerAuth, 0));
        long copied = 0;
        List<Action> work = [];
        for (int writer = 0; writer < 2; writer++)
        {
            Random random = new(Seed + writer);
            work.Add(() => Write(caches, part, random));
        }

        for (int reader = 0; reader < 2; reader++)
        {
            Random random = new(Seed + 100 + reader);
            work.Add(() => Interlocked.Add(ref copied, Read(caches, random)));
        }

        RunAtOnce(work);
        output.WriteLine($"seed {Seed}: {copied} answers copied, none torn");
        Assert.True(copied > 0);
    }

    [Fact]
    public void Stores_keep_their_counts_and_bounds_under_writers_readers_and_flushes()
    {
        const int Seed = 9;
        CacheOptions options = new() { Size = 1L << 20 };
        using ResolverCaches caches = NewCaches(options);
        List<Action> work = [];
        for (int thread = 0; thread < 4; thread++)
        {
            Random random = new(Seed + thread);
            work.Add(() => Mix(caches, random));
        }

        RunAtOnce(work);
        output.WriteLine($"seed {Seed}: {caches.Entries} entries, {caches.Bytes} octets, "
            + $"{caches.Evictions} evictions");
        Assert.InRange(caches.Bytes, 1, options.Size);
        caches.Flush(DomainName.Root);
        Assert.Equal(0, caches.Entries);
        Assert.Equal(caches.Answers.Bytes, caches.Bytes);
    }

    [Fact]
    public void A_set_is_found_whole_while_it_moves_between_the_tiers()
    {
        const int Seed = 21;
        const int Owners = 500;
        using ResolverCaches caches = NewCaches(new CacheOptions { Size = 16L << 20 });
        long found = 0;
        List<Action> work = [];
        for (int thread = 0; thread < 4; thread++)
        {
            Random random = new(Seed + thread);
            work.Add(() => Interlocked.Add(ref found, StoreAndFind(caches, random, Owners)));
        }

        RunAtOnce(work);
        output.WriteLine($"seed {Seed}: {found} found, {caches.Entries} entries, {caches.Bytes} octets");
        Assert.True(found > Rounds / 10);
    }

    // Nothing is evicted, so whoever has stored a name finds it, whoever else replaces it or asks for it at
    // the same time. Each set repeats one number, and is as long as that says.
    private static long StoreAndFind(ResolverCaches caches, Random random, int owners)
    {
        RRsetBuilder builder = new();
        byte[] rdata = new byte[256];
        long found = 0;
        for (int i = 0; i < Rounds / 4; i++)
        {
            byte[] name = TestName(random.Next(owners));
            if (random.Next(50) == 0)
            {
                caches.Flush(DomainName.FromValidWire(name));
                continue;
            }

            if (caches.RRsets.TryGet(name, RRType.Txt, i, out CachedRRset? set))
            {
                found++;
                Assert.True(name.AsSpan().SequenceEqual(set.Set.Owner));
                Assert.Equal(set.Set.First[0], set.Set.First.Length - 1);
                Assert.True(set.Set.First.IndexOfAnyExcept(set.Set.First[0]) < 0);
            }

            byte number = (byte)random.Next(256);
            rdata.AsSpan(0, number + 1).Fill(number);
            builder.Begin(name, RRType.Txt, RRClass.IN);
            builder.Add(rdata.AsSpan(0, number + 1), 300);
            _ = caches.RRsets.Store(builder.Build(), DataRank.AnswerAuth, SecurityStatus.Unchecked, i);
        }

        return found;
    }

    // Each RDATA octet of an answer repeats one number: a torn copy would mix two.
    private static void Write(ResolverCaches caches, CachedRRset part, Random random)
    {
        byte[] message = new byte[1024];
        byte[] rdata = new byte[600];
        for (int i = 0; i < Rounds; i++)
        {
            byte[] name = TestName(random.Next(Names));
            int length = random.Next(1, rdata.Length);
            rdata.AsSpan(0, length).Fill((byte)random.Next(256));
            MessageWriter writer = new(message);
            _ = writer.TryWriteQuestion(name, RRType.A, RRClass.IN);
            RecordHeader header = new(name, RRType.A, RRClass.IN, 3600);
            _ = writer.TryWriteRecord(MessageSection.Answer, header, rdata.AsSpan(0, length));
            int written = writer.Finish(
                0, MessageHeader.MakeWord(HeaderFlags.Response, Opcode.Query, new Rcode(0)));
            _ = caches.Answers.Store(caches.Answers.Key(name), message.AsSpan(0, written), [part], 0);
        }
    }

    private static long Read(ResolverCaches caches, Random random)
    {
        byte[] copy = new byte[4096];
        long copied = 0;
        for (int i = 0; i < Rounds * 4; i++)
        {
            byte[] name = TestName(random.Next(Names));
            if (caches.Answers.TryCopy(caches.Answers.Key(name), 10 * Second, copy, out AnswerHit hit))
            {
                copied++;
                AssertWhole(name, copy.AsSpan(0, hit.Length));
            }
        }

        return copied;
    }

    private static void AssertWhole(ReadOnlySpan<byte> name, ReadOnlySpan<byte> message)
    {
        Span<byte> read = stackalloc byte[255];
        scoped MessageReader reader;
        Assert.True(MessageReader.TryCreate(message, out reader));
        Assert.True(reader.TryReadQuestion(read, out QuestionView question, out _));
        Assert.True(name.SequenceEqual(read[..question.NameLength]));
        Assert.True(reader.TryReadRecord(out RecordView record, out _));
        Assert.Equal(3590u, record.Ttl);
        ReadOnlySpan<byte> rdata = record.Rdata(message);
        Assert.True(rdata.IndexOfAnyExcept(rdata[0]) < 0);
        Assert.Equal(message.Length, reader.Position);
    }

    private static void Mix(ResolverCaches caches, Random random)
    {
        byte[] copy = new byte[4096];
        for (int i = 0; i < Rounds / 4; i++)
        {
            byte[] name = TestName(random.Next(10_000));
            RRsetBuilder builder = new();
            builder.Begin(name, RRType.A, RRClass.IN);
            builder.Add([192, 0, 2, (byte)random.Next(4)], 300);
            CachedRRset stored = caches.RRsets.Store(
                builder.Build(), (DataRank)random.Next(1, 6), SecurityStatus.Unchecked, i);
            Assert.Equal(RRType.A, stored.Set.Type);
            _ = caches.StoreAnswer(stored, i);
            _ = caches.Answers.TryCopy(caches.Answers.Key(name), i, copy, out _);
            if (random.Next(1000) == 0)
            {
                caches.Flush(DomainName.Parse("mix.test"));
            }
        }
    }

    private static byte[] TestName(int number) => Name($"n{number}.mix.test");

    private static void RunAtOnce(List<Action> work)
    {
        Exception? failure = null;
        List<Thread> threads = [];
        foreach (Action action in work)
        {
            Thread thread = new(() =>
            {
                try
                {
                    action();
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            });
            threads.Add(thread);
        }

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Null(failure);
    }
}
