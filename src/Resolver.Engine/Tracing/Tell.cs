// Makes steps of a trace out of what happens. Each method is one branch when nobody listens; a brief trace
// costs a copy of values that exist already, and text is made for a whole one alone.
using System;
using System.Collections.Generic;
using System.Globalization;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Tells the listener of a query what happens.</summary>
internal static class Tell
{
    /// <summary>A question begins.</summary>
    public static void Started(Asker asker, Question question)
    {
        Plain(asker, TraceKind.Started, question, null, asker.Depth == 0 ? "asked by the client" : "needed");
        if (asker.IsSpared)
        {
            const string Reason = "the clock is wrong, and a time server must be found";
            Plain(asker, TraceKind.Validated, question, "not judged", Reason);
        }
    }

    /// <summary>Local data answered a question.</summary>
    public static void CacheHit(Asker asker, Question question, string verdict) =>
        Plain(asker, TraceKind.CacheHit, question, verdict, "still fresh");

    /// <summary>Ranges proven before deny a name or a type, or show that a wildcard stands for it.</summary>
    public static void Denied(Asker asker, Question question, LinkOutcome denied) =>
        Plain(asker, TraceKind.CacheHit, question, denied.End.ToString(), "made of proven ranges (RFC 8198)");

    /// <summary>Expired data stands in for what cannot be had.</summary>
    public static void StandsIn(Asker asker, Question question, LinkOutcome stale) =>
        Plain(asker, TraceKind.CacheHit, question, stale.End.ToString(), "expired; nothing newer can be had");

    /// <summary>Built-in knowledge answered a question.</summary>
    public static void LocalAnswer(Asker asker, Question question, string verdict) =>
        Plain(asker, TraceKind.LocalAnswer, question, verdict, "a special-use name (RFC 6761)");

    /// <summary>An equal question was under way.</summary>
    public static void Joined(Asker asker, Question question) =>
        Plain(asker, TraceKind.Joined, question, null, "an equal question is under way");

    /// <summary>Private addresses were taken out of the answer.</summary>
    public static void Guarded(Asker asker, Question question, string what) =>
        Plain(asker, TraceKind.Scrubbed, question, what, "the internet must not name private addresses");

    /// <summary>A limit was met.</summary>
    public static void Limit(Asker asker, Question question, string reason) =>
        Plain(asker, TraceKind.LimitMet, question, null, reason);

    /// <summary>An alias is followed.</summary>
    public static void AliasFollowed(Asker asker, Question from, DomainName to)
    {
        if (asker.Trace is { } trace)
        {
            ref TraceStep told = ref Add(trace, asker, TraceKind.AliasFollowed, from);
            told.Target = to;
            told.Reason = "an alias (CNAME or DNAME)";
        }
    }

    /// <summary>The question ended.</summary>
    public static void Finished(Asker asker, Question question, ResolutionOutcome outcome)
    {
        if (asker.Trace is { } trace)
        {
            ref TraceStep told = ref Add(trace, asker, TraceKind.Finished, question);
            told.Rcode = outcome.Rcode;
            told.Reason = outcome.Error?.Text;
        }
    }

    /// <summary>Data was bogus, and another server is asked.</summary>
    public static void AskedElsewhere(Asker asker, Question question) =>
        Plain(asker, TraceKind.Validated, question, "asked elsewhere", "what came was bogus");

    /// <summary>Signatures were checked.</summary>
    public static void Checked(Asker asker, Question question, IReadOnlyList<SubjectCheck> checks)
    {
        // A brief trace has no room for each signature; what is judged is told by Judged.
        if (asker.Trace is not { IsWhole: true } trace)
        {
            return;
        }

        foreach (SubjectCheck check in checks)
        {
            string key = check.Outcome.IsValid
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"by key {check.Outcome.KeyTag}, algorithm {check.Outcome.Algorithm}")
                : $"by the keys of {DomainName.FromValidWire(check.Keys.Zone)}";
            ref TraceStep told = ref Add(trace, asker, TraceKind.Validated, question);
            told.Name = check.Subject.Owner;
            told.Type = check.Subject.Set.Type;
            told.Zone = DomainName.FromValidWire(check.Keys.Zone);
            told.Verdict = check.Outcome.IsValid ? "signature good" : $"signature {check.Outcome.Verdict}";
            told.Reason = check.Signers.IsEmpty ? key : key + ", which a DS or an anchor names";
        }
    }

    /// <summary>A question's data was judged.</summary>
    public static void Judged(Asker asker, Question question, in Finding found) =>
        Plain(asker, TraceKind.Validated, question, found.Status.ToString(), found.Error?.Text);

    /// <summary>The walk begins at a zone's servers.</summary>
    public static void ZoneEntered(Asker asker, Question question, Delegation start)
    {
        if (asker.Trace is { } trace)
        {
            ref TraceStep told = ref Add(trace, asker, TraceKind.ZoneEntered, question);
            told.Zone = start.Zone;
            told.Reason = start.Configured is { IsForward: true } ? "a forward zone of the configuration"
                : start.Configured is not null ? "a stub zone of the configuration"
                : start.Zone.IsRoot ? "nothing closer is known"
                : "the closest zone whose servers are known";
        }
    }

    /// <summary>A name server's address has to be looked up.</summary>
    public static void AddressNeeded(Asker asker, Question question, DomainName zone)
    {
        if (asker.Trace is { } trace)
        {
            ref TraceStep told = ref Add(trace, asker, TraceKind.AddressNeeded, question);
            told.Zone = zone;
            told.Reason = "a server of the zone whose address is not known";
        }
    }

    /// <summary>A server is asked; what is remembered of it tells why it was chosen.</summary>
    public static void Asked(Asker asker, in Step step, ServerHistoryStore histories)
    {
        if (asker.Trace is { } trace)
        {
            ref TraceStep told = ref AddExchange(trace, asker, TraceKind.Asked, step);
            if (trace.IsWhole)
            {
                string edns = step.WithEdns ? "" : ", without EDNS, which it does not understand";
                string probe = step.Kind == StepKind.Probe ? "in the background, to know it better: " : "";
                ServerHistory history = histories.Get(step.Endpoint, trace.Timestamp);
                told.Reason = probe + Describe(history, step.Asked.Transport) + edns;
            }
        }
    }

    /// <summary>A reply came, or none.</summary>
    public static void Answered(Asker asker, in Step step, in ExchangeOutcome outcome, ClassifiedReply? reply)
    {
        if (asker.Trace is not { } trace)
        {
            return;
        }

        ref TraceStep told = ref AddExchange(trace, asker, TraceKind.Answered, step);
        told.Elapsed = outcome.Elapsed.Ticks;
        told.Status = outcome.Status;
        told.Count = outcome.Reply.Length;
        if (reply is null)
        {
            return;
        }

        told.Rcode = reply.Rcode;
        told.Reply = reply.Kind;
        told.Target = reply.Referral?.Zone ?? default;
        told.Reason = reply.Reason;
        if (reply.Scrubbed > 0)
        {
            told = ref AddExchange(trace, asker, TraceKind.Scrubbed, step);
            told.Count = reply.Scrubbed;
            told.Reason = "the server may not speak of them";
        }
    }

    /// <summary>What a reply brought was stored.</summary>
    public static void Stored(Asker asker, in Step step, ClassifiedReply reply, LinkOutcome? stored)
    {
        if (asker.Trace is not { IsWhole: true })
        {
            return;
        }

        long now = asker.Trace.Timestamp;
        if (reply.Referral is { } referral)
        {
            Stored(asker, (referral.Zone, RRType.NS), Describe(referral));
        }

        foreach (AnswerSet set in stored?.Sets ?? [])
        {
            string life = string.Create(CultureInfo.InvariantCulture, $"for {set.RemainingTtl(now)} s");
            Stored(asker, (set.Set.OwnerName, set.Set.Type), life);
        }

        if (stored?.Denial is { } denial)
        {
            string what = stored.End == LinkEnd.NameError ? "the name does not exist" : "no such records";
            string life = string.Create(CultureInfo.InvariantCulture, $"{what}, for {denial.RemainingTtl(now)} s");
            Stored(asker, (stored.LastName, step.Asked.Type), life);
        }
    }

    private static void Stored(Asker asker, (DomainName Name, RRType Type) what, string verdict)
    {
        ref TraceStep told = ref asker.Trace!.Add(TraceKind.Stored);
        told.Depth = (byte)asker.Depth;
        told.Name = what.Name;
        told.Type = what.Type;
        told.Verdict = verdict;
    }

    private static string Describe(Delegation referral)
    {
        int count = 0;
        int glue = 0;
        foreach (DelegatedServer server in referral.Servers)
        {
            count++;
            glue += server.Glue.Count > 0 ? 1 : 0;
        }

        string servers = count == 1 ? "1 server" : $"{count} servers";
        return $"delegation to {servers}, {glue} with an address";
    }

    private static string Describe(in ServerHistory history, ExchangeTransport transport)
    {
        if (transport == ExchangeTransport.Tcp)
        {
            return "by UDP the reply was truncated, or none came";
        }

        string silence = string.Create(CultureInfo.InvariantCulture, $"silent {history.Timeouts} times of late");
        long roundTrip = history.SmoothedRoundTrip / TimeSpan.TicksPerMillisecond;
        return history.Timeouts > 0 ? silence
            : history.IsKnown ? string.Create(CultureInfo.InvariantCulture, $"replies after about {roundTrip} ms")
            : "not asked before";
    }

    private static void Plain(Asker asker, TraceKind kind, Question question, string? verdict, string? reason)
    {
        if (asker.Trace is { } trace)
        {
            ref TraceStep told = ref Add(trace, asker, kind, question);
            told.Verdict = verdict;
            told.Reason = reason;
        }
    }

    private static ref TraceStep AddExchange(Trace trace, Asker asker, TraceKind kind, in Step step)
    {
        ref TraceStep told = ref trace.Add(kind);
        told.Depth = (byte)asker.Depth;
        told.Name = step.Asked.Name;
        told.Type = step.Asked.Type;
        told.Zone = step.Asked.Zone;
        told.ServerName = step.ServerName;
        told.Server = step.Endpoint;
        told.Transport = step.Asked.Transport;
        told.Exchanges = asker.Budget.Exchanges;
        told.ExchangesLeft = asker.Budget.ExchangesLeft;
        return ref told;
    }

    private static ref TraceStep Add(Trace trace, Asker asker, TraceKind kind, Question question)
    {
        ref TraceStep told = ref trace.Add(kind);
        told.Depth = (byte)asker.Depth;
        told.Name = question.Name;
        told.Type = question.Type;
        told.Exchanges = asker.Budget.Exchanges;
        told.ExchangesLeft = asker.Budget.ExchangesLeft;
        return ref told;
    }
}
