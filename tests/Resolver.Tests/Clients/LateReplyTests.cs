// A slow server is no bomb (row 18 of the threats): replies that piled up leave one after the other.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Resolver.Engine;
using Xunit;

namespace Resolver.Tests;

public sealed class LateReplyTests
{
    [Fact]
    public void Row_18_ten_thousand_queries_for_slow_names_never_fall_on_one_client_at_once()
    {
        using Crowd crowd = new();
        crowd.ServerAt("192.0.2.7").Delay = TimeSpan.FromMilliseconds(300);
        for (int i = 0; i < 10_000; i++)
        {
            _ = crowd.Ask("198.51.100.1", $"one{i % 10}.slow.net");
            crowd.Pass(i % 10 == 9 ? 1 : 0);
        }

        CrowdQuery other = crowd.Ask("203.0.113.1", "one1.slow.net");
        crowd.Pass(30_000);
        Assert.True(other.IsGood);
        long[] late = LateOf(crowd);
        int most = MostInTenMilliseconds(late);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"row 18: {late.Length} late replies, at most {most} in 10 ms"));
        Assert.InRange(late.Length, 2000, 10_000);
        Assert.InRange(most, 1, ResolverLimits.Default.MaxLateReplies);
        Assert.All(crowd.Queries, static q => Assert.Equal(1, q.Ends));
        Assert.Equal(0, crowd.Works.Shares.Total);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(21, 20)]
    public void Replies_wait_from_the_limit_on(int count, int atOnce)
    {
        using Crowd crowd = new(With(new ResolverLimits { MaxLateReplies = 20 }));
        CrowdQuery[] asked = AskTogether(crowd, count, CrowdTransport.Datagram);
        Assert.Equal(atOnce, asked.Count(q => q.RepliedAt == asked[0].RepliedAt));
        Assert.All(asked, static q => Assert.True(q.IsGood));
    }

    [Fact]
    public void Who_is_proven_by_a_stream_does_not_wait()
    {
        using Crowd crowd = new(With(new ResolverLimits { MaxLateReplies = 20 }));
        CrowdQuery[] asked = AskTogether(crowd, 100, CrowdTransport.Stream);
        Assert.All(asked, q => Assert.Equal(asked[0].RepliedAt, q.RepliedAt));
    }

    [Fact]
    public void Replies_that_are_not_late_do_not_wait()
    {
        ResolverLimits limits = new() { MaxLateReplies = 20, LateReplyMilliseconds = 10_000 };
        using Crowd crowd = new(With(limits));
        CrowdQuery[] asked = AskTogether(crowd, 100, CrowdTransport.Datagram);
        Assert.All(asked, q => Assert.Equal(asked[0].RepliedAt, q.RepliedAt));
    }

    private static CrowdQuery[] AskTogether(Crowd crowd, int count, CrowdTransport how)
    {
        crowd.ServerAt("192.0.2.7").Delay = TimeSpan.FromMilliseconds(300);
        CrowdQuery[] asked =
            [.. Enumerable.Range(0, count).Select(_ => crowd.Ask("198.51.100.1", "one.slow.net", how))];
        crowd.Pass(10_000);
        return asked;
    }

    private static long[] LateOf(Crowd crowd) =>
    [
        .. crowd.Queries.Where(static q => q.Took.TotalMilliseconds >= 100 && q.Octets.Length > 0)
            .Select(static q => q.RepliedAt).Order(),
    ];

    private static int MostInTenMilliseconds(long[] times)
    {
        int most = 0;
        Queue<long> window = new();
        foreach (long time in times)
        {
            window.Enqueue(time);
            while (window.Peek() <= time - (10 * TimeSpan.TicksPerMillisecond))
            {
                _ = window.Dequeue();
            }

            most = Math.Max(most, window.Count);
        }

        return most;
    }

    private static ResolverOptions With(ResolverLimits limits) => new() { Limits = limits };
}
