// The resolver is no weapon (row 40 of the threats): what a stranger gets is hardly more than it sent, and no
// datagram is larger than its receiver said, nor than the limit.
using System;
using System.Globalization;
using System.Linq;
using Resolver.Engine;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class AmplificationTests
{
    private const int MostAdded = 20;

    private static readonly ResolverOptions Named =
        new() { Identity = new string('i', 60), Version = new string('v', 60) };

    [Fact]
    public void Row_40_a_stranger_gets_no_data_and_at_most_20_octets_more_than_it_sent()
    {
        using Crowd crowd = new(Named, new ClosedPolicy());
        byte[] bare = Crowd.MakeQuery("www.abc.com", RRType.Txt, payload: 0);
        byte[] edns = Crowd.MakeQuery("www.abc.com", RRType.Txt, payload: 4096);
        byte[] version = Crowd.MakeQuery("version.bind", RRType.Txt);
        version[^12] = 3;
        byte[][] queries =
        [
            bare,
            edns,
            version,
            WithOption(edns, EdnsOptionCode.NSID, 0),
            WithOption(edns, EdnsOptionCode.TcpKeepalive, 0),
            WithOption(edns, EdnsOptionCode.Cookie, 8),
            WithOption(edns, EdnsOptionCode.Cookie, 7),
            [.. bare, 0],
            edns[..^1],
            bare[..13],
        ];
        foreach (byte[] query in queries)
        {
            CrowdQuery asked = crowd.Send("198.51.100.1", query);
            crowd.Pass(0);
            Assert.Equal(1, asked.Ends);
            Assert.Equal(Rcode.Refused, asked.Rcode);
            Assert.InRange(asked.Octets.Length, 12, asked.Sent + MostAdded);
            Assert.Equal(0, asked.Octets[6] | asked.Octets[7] | asked.Octets[8] | asked.Octets[9]);
        }

        Print("strangers", crowd);
    }

    [Theory]
    [InlineData(0, 512)]
    [InlineData(100, 512)]
    [InlineData(800, 800)]
    [InlineData(1232, 1232)]
    [InlineData(65535, 1232)]
    public void Row_40_no_datagram_is_larger_than_the_client_takes_nor_than_the_limit(int payload, int most)
    {
        using Crowd crowd = new(Named);
        string[] names = ["big.abc.com", "www.abc.com", "nope.abc.com", "abc.com", "a.dead0.net"];
        foreach (RRType type in new[] { RRType.Txt, RRType.A, RRType.Any })
        {
            // Twice: what the walk brings, and what the answer cache has.
            foreach (string name in names.Concat(names))
            {
                byte[] query = Crowd.MakeQuery(name, type, (ushort)payload);
                query = payload == 0 ? query : WithOption(query, EdnsOptionCode.NSID, 0);
                _ = crowd.Send("192.0.2.150", query);
                crowd.Pass(100);
            }
        }

        crowd.Pass(10_000);
        Assert.All(crowd.Queries, q => Assert.InRange(q.Octets.Length, 12, most));
        Print(string.Create(CultureInfo.InvariantCulture, $"clients of {payload} octets"), crowd);
    }

    private static void Print(string whom, Crowd crowd) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"row 40: {whom} got {crowd.Queries.Sum(static q => q.Octets.Length)} octets for "
        + $"{crowd.Queries.Sum(static q => q.Sent)}, at most {crowd.Queries.Max(Ratio):f1} for one"));

    private static double Ratio(CrowdQuery query) => (double)query.Octets.Length / query.Sent;

    private static byte[] WithOption(byte[] query, EdnsOptionCode code, int length)
    {
        byte[] option = [0, (byte)code.Value, 0, (byte)length, .. new byte[length]];
        byte[] longer = [.. query, .. option];
        longer[query.Length - 1] = (byte)option.Length;
        return longer;
    }

    private sealed class ClosedPolicy : IQueryPolicy
    {
        public PolicyDecision Decide(in ClientContext client) => new(PolicyVerdict.Refuse, default);
    }
}
