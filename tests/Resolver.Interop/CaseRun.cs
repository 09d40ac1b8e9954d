// Asks every case with one client and judges each reply: rcode, the whole answer section, truncation, flags.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Interop;

internal sealed class CaseRun(Client client, ServerAddress server, bool ipv6Only)
{
    // Four at once: a dead server's deadline of one case passes while others are asked.
    private const int AtOnce = 4;

    public async Task<bool> RunAsync(IReadOnlyList<Case> cases, TextWriter output)
    {
        int passed = 0;
        int failed = 0;
        Case[] asked = [.. cases.Where(c => client.ShowsFlags || !c.Options.SkipNslookup)];
        var running = new Queue<(Case Case, Task<Reply> Reply)>();
        int next = 0;
        while (next < asked.Length || running.Count > 0)
        {
            while (next < asked.Length && running.Count < AtOnce)
            {
                running.Enqueue((asked[next], client.AskAsync(server, asked[next].Question)));
                next++;
            }

            (Case @case, Task<Reply> task) = running.Dequeue();
            Reply reply = await task;
            string mistake = Judge(@case, reply);
            string title = $"{client.Program}{(ipv6Only ? " (IPv6 alone)" : "")}: {@case.Question}";
            bool right = mistake.Length == 0;
            output.WriteLine(right ? $"ok    {title}" : $"FAIL  {title}: {mistake}\n        got {reply}");
            passed += right ? 1 : 0;
            failed += right ? 0 : 1;
        }

        output.WriteLine($"cases {client.Program}: {passed} passed, {failed} failed");
        return failed == 0;
    }

    /// <summary>Returns what is wrong with the reply, or nothing.</summary>
    private string Judge(Case @case, Reply reply)
    {
        CaseOptions options = @case.Options;
        bool expectFailure = ipv6Only && options.NeedsIPv4;
        string expected = expectFailure ? "SERVFAIL" : @case.Rcode;
        if (options.OrServfail && reply.Rcode == "SERVFAIL")
        {
            return "";
        }

        if (reply.Rcode != expected)
        {
            return $"rcode {reply.Rcode}, expected {expected}";
        }

        // nslookup prints nothing but the rcode of a negative reply.
        if (expectFailure || (!client.ShowsFlags && expected != "NOERROR"))
        {
            return "";
        }

        string answers = JudgeAnswers(@case, reply);
        return answers.Length > 0 || !client.ShowsFlags ? answers : JudgeHeader(@case, reply);
    }

    private string JudgeAnswers(Case @case, Reply reply)
    {
        var have = reply.Answers.Select(a => a.Key).ToHashSet(StringComparer.Ordinal);
        if (have.Count < reply.Answers.Count && client.ShowsFlags)
        {
            return "a record is there twice";
        }

        foreach (ExpectedAnswer many in @case.Answers.Where(a => a.IsCount))
        {
            string[] ofType = [.. reply.Answers.Where(a => a.Type == many.Record.Type).Select(a => a.Key)];
            if (ofType.Length != many.Count)
            {
                return $"{ofType.Length} records of type {many.Record.Type}, expected {many.Count}";
            }

            have.ExceptWith(ofType);
        }

        string[] want = [.. @case.Answers.Where(a => !a.IsCount).Select(a => a.Record.Key)];
        if (!client.ShowsFlags && have.Count == 0 && @case.Answers is [.., { Record.Type: "CNAME" }])
        {
            return "";    // an alias without the asked type at its end: nslookup hides the alias
        }

        string missing = string.Join(" | ", want.Where(k => !have.Contains(k)));
        string surplus = string.Join(" | ", have.Where(k => !want.Contains(k, StringComparer.Ordinal)));
        return missing.Length + surplus.Length == 0 ? "" : $"missing [{missing}] surplus [{surplus}]";
    }

    private static string JudgeHeader(Case @case, Reply reply)
    {
        if (reply.Truncated != @case.Options.ExpectTruncation && !Asks(@case, "+tcp"))
        {
            return reply.Truncated ? "truncated without need" : "not truncated over UDP";
        }

        string beside = JudgeProofs(@case, reply);
        return beside.Length > 0 ? beside : JudgeFlags(@case, reply);
    }

    private static string JudgeProofs(Case @case, Reply reply)
    {
        if (@case.Options.ExtendedError is { Length: > 0 } error
            && !reply.ExtendedErrors.SequenceEqual([error]))
        {
            return $"extended errors '{string.Join(' ', reply.ExtendedErrors)}', expected '{error}'";
        }

        string[] proofs = [.. reply.AuthorityTypes.Where(static t => t is "NSEC" or "NSEC3" or "RRSIG")];
        if (proofs.Length > 0 && !Asks(@case, "+dnssec"))
        {
            return "proofs that were not asked for";
        }

        return @case.Options.Proof is { Length: > 0 } proof
            && !(proofs.Contains(proof) && proofs.Contains("RRSIG"))
            ? $"no signed {proof} in the authority section"
            : "";
    }

    private static string JudgeFlags(Case @case, Reply reply)
    {
        // A resolver is no authority, and always offers recursion.
        var flags = reply.Flags.Split(' ').ToHashSet(StringComparer.Ordinal);
        if (@case.Options.Local)
        {
            flags.Remove("aa");
        }

        HashSet<string> expected = ["rd", "ra"];
        if (@case.Options.ExpectAuthentic)
        {
            expected.Add("ad");
        }

        if (Asks(@case, "+cd"))
        {
            expected.Add("cd");
        }

        if (Asks(@case, "+ignore"))
        {
            expected.Add("tc");
        }

        string wanted = string.Join(' ', expected);
        return flags.SetEquals(expected) ? "" : $"flags '{reply.Flags}', expected '{wanted}'";
    }

    private static bool Asks(Case @case, string option) =>
        @case.Question.Options.Split(' ').Contains(option, StringComparer.Ordinal);
}
