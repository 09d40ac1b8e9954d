// Client subnets make no question another one (row 10 of the threats, CVE-2025-5994): equal questions are
// joined whatever the clients say of their networks, and none of it is sent on (RFC 7871 §7.1.2).
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class SubnetTests
{
    [Fact]
    public void Row_10_nine_hundred_client_subnets_cost_one_query_upstream()
    {
        using Crowd crowd = new();
        _ = crowd.Ask("192.0.2.150", "first.good.net");
        crowd.Pass(1000);
        long before = crowd.Network.Internet.QueryCount;
        for (int i = 0; i < 900; i++)
        {
            byte[] subnet = [0, 1, 24, 0, 10, (byte)(i >> 8), (byte)i];
            _ = crowd.Send("198.51.100.1", With(Crowd.MakeQuery("one.good.net", RRType.A), subnet));
        }

        crowd.Pass(1000);
        _ = crowd.Send("198.51.100.1", With(Crowd.MakeQuery("one.good.net", RRType.A), [0, 2, 0, 0]));
        crowd.Pass(1000);
        Assert.Equal(1, crowd.Network.Internet.QueryCount - before);
        Assert.All(crowd.Queries, static q => Assert.True(q.IsGood));
    }

    private static byte[] With(byte[] query, byte[] subnet)
    {
        byte[] longer = [.. query, 0, 8, 0, (byte)subnet.Length, .. subnet];
        longer[query.Length - 1] = (byte)(subnet.Length + 4);
        return longer;
    }
}
