// The page of status, as people read it.
using System;
using System.Collections.Immutable;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class StatusTextTests
{
    [Fact]
    public void A_busy_server_is_told_in_a_line_for_each_part()
    {
        StatusModel status = new()
        {
            Version = "1.2.3",
            UptimeSeconds = 3 * 3600,
            Listen = ["127.0.0.1:53", "[::1]:53"],
            Metrics = "127.0.0.1:9153",
            Queries = new QueryStatus(12000, 345, 9000, 3000, 2, 4),
            Answers = ImmutableSortedDictionary<string, long>.Empty.Add("NOERROR", 12000).Add("SERVFAIL", 1),
            InFlight = new FlightStatus(2, 1500, 1, 3),
            Cache = new CacheStatus(1 << 20, 256 << 20, 1234, 56, 0),
            Ipv4 = new FamilyStatus(1000, 990, 0, .31) { Works = true },
            Ipv6 = new FamilyStatus(20, 0, 20, null) { Works = false },
            Clock = new ClockStatus(At(1971), At(2026), ["pool.ntp.org."]),
            NegativeTrustAnchors =
            [
                new NegativeAnchorStatus("a.example.", At(2027)),
                new NegativeAnchorStatus("b.example.", null),
            ],
            LimitsMet = ImmutableSortedDictionary<string, long>.Empty.Add("max-exchanges", 2),
            LastFailures = [new FailureStatus("a.example.", "A", 75, 3, "no server\u001b[2J answered")],
        };
        Assert.Equal(
            "resolver    1.2.3, up 3 h 0 min, answering on 127.0.0.1:53, [::1]:53, "
            + "metrics on http://127.0.0.1:9153/metrics\n"
            + "Queries     12,345 (12,000 by UDP, 345 by TCP), 75.0 % straight from the cache, "
            + "2 dropped, 4 TCP connections open\n"
            + "Answers     NOERROR 12,000, SERVFAIL 1\n"
            + "In flight   2 queries, the oldest since 1.5 s; 1 walk; 3 ended by the watchdog\n"
            + "Cache       1.0 MiB of 256.0 MiB, 1,234 entries, 56 whole answers, 0 evicted\n"
            + "IPv4        works: 1,000 exchanges with name servers, 99.0 % answered, "
            + "the last reply 0.3 s ago\n"
            + "IPv6        does not work here, and is tried now and then: 20 exchanges with name servers, "
            + "0.0 % answered, "
            + "20 without a way there, no reply yet\n"
            + "Clock       wrong: it says 1971-01-01 00:00:00Z, "
            + "signatures are judged by 2026-01-01 00:00:00Z, those of pool.ntp.org. not at all\n"
            + "Not judged  a.example. until 2027-01-01 00:00:00Z, b.example.\n"
            + "Limits met  max-exchanges 2\n"
            + "Failures    the last ones:\n"
            + "  a.example. A (1 min 15 s ago, 3 times): no server.[2J answered\n",
            StatusText.Format(status));
    }

    private static DateTimeOffset At(int year) => new(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
