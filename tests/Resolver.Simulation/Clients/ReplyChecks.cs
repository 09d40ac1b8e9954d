// What every reply must be, whatever the weather: in time, once, well-formed, no longer than asked for, true
// to the zones, with TTLs that count down from when a server said so.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Engine;
using Resolver.Testing.Tests;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>Judges the replies of one run.</summary>
internal sealed class ReplyChecks(Oracle oracle, ResolverOptions options, FetchTimes fetches)
{
    // Whole seconds are counted twice on the way: from the record to the kept answer, and from there to the
    // reply.
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(2);

    // RFC 8914 §2: the option without text.
    private const int ExtendedErrorLength = 6;

    /// <summary>
    /// True while someone on the path may say of unsigned zones what he likes; then only what the zones prove
    /// has to be right.
    /// </summary>
    public bool IsPathOpen { get; set; }

    /// <summary>How many replies had AD, each of them rightly.</summary>
    public int Proven { get; private set; }

    /// <summary>
    /// Judges a question that should be done by now; throws <see cref="SimulationFailure"/>.
    /// </summary>
    public Reply Judge(ClientQuestion asked, long now)
    {
        long deadline = options.Limits.QueryDeadlineMilliseconds * TimeSpan.TicksPerMillisecond;
        Require(asked.Replies > 0 || now - asked.SentAt <= deadline, asked, "no reply by its deadline");
        Require(asked.Replies == 1, asked, $"{asked.Replies} replies");
        TimeSpan took = new(asked.RepliedAt - asked.SentAt);
        Require(took.Ticks <= deadline, asked, $"replied after {took.TotalMilliseconds} ms");
        Reply reply = Read(asked);
        CheckHeader(asked, reply);
        if (reply.Rcode == Rcode.ServFail)
        {
            Require(reply.Records.Count == 0, asked, "SERVFAIL with records");
            return reply;
        }

        // While nothing can be known of some names, no answer but a denial or a failure can be right.
        RightAnswer? right = oracle.Answer(asked.Question);
        bool isFixed = right is { Trust: { Standing: not Standing.Insecure, IsProvable: true } };
        bool isBound = !IsPathOpen || (isFixed && !asked.Query.CheckingDisabled);
        Require(!isBound || !IsDoomed(asked), asked, $"answered though nothing is proven; {Describe(reply)}");
        CheckProof(asked, reply, right);
        if (isBound)
        {
            CheckLies(asked, reply);
        }

        if (isBound && right is not null && !reply.Has(HeaderFlags.Truncated))
        {
            Require(right.Compare(reply) is null, asked, $"{right.Compare(reply)}; {Describe(reply)}");
            CheckTtls(asked, reply, right);
        }

        return reply;
    }

    /// <summary>True when the reply is the right answer; null when there is none.</summary>
    public bool? IsRight(ClientQuestion asked, Reply reply) =>
        IsDoomed(asked) ? reply.Rcode == Rcode.ServFail :
        oracle.Answer(asked.Question) is { } right ? right.Compare(reply) is null : null;

    /// <summary>True when the zones prove the answer, whatever anybody says.</summary>
    public bool IsProvable(ClientQuestion asked) =>
        oracle.Answer(asked.Question) is { IsSecure: true, Trust.IsProvable: true };

    /// <summary>True when no answer may be given: the zones do not prove what they should.</summary>
    public bool IsDoomed(ClientQuestion asked) => !asked.Query.CheckingDisabled
        && oracle.Answer(asked.Question) is { Trust.Standing: Standing.Error };

    private static Reply Read(ClientQuestion asked)
    {
        try
        {
            return Reply.Read(asked.Octets);
        }
        catch (FormatException wrong)
        {
            throw new SimulationFailure($"{asked}: {wrong.Message}");
        }
    }

    private static void CheckHeader(ClientQuestion asked, Reply reply)
    {
        bool isDatagram = asked.Client.Transport == ClientTransport.Udp;
        int most = !isDatagram
            ? ushort.MaxValue
            : asked.Query.PayloadSize == 0 ? 512 : asked.Query.PayloadSize;
        Require(reply.Length <= most, asked, $"{reply.Length} octets");
        Require(reply.Header.Id == asked.Query.Id, asked, "another ID");
        Require(reply.Has(HeaderFlags.Response) && reply.Has(HeaderFlags.RecursionAvailable), asked, "QR or RA clear");
        Require(reply.Has(HeaderFlags.RecursionDesired), asked, "RD not copied");
        Require(!reply.Has(HeaderFlags.Authoritative), asked, "AA set");
        Require(reply.Question == DomainName.Parse(asked.Query.Name).ToString(), asked, $"question {reply.Question}");
        Require(reply.HasEdns == asked.Query.PayloadSize > 0, asked, "OPT in one of query and reply alone");
        Require(isDatagram || !reply.Has(HeaderFlags.Truncated), asked, "TC on a stream");
    }

    // AD says that the zones prove it (RFC 6840 §5.7).
    private void CheckProof(ClientQuestion asked, Reply reply, RightAnswer? right)
    {
        if (!reply.Has(HeaderFlags.AuthenticData))
        {
            bool isOwed = !IsPathOpen && asked.Query is { DnssecOk: true, CheckingDisabled: false }
                && right is { IsSecure: true, Trust.IsProvable: true }
                && !reply.Has(HeaderFlags.Truncated) && !IsStale(asked, reply);
            Require(!isOwed, asked, $"no AD though the zones prove it; {Describe(reply)}");
            return;
        }

        bool isProved = asked.Question.Realm is { } realm
            ? oracle.IsSecure(realm) || (reply.Rcode == Rcode.NXDomain && oracle.IsSecureAbove(realm))
            : right is { IsSecure: true };
        Require(isProved, asked, $"AD though nothing proves it; {Describe(reply)}");
        bool isTrue = right is null || reply.Has(HeaderFlags.Truncated) || right.Compare(reply) is null;
        Require(isTrue, asked, $"AD though {right?.Compare(reply)}");
        Proven++;
    }

    // RFC 8914 §4.4, §4.20: expired data stands in, and nobody vouches for it. Where the records leave no
    // room to say so, its TTL shows it.
    private bool IsStale(ClientQuestion asked, Reply reply)
    {
        bool hasRoom = asked.Client.Transport != ClientTransport.Udp
            || reply.Length + ExtendedErrorLength <= asked.Query.PayloadSize;
        return reply.ExtendedError.StartsWith("3 ", StringComparison.Ordinal)
            || reply.ExtendedError.StartsWith("19 ", StringComparison.Ordinal)
            || (!hasRoom && options.ServeStale
                && reply.Records.Any(r => r.Ttl == options.StaleTtl.TotalSeconds));
    }

    // Of their own zones adversaries may say what they like, of others nothing.
    private static void CheckLies(ClientQuestion asked, Reply reply)
    {
        DomainName? realm = asked.Question.Realm is { } name ? DomainName.Parse(name) : null;
        ReplyRecord? lie = Lies.Among(reply.Records).FirstOrDefault(
            r => realm is not { } own || !r.Owner.IsSubdomainOf(own));
        Require(lie is null, asked, $"a lie is told: {lie}");
    }

    private static string Describe(Reply reply) =>
        $"the reply has {reply.Header.Flags}, {reply.ExtendedError}, {string.Join(", ", reply.Records)}";

    // Whoever gives a record has it from a server, and it lives from that moment on.
    private void CheckTtls(ClientQuestion asked, Reply reply, RightAnswer right)
    {
        fetches.Update();
        foreach (ReplyRecord record in reply.Records.Where(
            static r => r.Section == MessageSection.Answer && r.Type != RRType.Rrsig))
        {
            uint ttl = right.TtlOf(record) ?? throw new SimulationFailure($"{asked}: {record} is in no zone");
            double most = Math.Min(Math.Max(ttl, options.MinTtl.TotalSeconds), options.MaxTtl.TotalSeconds);
            string what = $"{record.Owner} {record.Type} with TTL {record.Ttl}";
            bool isExpired = options.ServeStale && record.Ttl == options.StaleTtl.TotalSeconds;

            // What stands in lives a second at least.
            Require(isExpired || record.Ttl <= Math.Max(1, most), asked, $"{what} where {most} is the most");
            if (IsMade(reply, record))
            {
                continue;
            }

            IReadOnlyList<Arrival> fetched = fetches.Of(record, asked.RepliedAt);
            Require(fetched.Count > 0, asked, $"{what} was never fetched");
            TimeSpan age = new(asked.RepliedAt - fetched[^1].At);
            bool isYoung = record.Ttl <= Math.Max(0, most - age.TotalSeconds) + Rounding.TotalSeconds;
            bool standsIn = isExpired && fetched.Any(
                a => StandsIn(new TimeSpan(asked.RepliedAt - a.At), Math.Min(a.Ttl, most)));
            Require(isYoung || standsIn, asked, $"{what} (most {most}), though it was fetched {age} ago");
        }
    }

    // RFC 8767: expired data stands in, with the TTL set for that; also while what will take its place has
    // come but is not validated yet.
    private bool StandsIn(TimeSpan age, double ttl) =>
        age.TotalSeconds >= ttl - Rounding.TotalSeconds
        && age.TotalSeconds < ttl + options.StaleMaxAge.TotalSeconds;

    // RFC 6672 §3.1: the alias beside a DNAME is made, not fetched.
    private static bool IsMade(Reply reply, ReplyRecord record) => record.Type == RRType.Cname
        && reply.Records.Any(r => r.Type == RRType.Dname && record.Owner.IsSubdomainOf(r.Owner));

    private static void Require(bool condition, ClientQuestion asked, string failure)
    {
        if (!condition)
        {
            throw new SimulationFailure($"{asked}: {failure}");
        }
    }
}
