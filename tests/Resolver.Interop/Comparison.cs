// Asks two resolvers the same questions and names every way in which their replies differ. Order does not
// count, and TTLs only roughly, for the two fetched the records at different moments.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Interop;

internal sealed class Comparison(ServerAddress ours, ServerAddress peer, Explanations explanations)
{
    private const uint TtlTolerance = 120;

    public async Task<bool> RunAsync(IReadOnlyList<Question> questions, TextWriter details, TextWriter output)
    {
        Task<Reply[]> oursTask = DigBatch.AskAsync(ours, questions);
        Task<Reply[]> peerTask = DigBatch.AskAsync(peer, questions);
        Reply[] our = await oursTask;
        Reply[] their = await peerTask;
        var classes = new SortedDictionary<string, (int Explained, int Open)>(StringComparer.Ordinal);
        int same = 0;
        int explained = 0;
        int open = 0;
        for (int i = 0; i < questions.Count; i++)
        {
            string[] differences = [.. Differences(questions[i], our[i], their[i])];
            bool allExplained = true;
            foreach (string difference in differences)
            {
                string? reason = explanations.ReasonOf(difference, questions[i]);
                allExplained &= reason is not null;
                (int known, int unknown) = classes.GetValueOrDefault(difference);
                classes[difference] = reason is null ? (known, unknown + 1) : (known + 1, unknown);
                details.WriteLine($"{difference}: {questions[i]}  {reason ?? "UNEXPLAINED"}");
                details.WriteLine($"    ours {our[i]}");
                details.WriteLine($"    peer {their[i]}");
            }

            same += differences.Length == 0 ? 1 : 0;
            explained += differences.Length > 0 && allExplained ? 1 : 0;
            open += allExplained ? 0 : 1;
        }

        PrintShapes(questions, their, output);
        foreach ((string name, (int known, int unknown)) in classes)
        {
            output.WriteLine($"difference {name}: {unknown} unexplained, {known} explained");
        }

        int distinct = questions.Select(q => $"{q.Name} {q.Type}".ToUpperInvariant()).Distinct().Count();
        output.WriteLine($"{questions.Count} questions ({distinct} distinct), same {same}, " +
            $"explained {explained}, unexplained {open}");
        output.WriteLine($"compare: {same + explained} passed, {open} failed");
        return open == 0;
    }

    // What the questions met, so that a run in which everything failed alike is seen for what it is.
    private static void PrintShapes(IReadOnlyList<Question> questions, Reply[] replies, TextWriter output)
    {
        IEnumerable<string> shapes = replies
            .GroupBy(r => r.Rcode == "NOERROR" && r.Answers.Count == 0 ? "NODATA" : r.Rcode)
            .OrderByDescending(g => g.Count())
            .Select(g => $"{g.Key} {g.Count()}");
        int aliased = replies.Count(r => r.Answers.Any(a => a.Type == "CNAME"));
        int truncated = replies.Count(r => r.Truncated);
        int types = questions.Select(q => q.Type).Distinct().Count();
        output.WriteLine($"the peer's replies: {string.Join(", ", shapes)}; with aliases {aliased}, " +
            $"truncated {truncated}, types asked {types}");
    }

    private static IEnumerable<string> Differences(Question question, Reply our, Reply their)
    {
        if (our.Rcode != their.Rcode)
        {
            yield return $"rcode-{our.Rcode}-not-{their.Rcode}";
            yield break;
        }

        if (!our.Answers.Select(a => a.Key).Order().SequenceEqual(their.Answers.Select(a => a.Key).Order()))
        {
            yield return "answer";
        }
        else if (TtlsDiffer(our, their))
        {
            yield return "ttl";
        }

        if (!InOrder(question, our))
        {
            yield return "order";
        }

        foreach (string flag in new[] { "aa", "tc", "rd", "ra", "ad", "cd" })
        {
            if (our.HasFlag(flag) != their.HasFlag(flag))
            {
                yield return $"flag-{flag}";
            }
        }

        if (our.Truncated != their.Truncated)
        {
            yield return "truncation";
        }

        // RFC 2308 §3: a negative answer carries the SOA, or clients cannot cache it.
        if (our.AuthorityTypes.Contains("SOA") != their.AuthorityTypes.Contains("SOA"))
        {
            yield return "negative-soa";
        }
    }

    private static bool TtlsDiffer(Reply our, Reply their)
    {
        var ttls = our.Answers.GroupBy(a => a.Key)
            .ToDictionary(g => g.Key, g => g.First().Ttl, StringComparer.Ordinal);
        return their.Answers.Any(a => Math.Abs((long)a.Ttl - ttls[a.Key]) > TtlTolerance);
    }

    // Stub resolvers read an alias chain from top to bottom: every record has been led to by those above it.
    private static bool InOrder(Question question, Reply reply)
    {
        string at = Answer.Create(question.Name, "A", "").Owner;
        foreach (Answer answer in reply.Answers)
        {
            if (answer.Type is "DNAME" or "RRSIG")
            {
                continue;
            }

            if (answer.Owner != at)
            {
                return false;
            }

            at = answer.Type == "CNAME" && question.Type is not ("CNAME" or "ANY") ? answer.Rdata : at;
        }

        return true;
    }
}
