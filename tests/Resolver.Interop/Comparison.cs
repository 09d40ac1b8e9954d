// Asks us and the peers the same questions, and holds every reply against what most of the peers said. A
// difference of ours that no line explains fails the run; where the peers have no majority, only a reply
// that none of them gave.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Interop;

internal sealed class Comparison(
    IReadOnlyList<NamedServer> servers, Explanations explanations, uint ttlTolerance)
{
    /// <summary>The first server is ours.</summary>
    public async Task<bool> RunAsync(DigBatch batch, TextWriter details, TextWriter output)
    {
        Reply[][] replies = await Task.WhenAll(servers.Select(server => batch.AskAsync(server.Address)));
        var table = new DifferenceTable([.. servers.Select(server => server.Name)]);
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        IReadOnlyList<Question> questions = batch.Questions;
        int explained = 0;
        int open = 0;
        int undecided = 0;
        for (int i = 0; i < questions.Count; i++)
        {
            Reply[] row = [.. replies.Select(r => r[i])];
            var majority = new Majority(questions[i], row[1..], ttlTolerance);
            string[][] differences = [.. row.Select(reply => majority.DifferencesOf(reply).ToArray())];
            for (int server = 0; server < row.Length; server++)
            {
                table.Count(server, row[server], differences[server]);
            }

            string[] judged = [.. differences[0].Select(d => Judge(d, questions[i], reasons))];
            bool unexplained = judged.Any(j => j.StartsWith("UNEXPLAINED", StringComparison.Ordinal));
            open += unexplained ? 1 : 0;
            explained += judged.Length > 0 && !unexplained ? 1 : 0;
            if (majority.Rcode is null)
            {
                undecided++;
                judged = ["NO MAJORITY", .. judged];
            }

            WriteDetails(details, questions[i], row, judged);
        }

        table.Print(output);
        foreach ((string reason, int count) in reasons)
        {
            output.WriteLine($"{count,6} {reason}");
        }

        int distinct = questions.Select(q => $"{q.Name} {q.Type}".ToUpperInvariant()).Distinct().Count();
        int types = questions.Select(q => q.Type).Distinct().Count();
        output.WriteLine($"{questions.Count} questions ({distinct} distinct, {types} types), " +
            $"explained {explained}, unexplained {open}, without a majority {undecided}");
        output.WriteLine($"compare: {questions.Count - open} passed, {open} failed");
        return open == 0;
    }

    private string Judge(string difference, Question question, SortedDictionary<string, int> reasons)
    {
        string? reason = explanations.ReasonOf(difference, question);
        string judged = reason is null ? $"UNEXPLAINED {difference}" : $"{difference}: {reason}";
        reasons[judged] = reasons.GetValueOrDefault(judged) + 1;
        return judged;
    }

    private void WriteDetails(TextWriter details, Question question, Reply[] row, string[] remarks)
    {
        if (remarks.Length == 0)
        {
            return;
        }

        details.WriteLine($"{question}  {string.Join("; ", remarks)}");
        for (int i = 0; i < row.Length; i++)
        {
            details.WriteLine($"    {servers[i].Name,-9} {row[i]}");
        }
    }
}
