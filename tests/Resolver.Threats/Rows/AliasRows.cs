// Rows 16 and 19: aliases that multiply work, go round, or grow.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>The rows.</summary>
internal static class AliasRows
{
    private const int Links = 11;
    private const int Servers = 10;
    private const string Address = "198.18.16.1";

    public static IReadOnlyList<Row> All { get; } =
    [
        new(16,
            "11 aliases, each zone with 10 servers that need look-ups", "<= 128 queries, <= 5 s", CampAsync),
        new(19, "aliases in a circle, of one and of two", "<= 20 queries, SERVFAIL", CircleAsync),
        new(19, "a DNAME that makes names grow to 255 octets", "<= 20 queries, an error", GrowthAsync),
        new(19, "HTTPS aliases in a ring", "<= 20 queries", RingAsync),
    ];

    private static async Task<Finding> CampAsync(Examination exam)
    {
        for (int link = 0; link < Links; link++)
        {
            string zone = $"k{link}.lab.";
            int number = link;
            exam.World.Delegate(
                zone, [.. Enumerable.Range(0, Servers).Select(i => Record.NS(zone, $"m{i}.n{number}.lab."))]);

            // Of the ten names one has an address, known only behind an alias of its own.
            exam.World.Zone($"n{link}.lab.", $"198.18.16.{100 + link}", Scripts.Honest(
                $"n{link}.lab.",
                Record.Cname($"m{Servers - 1}.n{link}.lab.", $"real.n{link}.lab."),
                Record.A($"real.n{link}.lab.", Address)));
        }

        exam.World.Serve(Address, exchange =>
        {
            string[] labels = exchange.Query.Name.Split('.');
            int zoneAt = Array.FindIndex(labels, static l => l.StartsWith('k'));
            int link = int.Parse(labels[zoneAt].AsSpan(1), CultureInfo.InvariantCulture);
            Record alias = Record.Cname($"w.k{link}.lab.", $"w.k{link + 1}.lab.");
            return exchange.SendAsync(Scripts.Answer(exchange.Query, $"k{link}.lab.", [alias]));
        });
        StubReply? reply = await exam.Client.AskAsync("w.k0.lab.", Types.A, 20000);

        // Asking the root for its servers (RFC 9609) is work of the process, not of the question.
        int asked = exam.World.Seen.Count(static e => e.Query.Name != ".");
        double seconds = reply?.Elapsed.TotalSeconds ?? 20;
        return new Finding(asked <= 128 && seconds <= 5, string.Create(
            CultureInfo.InvariantCulture, $"{asked} queries, {seconds:F1} s, rcode {reply?.Message.Rcode}"));
    }

    private static async Task<Finding> CircleAsync(Examination exam)
    {
        exam.World.Zone("circle.lab.", Address, exchange =>
        {
            Record[] records =
            [
                Record.Cname("self.circle.lab.", "self.circle.lab."),
                Record.Cname("a.circle.lab.", "b.circle.lab."),
                Record.Cname("b.circle.lab.", "a.circle.lab."),
            ];
            Message reply = Scripts.Answer(exchange.Query, "circle.lab.", records);
            return exchange.SendAsync(reply);
        });
        StubReply? self = await exam.Client.AskAsync("self.circle.lab.");
        StubReply? two = await exam.Client.AskAsync("a.circle.lab.");
        return Judge(exam, self?.Message.Rcode == 2 && two?.Message.Rcode == 2, self, two);
    }

    private static async Task<Finding> GrowthAsync(Examination exam)
    {
        const string Label = "aaaaaaaaaaaaaaaaaaaa";
        exam.World.Zone("grow.lab.", Address, exchange => exchange.SendAsync(
            exchange.Query.Name == "grow.lab."
            ? Scripts.Answer(exchange.Query, "grow.lab.", [])
            : exchange.Query.Reply().With(Record.Dname("grow.lab.", Label + ".grow.lab."))));
        StubReply? reply = await exam.Client.AskAsync("x.grow.lab.");
        return Judge(exam, reply?.Message.Rcode is 2 or 6, reply);
    }

    private static async Task<Finding> RingAsync(Examination exam)
    {
        exam.World.Zone("ring.lab.", Address, Scripts.Honest(
            "ring.lab.",
            Record.Https("a.ring.lab.", "b.ring.lab.", 0),
            Record.Https("b.ring.lab.", "a.ring.lab.", 0)));
        StubReply? reply = await exam.Client.AskAsync("a.ring.lab.", Types.Https);
        return Judge(exam, reply?.Message.Answer.Count == 1, reply);
    }

    private static Finding Judge(Examination exam, bool isRight, params StubReply?[] replies)
    {
        int asked = exam.World.Seen.Count();
        string rcodes = string.Join(", ", replies.Select(static r => $"rcode {r?.Message.Rcode}"));
        return new Finding(isRight && asked <= 20, $"{asked} queries, {rcodes}");
    }
}
