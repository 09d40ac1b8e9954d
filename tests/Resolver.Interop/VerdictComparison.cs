// Asks our resolver and several validating peers the same questions and compares what matters of a
// verdict: rcode, AD, and the answer without its signatures. Then asks what the zones were made for:
// secure data must come with AD, insecure without, bogus not at all.
//
// A peer that failed where we did not, for no known reason, is asked once more after it has forgotten its
// failure: what it says then counts. We are asked once.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Interop;

internal sealed class VerdictComparison(ServerAddress ours, Explanations explanations, TextWriter details)
{
    // PowerDNS keeps failures for a minute (packetcache-servfail-ttl), the others for less.
    private static readonly TimeSpan FailuresAreKept = TimeSpan.FromSeconds(65);

    /// <summary>True when each difference from each peer is explained, and each expectation met.</summary>
    public async Task<bool> RunAsync(
        DigBatch batch, DigBatch expected, IReadOnlyList<NamedServer> peers, TextWriter output)
    {
        Reply[] our = await batch.AskAsync(ours);
        PrintShapes(our, output);
        bool good = true;
        foreach ((string name, ServerAddress address) in peers)
        {
            Reply[] their = await batch.AskAsync(address);
            await AskAgainAsync(new NamedServer(name, address), batch, our, their);
            good &= Compare(name, (batch.Questions, our, their), output);
        }

        return await CheckExpectedAsync(expected, output) && good;
    }

    private async Task AskAgainAsync(NamedServer peer, DigBatch batch, Reply[] our, Reply[] their)
    {
        int[] failed = [.. Enumerable.Range(0, their.Length).Where(i =>
            their[i].Rcode is "SERVFAIL" or Reply.Silent
            && Difference(our[i], their[i]) is { } difference
            && explanations.ReasonOf($"{peer.Name}:{difference}", batch.Questions[i]) is null)];
        if (failed.Length == 0)
        {
            return;
        }

        await Task.Delay(FailuresAreKept);
        Reply[] again =
            await batch.With([.. failed.Select(i => batch.Questions[i])]).AskAsync(peer.Address);
        for (int i = 0; i < failed.Length; i++)
        {
            await details.WriteLineAsync(
                $"{peer.Name} failed once: {batch.Questions[failed[i]]}, then {again[i]}");
            their[failed[i]] = again[i];
        }
    }

    private static void PrintShapes(Reply[] replies, TextWriter output)
    {
        IEnumerable<string> shapes = replies
            .GroupBy(static r => (r.Rcode == "NOERROR" && r.Answers.Count == 0 ? "NODATA" : r.Rcode)
                + (r.HasFlag("ad") ? " with AD" : ""))
            .OrderByDescending(static g => g.Count())
            .Select(static g => $"{g.Key} {g.Count()}");
        output.WriteLine($"our replies: {string.Join(", ", shapes)}");
    }

    private bool Compare(
        string peer,
        (IReadOnlyList<Question> Questions, Reply[] Ours, Reply[] Theirs) asked,
        TextWriter output)
    {
        var classes = new SortedDictionary<string, (int Explained, int Open)>(StringComparer.Ordinal);
        int explained = 0;
        int open = 0;
        for (int i = 0; i < asked.Questions.Count; i++)
        {
            if (Difference(asked.Ours[i], asked.Theirs[i]) is not { } difference)
            {
                continue;
            }

            string named = $"{peer}:{difference}";
            string? reason = explanations.ReasonOf(named, asked.Questions[i]);
            (int known, int unknown) = classes.GetValueOrDefault(named);
            classes[named] = reason is null ? (known, unknown + 1) : (known + 1, unknown);
            explained += reason is null ? 0 : 1;
            open += reason is null ? 1 : 0;
            details.WriteLine($"{named}: {asked.Questions[i]}  {reason ?? "UNEXPLAINED"}");
            details.WriteLine($"    ours {asked.Ours[i]}");
            details.WriteLine($"    peer {asked.Theirs[i]}");
        }

        foreach ((string name, (int known, int unknown)) in classes)
        {
            output.WriteLine($"difference {name}: {unknown} unexplained, {known} explained");
        }

        output.WriteLine(
            $"{peer}: {asked.Questions.Count} questions, explained {explained}, unexplained {open}");
        output.WriteLine($"verdicts {peer}: {asked.Questions.Count - open} passed, {open} failed");
        return open == 0;
    }

    private static string? Difference(Reply our, Reply their)
    {
        if (our.Rcode != their.Rcode)
        {
            return $"rcode-{our.Rcode}-not-{their.Rcode}";
        }

        if (our.HasFlag("ad") != their.HasFlag("ad"))
        {
            return our.HasFlag("ad") ? "ad-not-theirs" : "no-ad-but-theirs";
        }

        // What stands beside a failure is nobody's answer.
        return our.Rcode == "SERVFAIL" || Records(our).SequenceEqual(Records(their)) ? null : "answer";
    }

    private static IEnumerable<string> Records(Reply reply) => reply.Answers
        .Where(static a => a.Type != "RRSIG")
        .Select(static a => string.Concat(a.Key.Where(static c => !char.IsWhiteSpace(c))))
        .Order(StringComparer.Ordinal);

    // The third column of an expectation is its verdict.
    private async Task<bool> CheckExpectedAsync(DigBatch batch, TextWriter output)
    {
        IReadOnlyList<Question> expected = batch.Questions;
        Question[] asked = [.. expected.Select(static q => q with { Options = "" })];
        Reply[] replies = await batch.With(asked).AskAsync(ours);
        int failed = 0;
        for (int i = 0; i < replies.Length; i++)
        {
            string verdict = replies[i].Rcode == "SERVFAIL" ? "bogus"
                : replies[i].Rcode != "NOERROR" ? replies[i].Rcode
                : replies[i].HasFlag("ad") ? "secure"
                : "insecure";
            if (verdict != expected[i].Options)
            {
                failed++;
                output.WriteLine($"FAIL  {asked[i]} is {verdict}, made to be {expected[i].Options}");
            }
        }

        output.WriteLine($"verdicts expected: {replies.Length - failed} passed, {failed} failed");
        return failed == 0;
    }
}
