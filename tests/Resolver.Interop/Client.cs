// The three clients that people use, each with its command line and its way to show a reply. A client prints
// what it was told on standard output; its exit status is not looked at, for each counts errors differently.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;

namespace Resolver.Interop;

internal sealed record Client(
    string Program,
    Func<ServerAddress, Question, IEnumerable<string>> Arguments,
    Func<string, Question, Reply> Read)
{
    /// <summary>nslookup shows no header: flags and the authority section stay unknown.</summary>
    public bool ShowsFlags => Program != "nslookup";

    public static Client Named(string name) => name switch
    {
        "dig" => new Client("dig", DigArguments, static (output, _) => DigOutput.ParseSingle(output)),
        "kdig" => new Client("kdig", KdigArguments, static (output, _) => DigOutput.ParseSingle(output)),
        "nslookup" => new Client("nslookup", NslookupArguments, NslookupOutput.Parse),
        _ => throw new FormatException($"no such client: {name}"),
    };

    public async Task<Reply> AskAsync(ServerAddress server, Question question)
    {
        return Read(await RunAsync(Program, Arguments(server, question)), question);
    }

    /// <summary>
    /// Runs a program to its end and returns what it said: kdig warns of truncation on standard error.
    /// </summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using Process process = Process.Start(start)
            ?? throw new InvalidOperationException($"cannot start {program}");
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return await errors + "\n" + output;
    }

    private static IEnumerable<string> DigArguments(ServerAddress server, Question question)
    {
        return [
            $"@{server.Address}", "-p", server.Port, "+noall", "+comments", "+answer", "+authority",
            "+time=8", "+tries=1", .. Options(question), "-q", question.Name, "-t", question.Type,
        ];
    }

    private static IEnumerable<string> KdigArguments(ServerAddress server, Question question)
    {
        return [
            $"@{server.Address}", "-p", server.Port, "+noall", "+header", "+comments", "+answer",
            "+authority", "+bufsize=1232", "+noidn", "+time=8", "+retry=0", .. Options(question),
            "-q", question.Name, "-t", question.Type,
        ];
    }

    private static IEnumerable<string> NslookupArguments(ServerAddress server, Question question)
    {
        return [
            $"-port={server.Port}", "-timeout=8", "-retry=0", $"-type={question.Type}",
            question.Name, server.Address,
        ];
    }

    private static string[] Options(Question question)
    {
        return question.Options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
