// Rows 6, 7 and 9: servers that speak of more than they were asked, or after their time.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>The rows.</summary>
internal static class PoisoningRows
{
    private const string Evil = "198.18.66.6";

    public static IReadOnlyList<Row> All { get; } =
    [
        new(6, "unasked NS beside an answer move no zone", "0 queries at the new server", PromiscuousAsync),
        new(7, "glue of a stranger's name is no answer", "its own servers' address", GlueAsync),
        new(9, "a zone taken away by its parent ends with its delegation's TTL", "<= 4 s of 3 s", GhostAsync),
    ];

    private static async Task<Finding> PromiscuousAsync(Examination exam)
    {
        exam.World.Serve(Evil, Scripts.EveryName("lab.", Evil));
        exam.World.Zone("sib.lab.", "198.18.6.2", Scripts.EveryName("sib.lab.", "198.18.6.82"));
        exam.World.Zone("own.lab.", "198.18.6.1", exchange =>
        {
            Message reply = exchange.Query.Reply().With(Record.A(exchange.Query.Name, "198.18.6.81"));
            foreach (string zone in (string[])["own.lab.", "sib.lab.", "lab.", "."])
            {
                reply.Authority.Add(Record.NS(zone, "ns.evil6.lab.", 86400));
            }

            reply.Additional.Add(Record.A("ns.evil6.lab.", Evil, 86400));
            reply.Additional.Add(Record.A("ns.own.lab.", Evil, 86400));
            return exchange.SendAsync(reply);
        });
        _ = await exam.AddressOfAsync("www.own.lab.");
        string[] answers =
        [
            await exam.AddressOfAsync("www2.own.lab."), await exam.AddressOfAsync("www.sib.lab."),
            await exam.AddressOfAsync("absent.lab."), await exam.AddressOfAsync("absent."),
        ];
        int evil = exam.World.CountAt(Evil);
        bool isRight = answers is ["198.18.6.81", "198.18.6.82", "rcode 3", "rcode 3"];
        return new Finding(
            isRight && evil == 0, $"{evil} queries" + (isRight ? "" : ", " + string.Join(' ', answers)));
    }

    private static async Task<Finding> GlueAsync(Examination exam)
    {
        exam.World.Serve(Evil, Scripts.EveryName("lab.", Evil));
        exam.World.Zone("victim.lab.", "198.18.7.1", Scripts.EveryName("victim.lab.", "198.18.7.80"));

        // A zone whose own server refers to a stranger's name with an address; and a delegation that does.
        exam.World.Zone("evil7.lab.", "198.18.7.2", exchange =>
        {
            Message reply = exchange.Query.Reply();
            reply.Flags &= unchecked((ushort)~Message.Authoritative);
            reply.Authority.Add(Record.NS("sub.evil7.lab.", "www.victim.lab."));
            reply.Additional.Add(Record.A("www.victim.lab.", Evil));
            reply.Additional.Add(Record.A("mail.victim.lab.", Evil));
            return exchange.SendAsync(reply);
        });
        exam.World.Delegate(
            "evil7b.lab.", [Record.NS("evil7b.lab.", "ftp.victim.lab.")], Record.A("ftp.victim.lab.", Evil));
        _ = await exam.AddressOfAsync("a.sub.evil7.lab.");
        _ = await exam.AddressOfAsync("a.evil7b.lab.");
        string[] answers =
        [
            await exam.AddressOfAsync("www.victim.lab."), await exam.AddressOfAsync("mail.victim.lab."),
            await exam.AddressOfAsync("ftp.victim.lab."),
        ];
        return new Finding(answers.All(static a => a == "198.18.7.80"), string.Join(' ', answers.Distinct()));
    }

    private static async Task<Finding> GhostAsync(Examination exam)
    {
        const uint Ttl = 3;
        int glue = 0;
        exam.World.Zone(
            "ghost.lab.",
            "198.18.9.1",
            exchange =>
            {
                Message reply = exchange.Query.Reply().With(Record.A(exchange.Query.Name, "198.18.9.80"));
                string server = $"ns{++glue}.ghost.lab.";
                reply.Authority.Add(Record.NS("ghost.lab.", server, 86400));
                reply.Additional.Add(Record.A(server, "198.18.9.1", 86400));
                return exchange.SendAsync(reply);
            },
            Ttl);
        _ = await exam.AddressOfAsync("first.ghost.lab.");
        exam.World.Undelegate("ghost.lab.");
        long began = Stopwatch.GetTimestamp();
        TimeSpan alive = TimeSpan.Zero;
        for (int i = 0; Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(6); i++)
        {
            if (await exam.AddressOfAsync($"r{i}.ghost.lab.") == "198.18.9.80")
            {
                alive = Stopwatch.GetElapsedTime(began);
            }

            await Task.Delay(250);
        }

        return new Finding(
            alive <= TimeSpan.FromSeconds(Ttl + 1),
            string.Create(CultureInfo.InvariantCulture, $"gone after {alive.TotalSeconds:F1} s"));
    }
}
