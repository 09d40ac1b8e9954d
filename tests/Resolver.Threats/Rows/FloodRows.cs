// Rows 18, 31, 32 and 41: many queries at once, from outside.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>The rows.</summary>
internal static class FloodRows
{
    /// <summary>Thousands of random names, so that the whole exam stays within a minute or two.</summary>
    public const int FewThousands = 60;

    private const string Good = "198.18.32.80";
    private const string Attacker = "127.0.0.66";
    private const int CacheMebibytes = 16;
    private const int PulseCap = 1000;
    private const int DeafPeers = 200;
    private const int SlackMebibytes = 64;

    // What max-tcp-unread-octets says, a message and a half for each, and the slack of row 31.
    private const int DeafMebibytes = 16 + (DeafPeers * 96 / 1024) + SlackMebibytes;

    public static IReadOnlyList<Row> All { get; } =
    [
        new(18, "10,000 queries of one address for one slow name, released at once",
            $"<= {PulseCap} replies in 10 ms", BombAsync),
        new(31, "random names against a hot set (--names 10000: ten million)", "RSS <= 84 MiB, hits >= 90 %",
            RandomNamesAsync)
        {
            Settings = new SubjectSettings
            {
                Set = [$"cache.size={CacheMebibytes}MiB"],
                UnboundServer = ["msg-cache-size: 8m", "rrset-cache-size: 8m"],
            },
        },
        new(32,
            "5,000 queries to a dead zone beside 100 good clients", "all answered, p99 < 50 ms", SlotsAsync),
        new(32,
            "200 TCP peers that never read", $"others are answered, RSS + < {DeafMebibytes} MiB", DeafAsync),
        new(41, "2,000 questions with 128 open files; faults inside: SimulationTests, WatchdogTests",
            "alive, answers after", FewFilesAsync)
        {
            Settings = new SubjectSettings { OpenFiles = 128 },
        },
    ];

    private static async Task<Finding> BombAsync(Examination exam)
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        exam.World.Zone("bomb.lab.", "198.18.18.1", async exchange =>
        {
            await (exchange.Query.Name == "www.bomb.lab." ? release.Task : Task.CompletedTask);
            await Scripts.EveryName("bomb.lab.", Good)(exchange);
        });
        _ = await exam.AddressOfAsync("first.bomb.lab.");
        using StubClient attacker = new(Attacker);
        attacker.Arrivals = new ConcurrentQueue<long>();
        for (int i = 0; i < 10000; i++)
        {
            Message query = Message.Query("www.bomb.lab.", Types.A);
            query.Id = (ushort)i;
            await attacker.SendAsync(MessageCodec.Encode(query));
            if (i % 200 == 0)
            {
                await Task.Delay(5);
            }
        }

        await Task.Delay(500);
        long[] before = [.. attacker.Arrivals];
        release.SetResult();
        await Task.Delay(3000);
        long[] after = [.. attacker.Arrivals.Skip(before.Length)];
        int most = MostWithin(after, Stopwatch.Frequency / 100);
        return new Finding(
            most <= PulseCap, $"{most} in 10 ms, {after.Length} in all, {before.Length} before");
    }

    private static int MostWithin(long[] arrivals, long window)
    {
        int most = 0;
        int first = 0;
        for (int last = 0; last < arrivals.Length; last++)
        {
            while (arrivals[last] - arrivals[first] > window)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    private static async Task<Finding> RandomNamesAsync(Examination exam)
    {
        exam.World.Zone("rnd.lab.", "198.18.31.1", Scripts.EveryName("rnd.lab.", Good));
        exam.World.Zone("hot.lab.", "198.18.31.2", Scripts.EveryName("hot.lab.", Good));
        string[] hot = [.. Enumerable.Range(0, 200).Select(static i => $"h{i}.hot.lab.")];
        _ = await exam.AskManyAsync(hot, 20);
        int asked = 0;
        for (int round = 0; round < exam.Thousands; round++)
        {
            int number = round;
            _ = await exam.AskManyAsync(Enumerable.Range(0, 1000).Select(i => $"r{number}x{i}.rnd.lab."), 48);
            asked += await exam.AskManyAsync(hot, 20);
        }

        int missed = exam.World.CountBelow("hot.lab.") - hot.Length;
        double hits = 100.0 * (asked - missed) / asked;
        long memory = exam.Subject.Memory >> 20;
        return new Finding(
            hits >= 90 && memory <= (CacheMebibytes * 5 / 4) + SlackMebibytes,
            string.Create(
                CultureInfo.InvariantCulture, $"{exam.Thousands},000 names, {memory} MiB, {hits:F1} % hits"));
    }

    private static async Task<Finding> SlotsAsync(Examination exam)
    {
        exam.World.Delegate(
            "dead.lab.", [Record.NS("dead.lab.", "ns.dead.lab.")], Record.A("ns.dead.lab.", "198.18.32.1"));
        exam.World.Zone("good.lab.", "198.18.32.2", Scripts.EveryName("good.lab.", Good));
        _ = await exam.AddressOfAsync("first.good.lab.");
        StubClient[] clients =
            [.. Enumerable.Range(1, 100).Select(static i => new StubClient($"127.0.1.{i}"))];
        double best = double.MaxValue;
        int answered = 0;
        using StubClient attacker = new(Attacker);
        for (int round = 0; round < 3 && best >= 50; round++)
        {
            for (int i = 0; i < 5000; i++)
            {
                await attacker.SendAsync(
                    MessageCodec.Encode(Message.Query($"d{round}x{i}.dead.lab.", Types.A)));
                if (i % 100 == 0)
                {
                    await Task.Delay(2);
                }
            }

            List<StubReply?> replies = [];
            foreach (StubClient client in clients)
            {
                replies.Add(await client.AskAsync($"g{round}x{replies.Count}.good.lab."));
            }

            answered = replies.Count(static r => r is { } reply && reply.Message.Addresses.Any());
            double p99 =
                replies.Select(static r => r?.Elapsed.TotalMilliseconds ?? 6000).Order().ElementAt(98);
            best = Math.Min(best, p99);
        }

        Array.ForEach(clients, static c => c.Dispose());
        return new Finding(answered == 100 && best < 50, string.Create(
            CultureInfo.InvariantCulture, $"{answered} answered, p99 {best:F1} ms"));
    }

    private static async Task<Finding> DeafAsync(Examination exam)
    {
        exam.World.Zone("deaf.lab.", "198.18.32.3", Scripts.Honest(
            "deaf.lab.",
            [
                .. Enumerable.Range(0, 80)
                    .Select(static i => Record.Txt("big.deaf.lab.", new string('x', 240) + i)),
                Record.A("www.deaf.lab.", Good),
            ]));
        _ = await StreamClient.AskAsync("big.deaf.lab.", Types.Txt);
        long before = exam.Subject.Memory;
        TcpClient[] deaf = await Task.WhenAll(
            Enumerable.Range(0, DeafPeers)
                .Select(static _ =>
                    StreamClient.ConnectDeafAsync(Attacker, "big.deaf.lab.", Types.Txt, 2000)));
        StubReply? byTcp = await StreamClient.AskAsync("www.deaf.lab.", Types.A);
        string byUdp = await exam.AddressOfAsync("www.deaf.lab.");
        long grown = (exam.Subject.Memory - before) >> 20;
        Array.ForEach(deaf, static c => c.Dispose());
        bool isAnswered = byTcp?.Message.Addresses.Contains(Good) == true && byUdp == Good;
        return new Finding(
            isAnswered && grown < DeafMebibytes,
            $"{(isAnswered ? "answered" : "not answered")}, RSS + {grown} MiB");
    }

    private static async Task<Finding> FewFilesAsync(Examination exam)
    {
        exam.World.Zone("few.lab.", "198.18.41.1", async exchange =>
        {
            await Task.Delay(exchange.Query.Name.StartsWith('f') ? 300 : 0);
            await Scripts.EveryName("few.lab.", Good)(exchange);
        });
        _ = await exam.AddressOfAsync("www.few.lab.");
        int answered =
            await exam.AskManyAsync(Enumerable.Range(0, 2000).Select(static i => $"f{i}.few.lab."), 2000);
        await Task.Delay(1000);
        string answer = await exam.AddressOfAsync("after.few.lab.");
        return new Finding(answer == Good, $"{answered} answered, after: {answer}");
    }
}
