// The reply that an entry makes of a query: ADJUST applied, then written.
using System.Linq;
using Resolver.Wire;

namespace Resolver.Scenarios;

/// <summary>Makes replies.</summary>
internal static class EntryReply
{
    public static byte[] Write(ScenarioEntry entry, ScriptMessage query)
    {
        if (entry.Raw is { } raw)
        {
            byte[] octets = [.. raw];
            if (entry.Has(Adjustments.CopyId) && octets.Length >= 2)
            {
                (octets[0], octets[1]) = ((byte)(query.Id >> 8), (byte)query.Id);
            }

            return octets;
        }

        ScriptMessage script = entry.Message;
        ScriptMessage reply = new()
        {
            Id = entry.Has(Adjustments.CopyId) || entry.Has(Adjustments.CopyQuery) ? query.Id : script.Id,
            Flags = script.Flags,
            Opcode = script.Opcode,
            Rcode = script.Rcode,
            HasEdns = script.HasEdns || query.HasEdns,
            DnssecOk = script.DnssecOk || query.DnssecOk,
        };
        reply.EdnsOptions = [.. (entry.Has(Adjustments.CopyEdnsOptions) ? query : script).EdnsOptions];
        if (entry.Has(Adjustments.IncrementScope))
        {
            IncrementScope(reply.EdnsOptions);
        }

        reply.Questions.AddRange(entry.Has(Adjustments.CopyQuery)
            ? query.Questions
            : script.Questions.Select(q => InCaseOf(q, entry, query)));
        reply.Records.AddRange(script.Records);
        return reply.Write();
    }

    public static byte[] WriteServFail(ScriptMessage query)
    {
        ScriptMessage reply = new()
        {
            Id = query.Id,
            Flags = HeaderFlags.Response | (query.Flags & HeaderFlags.RecursionDesired),
            Opcode = query.Opcode,
            Rcode = Rcode.ServFail,
            HasEdns = query.HasEdns,
        };
        reply.Questions.AddRange(query.Questions);
        return reply.Write();
    }

    // RFC 7871 §6: the scope follows family and source, in the option that stands first.
    private static void IncrementScope(byte[] options)
    {
        const int ScopeAt = 7;
        if (options.Length > ScopeAt && options[0] == 0 && options[1] == EdnsOptionCode.ClientSubnet.Value)
        {
            options[ScopeAt]++;
        }
    }

    // Servers echo the question with its letters' case, which the script cannot know.
    private static ScriptQuestion InCaseOf(
        ScriptQuestion question, ScenarioEntry entry, ScriptMessage query) =>
        entry.Has(Adjustments.CopyId) && query.Question is { } asked
            && (question.Name == asked.Name || entry.Matches.Contains(MatchField.Subdomain))
            ? question with { Name = asked.Name }
            : question;
}
