// Makes steps of a trace out of what happens. Each method is one branch when nobody listens; a brief trace
// costs a copy of values that exist already, and text is made for a whole one alone.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
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
        if (asker.Trace is not null)
        {
            Add(asker, Make(asker, TraceKind.AliasFollowed, from) with
            {
                Target = to,
                Reason = "an alias (CNAME or DNAME)",
            });
        }
    }

    /// <summary>The question ended.</summary>
    public static void Finished(Asker asker, Question question, ResolutionOutcome outcome)
    {
        if (asker.Trace is not null)
        {
            Add(asker, Make(asker, TraceKind.Finished, question) with
            {
                Rcode = outcome.Rcode,
                Reason = outcome.Error?.Text,
            });
        }
    }

    /// <summary>Data was bogus, and another server is asked.</summary>
    public static void AskedElsewhere(Asker asker, Question question) =>
        Plain(asker, TraceKind.Validated, question, "asked elsewhere", "what came was bogus");

    /// <summary>Signatures were checked.</summary>
    public static void Checked(Asker asker, Question question, IReadOnlyList<SubjectCheck> checks)
    {
        // A brief trace has no room for each signature; what is judged is told by Judged.
        if (asker.Trace is not { IsWhole: true })
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
            Add(asker, Make(asker, TraceKind.Validated, question) with
            {
                Name = check.Subject.Owner,
                Type = check.Subject.Set.Type,
                Zone = DomainName.FromValidWire(check.Keys.Zone),
                Verdict = check.Outcome.IsValid ? "signature good" : $"signature {check.Outcome.Verdict}",
                Reason = check.Signers.IsEmpty ? key : key + ", which a DS or an anchor names",
            });
        }
    }

    /// <summary>A question's data was judged.</summary>
    public static void Judged(Asker asker, Question question, in Finding found) =>
        Plain(asker, TraceKind.Validated, question, found.Status.ToString(), found.Error?.Text);

    /// <summary>The walk begins at a zone's servers.</summary>
    public static void ZoneEntered(Asker asker, Question question, Delegation start)
    {
        if (asker.Trace is not null)
        {
            Add(asker, Make(asker, TraceKind.ZoneEntered, question) with
            {
                Zone = start.Zone,
                Reason = start.Configured is { IsForward: true } ? "a forward zone of the configuration"
                    : start.Configured is not null ? "a stub zone of the configuration"
                    : start.Zone.IsRoot ? "nothing closer is known"
                    : "the closest zone whose servers are known",
            });
        }
    }

    /// <summary>A name server's address has to be looked up.</summary>
    public static void AddressNeeded(Asker asker, Question question, DomainName zone)
    {
        if (asker.Trace is not null)
        {
            Add(asker, Make(asker, TraceKind.AddressNeeded, question) with
            {
                Zone = zone,
                Reason = "a server of the zone whose address is not known",
            });
        }
    }

    /// <summary>A server is asked; what is remembered of it tells why it was chosen.</summary>
    public static void Asked(Asker asker, in Step step, ServerHistoryStore histories)
    {
        if (asker.Trace is { } trace)
        {
            string edns = step.WithEdns ? "" : ", without EDNS, which it does not understand";
            string probe = step.Kind == StepKind.Probe ? "in the background, to know it better: " : "";
            Add(asker, OfExchange(asker, TraceKind.Asked, step) with
            {
                Reason = trace.IsWhole
                    ? probe + Describe(histories.Get(step.Endpoint, trace.Timestamp), step.Asked.Transport) + edns
                    : null,
            });
        }
    }

    /// <summary>A reply came, or none.</summary>
    public static void Answered(Asker asker, in Step step, in ExchangeOutcome outcome, ClassifiedReply? reply)
    {
        if (asker.Trace is null)
        {
            return;
        }

        Add(asker, OfExchange(asker, TraceKind.Answered, step) with
        {
            Elapsed = outcome.Elapsed.Ticks,
            Status = outcome.Status,
            Count = outcome.Reply.Length,
            Rcode = reply?.Rcode,
            Reply = reply?.Kind ?? default,
            Target = reply?.Referral?.Zone ?? default,
            Reason = reply?.Reason,
        });
        if (reply is { Scrubbed: > 0 })
        {
            Add(asker, OfExchange(asker, TraceKind.Scrubbed, step) with
            {
                Count = reply.Scrubbed,
                Reason = "the server may not speak of them",
            });
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
            int glue = referral.Servers.Count(static s => !s.Glue.IsEmpty);
            string servers = referral.Servers.Length == 1 ? "1 server" : $"{referral.Servers.Length} servers";
            servers = $"delegation to {servers}, {glue} with an address";
            Stored(asker, (referral.Zone, RRType.NS), servers);
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

    private static void Stored(Asker asker, (DomainName Name, RRType Type) what, string verdict) =>
        Add(asker, new TraceStep
        {
            Kind = TraceKind.Stored,
            Depth = (byte)asker.Depth,
            Name = what.Name,
            Type = what.Type,
            Verdict = verdict,
        });

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
        if (asker.Trace is not null)
        {
            Add(asker, Make(asker, kind, question) with { Verdict = verdict, Reason = reason });
        }
    }

    private static TraceStep OfExchange(Asker asker, TraceKind kind, in Step step) => new()
    {
        Kind = kind,
        Depth = (byte)asker.Depth,
        Name = step.Asked.Name,
        Type = step.Asked.Type,
        Zone = step.Asked.Zone,
        ServerName = step.ServerName,
        Server = step.Endpoint,
        Transport = step.Asked.Transport,
        Exchanges = asker.Budget.Exchanges,
        ExchangesLeft = asker.Budget.ExchangesLeft,
    };

    private static TraceStep Make(Asker asker, TraceKind kind, Question question) => new()
    {
        Kind = kind,
        Depth = (byte)asker.Depth,
        Name = question.Name,
        Type = question.Type,
        Exchanges = asker.Budget.Exchanges,
        ExchangesLeft = asker.Budget.ExchangesLeft,
    };

    private static void Add(Asker asker, in TraceStep step) => asker.Trace!.Add(step);
}
