// Reads how the running server fares: plain counters and shared stores alone, so that it answers even when a
// loop does not.
using System;
using System.Collections.Immutable;
using System.Linq;
using System.Reflection;
using Resolver.Dnssec;
using Resolver.Engine;
using Resolver.Transport;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>Reads the state of a server.</summary>
internal sealed class StatusReading(ServedResolver served, TimeProvider time)
{
    // As many as fit a terminal beside the rest.
    private const int MostFailures = 10;

    private readonly long _began = time.GetTimestamp();

    /// <summary>The address of the metrics page; null for none.</summary>
    public string? Metrics { get; set; }

    private static string Version =>
        typeof(StatusReading).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>The state now.</summary>
    public StatusModel Read()
    {
        ResolverWorks works = served.Resolver.Works;
        ListenerCounters listeners = served.Listeners.Count();
        AnswerCache answers = works.Caches.Answers;
        long now = works.Engines[0].Parts.Loop.Time.GetTimestamp();
        return new StatusModel
        {
            Version = Version,
            UptimeSeconds = time.GetElapsedTime(_began).TotalSeconds,
            Listen = [.. served.Addresses.Select(static a => a.ToString())],
            Metrics = Metrics,
            Queries = new QueryStatus(
                listeners.Datagrams, listeners.StreamQueries, answers.Hits, answers.Misses,
                listeners.DatagramsDropped + listeners.DatagramsTooLong + listeners.StreamsDropped,
                served.Listeners.Shares.Total),
            Answers = ReadAnswers(works.Clients),
            InFlight = new FlightStatus(
                works.Waiting, works.OldestAge.TotalMilliseconds, works.Counts.InFlight,
                works.Counts.Overdue),
            Cache = new CacheStatus(
                works.Caches.Bytes, works.Caches.Size, works.Caches.Entries, answers.Count,
                works.Caches.Evictions),
            Ipv4 = ReadFamily(works, false, now),
            Ipv6 = ReadFamily(works, true, now),
            Clock = ReadClock(works.Trust),
            NegativeTrustAnchors = ReadNegative(works.Trust.Negative),
            LimitsMet = works.Counts.Limits.Met.ToImmutableSortedDictionary(StringComparer.Ordinal),
            LastFailures = [.. works.Failures.Newest(MostFailures).Select(f => new FailureStatus(
                f.Question.Name.ToString(), f.Question.Type.ToString(), Seconds(now - f.LastAt), f.Times,
                f.Error?.Text ?? "no reason is known"))],
        };
    }

    private static ImmutableSortedDictionary<string, long> ReadAnswers(ClientRecords clients)
    {
        ImmutableSortedDictionary<string, long>.Builder answers =
            ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        for (int kind = 0; kind < ClientCounts.AnswerKinds; kind++)
        {
            long count = clients.Counts.Sum(c => c.Answers(kind));
            if (count > 0 && kind != ClientCounts.Silence)
            {
                answers[new Rcode((ushort)kind).ToString()] = count;
            }
        }

        return answers.ToImmutable();
    }

    private ClockStatus? ReadClock(TrustState trust)
    {
        DateTimeOffset clock = time.GetUtcNow();
        return !trust.Floor.IsWrong(clock.ToUnixTimeSeconds()) ? null : new ClockStatus(
            clock,
            DateTimeOffset.FromUnixTimeSeconds(trust.Floor.Seconds),
            [.. trust.TimeServers.Select(static n => n.ToString())]);
    }

    private ImmutableArray<NegativeAnchorStatus> ReadNegative(NegativeTrustAnchors negative)
    {
        long now = time.GetUtcNow().ToUnixTimeSeconds();
        return
        [
            .. negative.All.Where(a => a.Value > now).Select(static a => new NegativeAnchorStatus(
                a.Key.ToString(),
                a.Value == long.MaxValue ? null : DateTimeOffset.FromUnixTimeSeconds(a.Value)))
                .OrderBy(static a => a.Name, StringComparer.Ordinal),
        ];
    }

    private static FamilyStatus ReadFamily(ResolverWorks works, bool isIPv6, long now)
    {
        ExchangeCounts ends = works.Counts.Ends;
        long last = ends.LastReply(isIPv6);
        return new FamilyStatus(
            ends.ReadAll(isIPv6),
            ends.Read(isIPv6, ExchangeStatus.Reply),
            ends.Read(isIPv6, ExchangeStatus.Unreachable),
            last == 0 ? null : Seconds(now - last))
        {
            Works = works.Histories.Families.IsDown(isIPv6) ? false : last == 0 ? null : true,
        };
    }

    private static double Seconds(long ticks) => Math.Max(0, new TimeSpan(ticks).TotalSeconds);
}
