// Rows 8, 38, 39 and 40: forward and stub zones, what names and addresses reach people, and amplification.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>The rows.</summary>
internal static class LocalRows
{
    private const string Evil = "198.18.66.6";
    private const string Right = "198.18.8.80";
    private const ushort ExtendedError = 15;

    public static IReadOnlyList<Row> All { get; } =
    [
        new(8, "a forwarder for a zone that speaks of others", "0 queries moved, right answers", ForwardAsync)
        {
            Settings = new SubjectSettings
            {
                Tables = "[[forward]]\nzone = \"a8.lab.\"\nservers = [\"198.18.8.1\"]\n",
                UnboundSections = "forward-zone:\n    name: a8.lab.\n    forward-addr: 198.18.8.1\n",
            },
        },
        new(38, "a local zone below a name that its parent denies, and below built-in names",
            "local answers", ShadowAsync)
        {
            Settings = new SubjectSettings
            {
                Tables = Stub("child.up.lab.") + Stub("home.arpa.") + Stub("10.in-addr.arpa."),
                UnboundServer =
                    ["local-zone: home.arpa. nodefault", "local-zone: 10.in-addr.arpa. nodefault"],
                UnboundSections =
                    UnboundStub("child.up.lab.")
                        + UnboundStub("home.arpa.") + UnboundStub("10.in-addr.arpa."),
            },
        },
        new(39, "private addresses from the internet: A, mapped AAAA, HTTPS hint",
            "none comes through", RebindAsync)
        {
            Settings = new SubjectSettings
            {
                Set = ["resolution.private-addresses=[\"10.0.0.0/8\"]"],
                UnboundServer = ["private-address: 10.0.0.0/8", "private-address: ::ffff:10.0.0.0/104"],
            },
        },
        new(39,
            "NUL, dots, markup, terminal escapes in names", "an answer, all output printable", PrintAsync),
        new(40,
            "a stranger gets no data, a friend no large datagram", "+ <= 20 octets; <= 1232", AmplifyAsync),
    ];

    private static string Stub(string zone) => $"[[stub]]\nzone = \"{zone}\"\nservers = [\"198.18.38.2\"]\n";

    private static string UnboundStub(string zone) =>
        $"stub-zone:\n    name: {zone}\n    stub-addr: 198.18.38.2\n";

    private static async Task<Finding> ForwardAsync(Examination exam)
    {
        exam.World.Serve(Evil, Scripts.EveryName("lab.", Evil));
        exam.World.Zone("b8.lab.", "198.18.8.2", Scripts.EveryName("b8.lab.", Right));
        exam.World.Serve("198.18.8.1", exchange =>
        {
            Message reply = exchange.Query.Reply();
            reply.Flags = Message.Response | Message.RecursionDesired | Message.RecursionAvailable;
            reply.With(Record.Cname(exchange.Query.Name, "www.b8.lab."), Record.A("www.b8.lab.", Evil));
            foreach (string zone in (string[])["b8.lab.", "lab.", "com.", "."])
            {
                reply.Authority.Add(Record.NS(zone, "ns.evil8.lab.", 86400));
            }

            reply.Additional.Add(Record.A("ns.evil8.lab.", Evil, 86400));
            return exchange.SendAsync(reply);
        });
        string[] answers =
        [
            await exam.AddressOfAsync("www.a8.lab."), await exam.AddressOfAsync("www.b8.lab."),
            await exam.AddressOfAsync("other.b8.lab."), await exam.AddressOfAsync("absent.lab."),
        ];
        int evil = exam.World.CountAt(Evil);
        return new Finding(
            evil == 0 && answers is [Right, Right, Right, "rcode 3"],
            $"{evil} moved, {string.Join(' ', answers)}");
    }

    private static async Task<Finding> ShadowAsync(Examination exam)
    {
        exam.World.Zone("up.lab.", "198.18.38.1", Scripts.Honest("up.lab.", Record.A("up.lab.", Evil)));
        exam.World.Serve("198.18.38.2", exchange => exchange.SendAsync(
            exchange.Query.Reply().With(Record.A(exchange.Query.Name, Right))));
        _ = await exam.AddressOfAsync("other.up.lab.");
        _ = await exam.Client.AskAsync("child.up.lab.", Types.DS);
        string[] answers =
        [
            await exam.AddressOfAsync("child.up.lab."), await exam.AddressOfAsync("www.child.up.lab."),
            await exam.AddressOfAsync("nas.home.arpa."), await exam.AddressOfAsync("1.0.0.10.in-addr.arpa."),
        ];
        return new Finding(answers.All(static a => a == Right), string.Join(' ', answers.Distinct()));
    }

    private static async Task<Finding> RebindAsync(Examination exam)
    {
        exam.World.Zone("rebind.lab.", "198.18.39.1", Scripts.Honest(
            "rebind.lab.",
            Record.A("www.rebind.lab.", "10.1.1.1"),
            new Record(
                "www.rebind.lab.", Types.Aaaa, 300, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 10, 1, 1, 1]),
            Record.Https("www.rebind.lab.", ".", 1, 0, 4, 0, 4, 10, 1, 1, 1)));
        StubReply?[] replies =
        [
            await exam.Client.AskAsync("www.rebind.lab.", Types.A),
            await exam.Client.AskAsync("www.rebind.lab.", Types.Aaaa),
            await exam.Client.AskAsync("www.rebind.lab.", Types.Https),
        ];
        int through = replies.Count(static r => r is null || r.Message.Answer.Count > 0);
        int told = replies.Count(static r => r?.Message.HasOption(ExtendedError) == true);
        return new Finding(through == 0, $"{through} came through, {told} with a reason");
    }

    private static async Task<Finding> PrintAsync(Examination exam)
    {
        const string Hostile = @"\000nul\046dot\060script\062alert\040\041\027\091\050\074\007";
        exam.World.Zone("print.lab.", "198.18.39.2", Scripts.Honest(
            "print.lab.",
            Record.Cname("www.print.lab.", Hostile + ".print.lab."),
            Record.A(Hostile + ".print.lab.", Right)));
        exam.World.Delegate(
            "mute.lab.", [Record.NS("mute.lab.", Hostile + ".mute.lab.")],
            Record.A(Hostile + ".mute.lab.", "198.18.39.3"));
        string answer = await exam.AddressOfAsync("www.print.lab.");
        StubReply? failure = await exam.Client.AskAsync("www.mute.lab.", Types.A, 10000);
        string text = string.Concat(failure?.Message.Options
            .Where(static o => o.Code == ExtendedError)
            .SelectMany(static o => o.Content.Skip(2))
            .Select(static o => (char)o) ?? []);
        string output = exam.Subject.Log + text;
        if (exam.Subject.Kind is { Program: { } program, Folder: { } folder })
        {
            string server = $"--server {Subject.Address}:{Subject.Port}";
            output += await RunAsync(program, $"query www.print.lab. A {server}")
                + await RunAsync(program, $"query www.print.lab. A {server} --json")
                + await RunAsync(program, $"explain www.print.lab. A --root-hints {folder}/hints")
                + await RunAsync(program, $"explain www.mute.lab. A --json --root-hints {folder}/hints");
        }

        int raw = output.Count(static c => c is not ('\n' or '\t' or '\r') && (c < ' ' || c == '\x7F'));
        return new Finding(raw == 0 && answer == Right, $"{answer}, {raw} raw octets in {output.Length}");
    }

    private static async Task<string> RunAsync(string program, string arguments)
    {
        using Process process =
            Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Length > 0
            ? output
            : throw new InvalidOperationException("nothing printed by " + arguments);
    }

    private static async Task<Finding> AmplifyAsync(Examination exam)
    {
        exam.World.Zone("amp.lab.", "198.18.40.1", Scripts.Honest(
            "amp.lab.",
            [
                .. Enumerable.Range(0, 80)
                    .Select(static i => Record.Txt("big.amp.lab.", new string('x', 240) + i)),
                .. Enumerable.Range(0, 4)
                    .Select(static i => Record.Txt("fits.amp.lab.", new string('x', 240) + i)),
            ]));
        int largest = 0;
        double ratio = 0;
        bool isGood = true;
        foreach (int size in (int[])[0, 512, 1232, 4096, 65535])
        {
            foreach ((string name, ushort type) in ((string, ushort)[])
                [("big.amp.lab.", Types.Txt), ("big.amp.lab.", Types.Any), ("fits.amp.lab.", Types.Txt)])
            {
                Message query = Message.Query(name, type, size == 0 ? null : size);
                int sent = MessageCodec.Encode(query).Length;
                int got = (await exam.Client.AskAsync(query))?.Length ?? 0;
                isGood &= got > 0 && got <= Math.Min(1232, Math.Max(512, size));
                largest = Math.Max(largest, got);
                ratio = Math.Max(ratio, (double)got / sent);
            }
        }

        using StubClient stranger = new("198.18.77.1");
        Message asked = Message.Query("big.amp.lab.", Types.Txt);
        int length = MessageCodec.Encode(asked).Length;
        StubReply? refused = await stranger.AskAsync(asked, 1000);
        int more = (refused?.Length ?? length) - length;
        isGood &= refused is null || (refused.Message.Answer.Count == 0 && more <= 20);
        return new Finding(isGood, string.Create(
            CultureInfo.InvariantCulture, $"stranger + {more}; largest {largest}, ratio {ratio:F1}"));
    }
}
