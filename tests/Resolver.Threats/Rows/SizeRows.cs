// Rows 28 and 29: sets and messages that are huge or broken.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>The rows.</summary>
internal static class SizeRows
{
    private const string Address = "198.18.28.1";
    private const int Mutants = 20000;

    public static IReadOnlyList<Row> All { get; } =
    [
        new(28, "a TXT set of 60 kB", "< 50 ms CPU", e => HugeAsync(e, Types.Txt, MakeTexts())),
        new(28, "4000 addresses of one name", "< 50 ms CPU", e => HugeAsync(e, Types.A, MakeAddresses())),
        new(28,
            "120 MX without a common ending", "< 50 ms CPU", e => HugeAsync(e, Types.MX, MakeExchanges())),
        new(29, "20,000 distorted queries", "alive, < 1 ms CPU each", DistortAsync),
        new(29, "broken replies: circles, doubles, cuts, 16,000 EDNS options",
            "each ends in a reply", BreakAsync),
    ];

    private static Record[] MakeTexts() =>
        [.. Enumerable.Range(0, 240).Select(static i => Record.Txt("huge.lab.", new string('x', 230) + i))];

    private static Record[] MakeAddresses() =>
        [.. Enumerable.Range(0, 4000)
            .Select(static i => Record.A("huge.lab.", $"192.0.{2 + (i / 250)}.{i % 250}"))];

    private static Record[] MakeExchanges() =>
        [.. Enumerable.Range(0, 120)
            .Select(static i => Record.MX("huge.lab.", $"a{i}.b{i}.c{i}.d{i}.e{i}."))];

    private static async Task<Finding> HugeAsync(Examination exam, ushort type, Record[] records)
    {
        exam.World.Zone("huge.lab.", Address, exchange => exchange.SendAsync(
            exchange.Query.Type == type && exchange.Query.Name == "huge.lab."
                ? exchange.Query.Reply().With(records)
                : Scripts.Answer(exchange.Query, "huge.lab.", [Record.A("small.huge.lab.", Address)])));

        // The way there, and TCP, are travelled before.
        _ = await exam.AddressOfAsync("small.huge.lab.");
        _ = await StreamClient.AskAsync("small.huge.lab.", Types.A);
        StubReply? reply = null;
        TimeSpan cold =
            await exam.CpuOfAsync(async () => reply = await StreamClient.AskAsync("huge.lab.", type));
        TimeSpan warm = await exam.CpuOfAsync(async () =>
        {
            for (int i = 0; i < 10; i++)
            {
                _ = await StreamClient.AskAsync("huge.lab.", type);
            }
        }) / 10;
        string what =
            reply is null ? "no reply" : $"rcode {reply.Message.Rcode} with {reply.Message.Answer.Count}";
        bool isGood = reply is not null && cold.TotalMilliseconds < 50 && warm.TotalMilliseconds < 50;
        return new Finding(isGood, string.Create(
            CultureInfo.InvariantCulture,
            $"{what}, {cold.TotalMilliseconds:F0} ms, warm {warm.TotalMilliseconds:F1}"));
    }

    private static async Task<Finding> DistortAsync(Examination exam)
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        exam.World.Zone("fuzz.lab.", Address, Scripts.EveryName("fuzz.lab.", Address));
        Message many = Message.Query("www.fuzz.lab.", Types.A);
        many.Options.AddRange(Enumerable.Repeat(((ushort)65001, Array.Empty<byte>()), 16000));
        await exam.Client.SendAsync(MessageCodec.Encode(many));
        TimeSpan cpu = await exam.CpuOfAsync(async () =>
        {
            for (int i = 0; i < Mutants; i++)
            {
                Message query = Message.Query("www.fuzz.lab.", Types.A);
                query.Id = (ushort)i;
                byte[] octets = MessageCodec.Encode(query);
                for (int change = random.Next(1, 5); change > 0; change--)
                {
                    octets[random.Next(octets.Length)] = (byte)random.Next(256);
                }

                await exam.Client.SendAsync(octets[..random.Next(1, octets.Length + 1)]);
                if (i % 64 == 0)
                {
                    await Task.Delay(1);
                }
            }

            await Task.Delay(500);
        });
        string answer = await exam.AddressOfAsync("after.fuzz.lab.");
        double each = cpu.TotalMilliseconds / Mutants;
        return new Finding(answer == Address && each < 1, string.Create(
            CultureInfo.InvariantCulture, $"{each:F3} ms each, {exam.Client.Replies} replies, seed {seed}"));
    }

    private static async Task<Finding> BreakAsync(Examination exam)
    {
        exam.World.Zone("broken.lab.", Address, exchange =>
        {
            string label = exchange.Query.Name.Split('.')[0];
            return label.Length > 1 && label[0] == 'b' && int.TryParse(label.AsSpan(1), out int kind)
                ? exchange.Send(Break(exchange.Query, kind))
                : Scripts.EveryName("broken.lab.", Address)(exchange);
        });
        int replied = 0;
        const int Kinds = 8;
        for (int kind = 0; kind < Kinds; kind++)
        {
            replied += await exam.Client.AskAsync($"b{kind}.broken.lab.") is null ? 0 : 1;
        }

        string answer = await exam.AddressOfAsync("fine.broken.lab.");
        return new Finding(replied == Kinds && answer == Address, $"{replied} of {Kinds}, then {answer}");
    }

    private static byte[] Break(Message query, int kind)
    {
        Message reply = query.Reply();
        string name = query.Name;
        switch (kind)
        {
            case 0:
                reply.Authority.AddRange(
                    [Record.Soa("broken.lab."), Record.Soa("broken.lab."), Record.Soa("lab.")]);
                break;
            case 1:
                reply.With(Record.Cname(name, "x.broken.lab."), Record.Cname(name, "y.broken.lab."));
                break;
            case 2:
                reply.With(Record.Dname("broken.lab.", "x.lab."), Record.Dname("broken.lab.", "y.lab."));
                break;
            case 3:
                reply.With(new Record(name, Types.A, 300, [1, 2, 3]));
                break;
            case 4:
                reply.Options.AddRange(Enumerable.Repeat(((ushort)65001, Array.Empty<byte>()), 16000));
                return MessageCodec.Encode(reply.With(Record.A(name, Address)));
            case 5:
                // A CNAME whose target is a pointer to itself.
                byte[] circle =
                    MessageCodec.Encode(reply.With(new Record(name, Types.Cname, 300, [0xC0, 0])));
                int at = circle.Length - 13;
                circle[at] = (byte)at;
                return circle;
            case 6:
                byte[] whole = MessageCodec.Encode(reply.With(Record.A(name, Address)));
                return whole[..^6];
            default:
                // Counts of records that are not there.
                byte[] counts = MessageCodec.Encode(reply);
                counts[6] = 0xFF;
                counts[8] = 0xFF;
                return counts;
        }

        return MessageCodec.Encode(reply);
    }
}
