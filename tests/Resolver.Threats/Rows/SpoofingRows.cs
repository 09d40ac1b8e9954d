// Rows 1-5 and 30: who guesses, forges, distorts or garbles replies gets nothing in.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>The rows.</summary>
internal static class SpoofingRows
{
    private const string Right = "198.18.1.80";
    private const string Wrong = "198.18.66.6";
    private const string Server = "198.18.1.1";
    private const int Queries = 10000;
    private const int FirstPort = 1024;

    public static IReadOnlyList<Row> All { get; } =
    [
        new(1, "source ports and IDs cannot be guessed", ">= 15 bits each", GuessAsync),
        new(1, "replies with a wrong ID change nothing", "right answer", e => ForgeAsync(e, WrongIds)),
        new(2, "ports and IDs: even, and those seen predict nothing", "every deviation < 4.5", PredictAsync),
        new(3, "port-unreachable while a query waits changes nothing; its port looks closed",
            "1 query, closed", IcmpAsync),
        new(4, "a 4 kB UDP reply is not believed", "right answer, by TCP", OversizeAsync),
        new(5, "a reply to another question is not believed",
            "right answers", e => ForgeAsync(e, WrongQuestion)),
        new(30, "malformed and forged datagrams end nothing and teach nothing",
            "right answer, <= 2 tries, EDNS kept", GarbageAsync),
    ];

    private static async Task<List<Exchange>> CollectAsync(Examination exam)
    {
        exam.World.Zone("rnd.lab.", Server, Scripts.EveryName("rnd.lab.", Right));
        _ = await exam.AddressOfAsync("first.rnd.lab.");
        int answered =
            await exam.AskManyAsync(Enumerable.Range(0, Queries).Select(static i => $"u{i}.rnd.lab."), 48);
        if (answered < Queries * 99 / 100)
        {
            throw new InvalidOperationException($"only {answered} of {Queries} answered");
        }

        return
        [
            .. exam.World.Seen.Where(static e => e.Server.ToString() == Server).OrderBy(static e => e.At),
        ];
    }

    private static async Task<Finding> GuessAsync(Examination exam)
    {
        List<Exchange> seen = await CollectAsync(exam);
        double ports = Entropy.Bits([.. seen.Select(static e => e.Client.Port)]);
        double ids = Entropy.Bits([.. seen.Select(static e => (int)e.Query.Id)]);
        return new Finding(
            ports >= 15 && ids >= 15,
            string.Create(CultureInfo.InvariantCulture, $"ports {ports:F1}, IDs {ids:F1} bits"));
    }

    private static async Task<Finding> PredictAsync(Examination exam)
    {
        List<Exchange> seen = await CollectAsync(exam);
        int[] ports = [.. seen.Select(static e => e.Client.Port)];
        int[] ids = [.. seen.Select(static e => (int)e.Query.Id)];
        int pool = ushort.MaxValue + 1 - FirstPort;
        double even = Math.Max(
            Entropy.Unevenness(ports, FirstPort, ushort.MaxValue, 64),
            Math.Max(
                Entropy.Unevenness(ids, 0, ushort.MaxValue, 256),
                Entropy.Unevenness([.. ids.Select(static i => i & 0xFF)], 0, 0xFF, 256)));
        double next = Math.Max(
            Entropy.Predictability(ports, pool), Entropy.Predictability(ids, ushort.MaxValue + 1));
        return new Finding(
            even < 4.5 && next < 4.5,
            string.Create(CultureInfo.InvariantCulture, $"chi-square {even:F1}, next value {next:F1}"));
    }

    // Wrong replies come at once, the right one later.
    private static async Task<Finding> ForgeAsync(Examination exam, Func<Exchange, IEnumerable<byte[]>> forge)
    {
        exam.World.Zone("forge.lab.", Server, async exchange =>
        {
            if (exchange.Query.Name == "forge.lab.")
            {
                await exchange.SendAsync(Scripts.Answer(exchange.Query, "forge.lab.", []));
                return;
            }

            if (!exchange.IsTcp && exchange.Query.Name == "www.forge.lab.")
            {
                foreach (byte[] octets in forge(exchange))
                {
                    await exchange.Send(octets);
                }

                await Task.Delay(60);
            }

            await Scripts.EveryName("forge.lab.", Right)(exchange);
        });
        string answer = await exam.AddressOfAsync("www.forge.lab.");
        string other = await exam.AddressOfAsync("other.forge.lab.");
        return new Finding(answer == Right && other == Right, $"{answer}, {other}");
    }

    private static IEnumerable<byte[]> WrongIds(Exchange exchange)
    {
        for (ushort i = 1; i <= 2; i++)
        {
            Message forged = exchange.Query.Reply().With(Record.A(exchange.Query.Name, Wrong));
            forged.Id = (ushort)(exchange.Query.Id + i);
            yield return MessageCodec.Encode(forged);
        }
    }

    private static IEnumerable<byte[]> WrongQuestion(Exchange exchange)
    {
        Message other = Message.Query("other.forge.lab.", Types.A);
        other.Id = exchange.Query.Id;
        yield return MessageCodec.Encode(other.Reply().With(Record.A("other.forge.lab.", Wrong)));
        Message otherType = Message.Query(exchange.Query.Name, Types.Txt);
        otherType.Id = exchange.Query.Id;
        yield return MessageCodec.Encode(otherType.Reply().With(Record.A(exchange.Query.Name, Wrong)));
    }

    private static async Task<Finding> IcmpAsync(Examination exam)
    {
        bool isClosed = false;
        exam.World.Zone("icmp.lab.", Server, async exchange =>
        {
            if (exchange.Query.Name == "www.icmp.lab.")
            {
                RawPackets.SendPortUnreachable(exchange);
                isClosed = await RawPackets.LooksClosedAsync(exchange.Client, "198.18.99.1");
            }

            await Scripts.EveryName("icmp.lab.", Right)(exchange);
        });
        _ = await exam.AddressOfAsync("first.icmp.lab.");
        string answer = await exam.AddressOfAsync("www.icmp.lab.");
        int asked = exam.World.CountBelow("www.icmp.lab.");
        string port = isClosed ? "closed" : "open";
        return new Finding(
            answer == Right && asked == 1 && isClosed, $"{answer}, {asked} queries, port looks {port}");
    }

    private static async Task<Finding> OversizeAsync(Examination exam)
    {
        exam.World.Zone("big.lab.", Server, exchange =>
        {
            if (exchange.IsTcp || exchange.Query.Name == "big.lab.")
            {
                return Scripts.EveryName("big.lab.", Right)(exchange);
            }

            Message big = exchange.Query.Reply().With(Record.A(exchange.Query.Name, Wrong));
            big.Additional.Add(Record.Txt("pad.big.lab.", new string('x', 3800)));
            return exchange.Send(MessageCodec.Encode(big));
        });
        string answer = await exam.AddressOfAsync("www.big.lab.");
        int byTcp = exam.World.Seen.Count(static e => e.IsTcp);
        return new Finding(answer == Right && byTcp > 0, $"{answer}, {byTcp} by TCP");
    }

    private static async Task<Finding> GarbageAsync(Examination exam)
    {
        exam.World.Zone("garbage.lab.", Server, async exchange =>
        {
            if (exchange.Query.Name == "www.garbage.lab." && !exchange.IsTcp)
            {
                foreach (byte[] octets in Garbage(exchange))
                {
                    await exchange.Send(octets);
                }

                await Task.Delay(20);
            }

            await Scripts.EveryName("garbage.lab.", Right)(exchange);
        });
        _ = await exam.AddressOfAsync("first.garbage.lab.");
        string answer = await exam.AddressOfAsync("www.garbage.lab.");
        int asked = exam.World.CountBelow("www.garbage.lab.");
        _ = await exam.AddressOfAsync("next.garbage.lab.");
        bool keepsEdns = exam.World.Seen.Last().Query.PayloadSize is not null;
        return new Finding(
            answer == Right && asked <= 2 && keepsEdns,
            $"{answer}, {asked} queries, EDNS {(keepsEdns ? "kept" : "lost")}");
    }

    // Nothing here matches the query in full: too short, no response, another ID, another question.
    private static IEnumerable<byte[]> Garbage(Exchange exchange)
    {
        yield return [];
        yield return [(byte)(exchange.Query.Id >> 8), (byte)exchange.Query.Id, 0x80];
        Message notReply = exchange.Query.Reply();
        notReply.Flags = 0;
        yield return MessageCodec.Encode(notReply);
        Message error = exchange.Query.Reply(1);
        error.Id ^= 0x5555;
        yield return MessageCodec.Encode(error);
    }
}
