// What most of the peers replied to one question, and in which ways a reply differs from that. Order does
// not count, and TTLs only roughly, for each fetched the records at its own moment. A value is the
// majority's when more than half of the peers hold it; where there is none, only a value that nobody else
// holds is a difference ("alone").

using System;
using System.Collections.Generic;
using System.Linq;

namespace Resolver.Interop;

internal sealed class Majority(Question question, IReadOnlyList<Reply> peers, uint ttlTolerance)
{
    private const string Records = "answer";

    private static readonly (string Class, Func<Reply, string> Value)[] Aspects =
    [
        (Records, static reply =>
            string.Join('|', reply.Answers.Select(a => a.Key).Order(StringComparer.Ordinal))),
        .. new[] { "aa", "tc", "rd", "ra", "ad", "cd" }.Select(static flag =>
            ($"flag-{flag}", (Func<Reply, string>)(reply => reply.HasFlag(flag) ? "set" : "clear"))),
        ("truncation", static reply => reply.Truncated ? "truncated" : "whole"),

        // RFC 2308 §3: a negative answer carries the SOA, or clients cannot cache it.
        ("negative-soa", static reply => reply.AuthorityTypes.Contains("SOA") ? "there" : "missing"),
    ];

    /// <summary>The rcode of more than half of the peers, or null.</summary>
    public string? Rcode { get; } = MostOf(peers, static reply => reply.Rcode);

    /// <summary>The classes of difference; the reply may be one of the peers' own.</summary>
    public IEnumerable<string> DifferencesOf(Reply reply)
    {
        if (Rcode is not null && reply.Rcode != Rcode)
        {
            return [$"rcode-{reply.Rcode}-not-{Rcode}"];
        }

        Reply[] alike = [.. peers.Where(p => p.Rcode == reply.Rcode)];
        if (!alike.Any(p => !ReferenceEquals(p, reply)) && peers.Count > 1)
        {
            return [$"alone-rcode-{reply.Rcode}"];
        }

        return AspectsOf(reply, alike);
    }

    // Peers with another rcode have no say in the rest.
    private IEnumerable<string> AspectsOf(Reply reply, Reply[] alike)
    {
        bool sameRecords = true;
        foreach ((string name, Func<Reply, string> value) in Aspects)
        {
            string own = value(reply);
            string? most = MostOf(alike, value);
            bool alone = !alike.Any(p => !ReferenceEquals(p, reply) && value(p) == own);
            if (most is not null ? most != own : alone)
            {
                sameRecords &= name != Records;

                // How much of an alias chain stands beside an error is a question of its own.
                string described = name == Records && reply.Rcode == "SERVFAIL" ? "servfail-answer" : name;
                yield return most is null ? $"alone-{described}" : described;
            }
        }

        if (sameRecords && TtlsDiffer(reply, alike))
        {
            yield return "ttl";
        }

        if (!InOrder(reply))
        {
            yield return "order";
        }
    }

    private static string? MostOf(IReadOnlyList<Reply> replies, Func<Reply, string> value)
    {
        return replies.GroupBy(value, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() * 2 > replies.Count)?.Key;
    }

    private bool TtlsDiffer(Reply reply, Reply[] alike)
    {
        var ttls = reply.Answers.GroupBy(a => a.Key)
            .ToDictionary(g => g.Key, g => g.First().Ttl, StringComparer.Ordinal);
        Reply[] same = [.. alike.Where(p => p.Answers.All(a => ttls.ContainsKey(a.Key)))];
        int far = same.Count(p =>
            p.Answers.Any(a => Math.Abs((long)a.Ttl - ttls[a.Key]) > ttlTolerance));
        return far * 2 > same.Length;
    }

    // Stub resolvers read an alias chain from top to bottom: every record has been led to by those above it.
    private bool InOrder(Reply reply)
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
