// The judge of the interop labs, in three verbs, and a lab's odd servers in a fourth. It knows only what
// public DNS clients print, nothing of our codec:
//
//   cases   --client dig|kdig|nslookup --server ADDRESS --port N --table FILE [--ipv6-only]
//   compare --questions FILE --slow PATTERN --servers NAME=ADDRESS#PORT,... --explained FILE --details FILE
//           --ttl-tolerance SECONDS      (the first of the servers is ours)
//   verdicts --questions FILE --expected FILE --ours ADDRESS#PORT --peers NAME=ADDRESS#PORT,...
//           --slow PATTERN --explained FILE --details FILE
//   odd     --listen ADDRESS=BEHAVIOUR,...
//
// Exit status: 0 all as expected, 1 some difference, 2 wrong usage.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace Resolver.Interop;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments.Length == 0 || !TryReadOptions(arguments, out Dictionary<string, string> options))
        {
            return Usage();
        }

        try
        {
            return arguments[0] switch
            {
                "cases" => await CasesAsync(options),
                "compare" => await CompareAsync(options),
                "odd" => await ServeOddlyAsync(options),
                "verdicts" => await CompareVerdictsAsync(options),
                _ => Usage(),
            };
        }
        catch (KeyNotFoundException missing)
        {
            Console.Error.WriteLine($"an option is missing: {missing.Message}");
            return 2;
        }
        catch (FormatException mistake)
        {
            Console.Error.WriteLine(mistake.Message);
            return 2;
        }
    }

    private static async Task<int> CasesAsync(Dictionary<string, string> options)
    {
        var server = new ServerAddress(options["server"], options["port"]);
        bool ipv6Only = options.ContainsKey("ipv6-only");
        IReadOnlyList<Case> cases = CaseTable.Parse(File.ReadLines(options["table"]));
        var run = new CaseRun(Client.Named(options["client"]), server, ipv6Only);
        return await run.RunAsync(cases, Console.Out) ? 0 : 1;
    }

    private static async Task<int> CompareAsync(Dictionary<string, string> options)
    {
        IReadOnlyList<Question> questions = QuestionFile.Parse(File.ReadLines(options["questions"]));
        var slow = new Regex(options["slow"], RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        var comparison = new Comparison(
            NamedServer.ParseList(options["servers"]),
            Explanations.Parse(File.ReadLines(options["explained"])),
            uint.Parse(options["ttl-tolerance"], CultureInfo.InvariantCulture));
        using StreamWriter details = File.CreateText(options["details"]);
        return await comparison.RunAsync(new DigBatch(questions, slow), details, Console.Out) ? 0 : 1;
    }

    private static async Task<int> ServeOddlyAsync(Dictionary<string, string> options)
    {
        await OddServer.RunAsync(options["listen"]);
        return 0;
    }

    private static async Task<int> CompareVerdictsAsync(Dictionary<string, string> options)
    {
        var slow = new Regex(options["slow"], RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        var questions = new DigBatch(QuestionFile.Parse(File.ReadLines(options["questions"])), slow);
        DigBatch expected = questions.With(QuestionFile.Parse(File.ReadLines(options["expected"])));
        Explanations explained = Explanations.Parse(File.ReadLines(options["explained"]));
        IReadOnlyList<NamedServer> peers = NamedServer.ParseList(options["peers"]);
        using StreamWriter details = File.CreateText(options["details"]);
        var comparison = new VerdictComparison(ServerAddress.Parse(options["ours"]), explained, details);
        return await comparison.RunAsync(questions, expected, peers, Console.Out) ? 0 : 1;
    }

    private static bool TryReadOptions(string[] arguments, out Dictionary<string, string> options)
    {
        options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 1; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                return false;
            }

            bool hasValue = i + 1 < arguments.Length
                && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal);
            options[arguments[i][2..]] = hasValue ? arguments[++i] : "";
        }

        return true;
    }

    private static int Usage()
    {
        Console.Error.WriteLine("usage: Resolver.Interop VERB OPTION... (see Program.cs for the verbs)");
        return 2;
    }
}
