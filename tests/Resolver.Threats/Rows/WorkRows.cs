// Rows 12-15 and 17: delegations and servers that are made to cause work.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>The rows.</summary>
internal static class WorkRows
{
    private const string Referrer = "198.18.12.1";
    private const string Little = "<= 128 queries, < 50 ms CPU each";

    public static IReadOnlyList<Row> All { get; } =
    [
        new(12,
            "1000 name servers without address are not all looked up", "<= 20 queries, <= 5 s", NxnsAsync),
        new(13, "200 silent name servers, asked twice", Little, e => UnresponsiveAsync(e, 200)),
        new(13, "1500 silent name servers, asked twice", Little, e => UnresponsiveAsync(e, 1500)),
        new(14, "two zones whose servers are in each other; 1000 clients ask", "< 100 queries", CyclicAsync),
        new(15, "13 names of one refusing address", "<= 2 queries", OneAddressAsync),
        new(15, "glue 0.0.0.0 and the resolver's own address", "<= 2 queries to itself", OwnAddressAsync)
        {
            Settings = new SubjectSettings { Listen = ["198.18.200.1:53"] },
        },
        new(17, "BADCOOKIE for ever", "<= 3 queries", e => LoopAsync(e, BadCookieAsync)),
        new(17, "FORMERR for ever", "<= 3 queries", e => LoopAsync(e, Scripts.Always(1))),
        new(17, "TC for ever, on TCP too", "<= 3 queries", e => LoopAsync(e, TruncateAsync)),
    ];

    private static async Task<Finding> NxnsAsync(Examination exam)
    {
        exam.World.Zone("victim.lab.", "198.18.12.2", Scripts.Honest("victim.lab."));
        exam.World.Zone("nxns.lab.", Referrer, exchange => exchange.SendAsync(
            Refer(
                exchange,
                "x.nxns.lab.",
                Enumerable.Range(0, 1000).Select(static i => $"n{i}.victim.lab."),
                null)));
        StubReply? reply = await exam.Client.AskAsync("www.x.nxns.lab.");
        int asked = exam.World.CountBelow("victim.lab.");
        double seconds = reply?.Elapsed.TotalSeconds ?? 9;
        return new Finding(
            asked <= 20 && seconds <= 5,
            string.Create(CultureInfo.InvariantCulture, $"{asked} queries, {seconds:F1} s"));
    }

    private static async Task<Finding> UnresponsiveAsync(Examination exam, int count)
    {
        string[] names = [.. Enumerable.Range(0, count).Select(static i => $"n{i}.x.nrd.lab.")];
        exam.World.Zone("nrd.lab.", Referrer, exchange => exchange.SendAsync(
            Refer(exchange, "x.nrd.lab.", names, static i => $"198.19.{i / 250}.{(i % 250) + 1}")));
        List<string> figures = [];
        bool isGood = true;
        for (int i = 0; i < 2; i++)
        {
            // The first query of a process pays for its code; that is not the attacker's doing.
            _ = await exam.AddressOfAsync("www.absent.lab.");
            int before = exam.World.Seen.Count();
            TimeSpan cpu =
                await exam.CpuOfAsync(() => exam.Client.AskAsync($"www{i}.x.nrd.lab.", Types.A, 8000));
            int asked = exam.World.Seen.Count() - before;
            isGood &= asked <= 128 && cpu < TimeSpan.FromMilliseconds(50);
            figures.Add(
                string.Create(CultureInfo.InvariantCulture, $"{asked} ({cpu.TotalMilliseconds:F0} ms)"));
        }

        return new Finding(isGood, string.Join(", then ", figures));
    }

    private static async Task<Finding> CyclicAsync(Examination exam)
    {
        exam.World.Delegate("cyc-a.lab.", [Record.NS("cyc-a.lab.", "ns.cyc-b.lab.")]);
        exam.World.Delegate("cyc-b.lab.", [Record.NS("cyc-b.lab.", "ns.cyc-a.lab.")]);
        _ = await exam.AskManyAsync(
            Enumerable.Range(0, 1000)
                .Select(static i => i % 2 == 0 ? $"u{i}.cyc-a.lab." : "www.cyc-b.lab."), 50);
        int asked = exam.World.Seen.Count();
        return new Finding(asked < 100, $"{asked} queries");
    }

    private static async Task<Finding> OneAddressAsync(Examination exam)
    {
        exam.World.Serve("198.18.15.1", Scripts.Always(5));
        Record[] servers =
            [.. Enumerable.Range(0, 13).Select(static i => Record.NS("self.lab.", $"ns{i}.self.lab."))];
        exam.World.Delegate(
            "self.lab.", servers, [.. servers.Select(static s => Record.A(s.Target!, "198.18.15.1"))]);
        StubReply? reply = await exam.Client.AskAsync("www.self.lab.");
        int asked = exam.World.CountAt("198.18.15.1");
        return new Finding(
            asked <= 2 && reply?.Message.Rcode == 2, $"{asked} queries, rcode {reply?.Message.Rcode}");
    }

    private static async Task<Finding> OwnAddressAsync(Examination exam)
    {
        const string Own = "198.18.200.1";
        exam.World.Zone("cached.lab.", "198.18.15.2", Scripts.EveryName("cached.lab.", "198.18.15.80"));
        _ = await exam.AddressOfAsync("www.cached.lab.");
        exam.World.Delegate(
            "loop.lab.",
            [Record.NS("loop.lab.", "a.loop.lab."), Record.NS("loop.lab.", "b.loop.lab.")],
            Record.A("a.loop.lab.", "0.0.0.0"),
            Record.A("b.loop.lab.", Own));
        using CancellationTokenSource stop = new();
        Task<int> toItself = CountDatagramsAsync(Own, stop.Token);
        StubReply? reply = await exam.Client.AskAsync("www.loop.lab.");
        await Task.Delay(200);
        await stop.CancelAsync();
        int asked = await toItself;
        int before = exam.World.CountAt("198.18.15.2");
        string cached = await exam.AddressOfAsync("www.cached.lab.");
        bool isIntact = cached == "198.18.15.80" && exam.World.CountAt("198.18.15.2") == before;
        return new Finding(
            asked <= 2 && isIntact,
            $"{asked} to itself, rcode {reply?.Message.Rcode}, cache {(isIntact ? "intact" : "hurt")}");
    }

    // All datagrams to port 53 of an address pass here too.
    private static async Task<int> CountDatagramsAsync(string address, CancellationToken stop)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        byte[] packet = new byte[ushort.MaxValue];
        int count = 0;
        try
        {
            while (true)
            {
                int length = await socket.ReceiveAsync(packet, stop);
                int header = (packet[0] & 0xF) * 4;
                count += length > header + 4 && packet[header + 2] == 0 && packet[header + 3] == 53 ? 1 : 0;
            }
        }
        catch (OperationCanceledException)
        {
            return count;
        }
    }

    private static async Task<Finding> LoopAsync(Examination exam, Func<Exchange, Task> script)
    {
        exam.World.Zone("again.lab.", "198.18.17.1", script);
        StubReply? reply = await exam.Client.AskAsync("www.again.lab.", Types.A, 10000);
        int asked = exam.World.CountAt("198.18.17.1");
        return new Finding(
            asked is > 0 and <= 3 && reply?.Message.Rcode == 2,
            $"{asked} queries, rcode {reply?.Message.Rcode}");
    }

    private static Task BadCookieAsync(Exchange exchange)
    {
        const ushort Cookie = 10;
        Message reply = exchange.Query.Reply(23);
        byte[] client =
            exchange.Query.Options.FirstOrDefault(static o => o.Code == Cookie).Content ?? new byte[8];
        reply.Options.Add((Cookie, [.. client.Take(8), .. new byte[8]]));
        return exchange.SendAsync(reply);
    }

    private static Task TruncateAsync(Exchange exchange)
    {
        Message reply = exchange.Query.Reply();
        reply.Flags |= Message.Truncated;
        return exchange.SendAsync(reply);
    }

    private static Message Refer(
        Exchange exchange, string zone, IEnumerable<string> servers, Func<int, string>? addressOf)
    {
        Message reply = exchange.Query.Reply();
        reply.Flags &= unchecked((ushort)~Message.Authoritative);
        int i = 0;
        foreach (string server in servers)
        {
            reply.Authority.Add(Record.NS(zone, server));
            if (addressOf is not null)
            {
                reply.Additional.Add(Record.A(server, addressOf(i++)));
            }
        }

        return reply;
    }
}
