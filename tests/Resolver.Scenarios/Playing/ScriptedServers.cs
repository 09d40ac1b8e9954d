// The servers of a scenario: what they say is decided by the step that is being played, the address asked and
// the first entry that matches; a REPLY step speaks once, for any address. Otherwise a server of the script
// says SERVFAIL, as Deckard's do, and an address that the script does not know says nothing.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using Resolver.Engine;

namespace Resolver.Scenarios;

/// <summary>A query that reached a server.</summary>
internal sealed record SentQuery(
    int Step, TimeSpan At, IPAddress Server, ExchangeTransport Transport, ScriptMessage Query, string Reply)
{
    public string Describe()
    {
        string at = At.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture);
        return $"sent at {at} s, step {Step}, {Transport} {Server}: {Query.Question}: {Reply}";
    }
}

/// <summary>A reply to send, after a delay; without octets, an error of the network.</summary>
internal sealed record ScriptedReply(byte[]? Octets, TimeSpan Delay);

/// <summary>All servers of one scenario.</summary>
internal sealed class ScriptedServers(Scenario scenario)
{
    private readonly HashSet<ScenarioEntry> _used = [];
    private readonly List<ScenarioStep> _unspoken = [.. scenario.Replies];

    /// <summary>The step being played.</summary>
    public int Step { get; set; }

    public List<SentQuery> Log { get; } = [];

    /// <summary>A mandatory entry that no query has met; null when there is none.</summary>
    public ScenarioEntry? FindUnused() => scenario.Ranges.SelectMany(static r => r.Entries)
        .FirstOrDefault(e => e.IsMandatory && !_used.Contains(e));

    /// <summary>The reply to a query; null when none comes.</summary>
    public ScriptedReply? Answer(ReadOnlySpan<byte> octets, InetAddress server, in SentBy sent)
    {
        ScriptMessage query = ScriptMessage.Read(octets);
        IPAddress address = server.ToIPAddress();
        ScenarioEntry? entry = Find(query, address, sent.Transport);
        ScenarioStep? step = entry is null ? FindStep(query, address, sent.Transport) : null;
        entry ??= step?.Entry;
        ScriptedReply? reply = step?.Kind == StepKind.Timeout ? null
            : step?.Kind == StepKind.Error ? new ScriptedReply(null, TimeSpan.Zero)
            : entry is null ? IsServer(address) ? new(EntryReply.WriteServFail(query), TimeSpan.Zero) : null
            : entry.Has(Adjustments.DoNotAnswer) ? null
            : new ScriptedReply(EntryReply.Write(entry, query), entry.Delay);
        string told = (entry is not null ? $"entry of line {entry.Line}"
                : step is not null ? $"step {step.Id}"
                : "nothing in the script")
            + (reply is null ? ", silence" : reply.Octets is null ? ", error" : "");
        Log.Add(new SentQuery(Step, sent.At, address, sent.Transport, query, told));
        return reply;
    }

    private bool IsServer(IPAddress address) =>
        scenario.Config.RootAddresses.Contains(address)
            || scenario.Ranges.Exists(r => r.Addresses.Count == 0 || r.Addresses.Contains(address));

    // The root's address stands for all others when no range has it.
    private ScenarioEntry? Find(ScriptMessage query, IPAddress address, ExchangeTransport transport)
    {
        bool anywhere = scenario.Config.RootAddresses.Contains(address)
            && !scenario.Ranges.Exists(r => r.Addresses.Contains(address));
        foreach (AnswerRange range in scenario.Ranges)
        {
            bool holds = anywhere ? range.Holds(Step) : range.Holds(Step, address);
            ScenarioEntry? found = holds
                ? range.Entries.Find(e => EntryMatcher.Compare(e, query, transport) is null)
                : null;
            if (found is not null)
            {
                _ = _used.Add(found);
                return found;
            }
        }

        return null;
    }

    private ScenarioStep? FindStep(ScriptMessage query, IPAddress address, ExchangeTransport transport)
    {
        ScenarioStep? step = _unspoken.FirstOrDefault(s => s.Id >= Step
            && (s.Address is null || s.Address.Equals(address))
            && (s.Entry is null || EntryMatcher.Compare(s.Entry, query, transport) is null));
        _ = step is not null && _unspoken.Remove(step);
        return step;
    }
}

/// <summary>How and when a query was sent.</summary>
internal readonly record struct SentBy(ExchangeTransport Transport, TimeSpan At);
