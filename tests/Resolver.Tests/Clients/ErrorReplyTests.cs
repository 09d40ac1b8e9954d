// What a client gets whose query cannot be worked on: OPT for OPT (RFC 6891 §6.1.1), and of a signature that
// its key is not known (RFC 8945 §5.2.1).
using System;
using System.Linq;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class ErrorReplyTests
{
    private const string Client = "192.0.2.150";
    private const int Opt = 11;

    [Theory]
    [InlineData(2, 0x28, 1, 4)]
    [InlineData(2, 0x20, 1, 4)]
    [InlineData(5, 0, 0, 1)]
    [InlineData(5, 2, 2, 1)]
    [InlineData(7, 1, 1, 1)]
    public void EDNS_is_answered_with_EDNS_in_errors_too(int at, byte octet, int questions, int rcode)
    {
        byte[] query = Crowd.MakeQuery("www.abc.com", RRType.A);
        byte[] question = query[12..^Opt];
        byte[] record = at == 7 ? [0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0] : [];
        byte[] all = [.. Enumerable.Repeat(question, questions).SelectMany(static q => q)];
        query = [.. query[..12], .. all, .. record, .. query[^Opt..]];
        query[at] = octet;
        byte[] reply = Ask(query);
        Assert.Equal(rcode, reply[3] & 15);
        Assert.Equal(1, reply[11]);
        Assert.Equal([0, 0, 41], reply[^Opt..][..3]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1232)]
    public void A_signed_query_is_told_that_its_key_is_not_known_and_the_reply_is_not_signed(ushort payload)
    {
        byte[] query = Crowd.MakeQuery("www.abc.com", RRType.A, payload);
        byte[] key = Convert.FromHexString("036B6579" + "00" + "00FA" + "00FF" + "00000000");
        byte[] algorithm = Convert.FromHexString("0B686D61632D73686132353600" + "000000000001" + "012C");
        byte[] signature = Convert.FromHexString("0004" + "61626364" + "1234" + "0000" + "0000");
        query[11]++;
        byte[] reply = Ask([.. query, .. key, 0, 0x21, .. algorithm, .. signature]);
        Assert.Equal(9, reply[3] & 15);
        Assert.Equal(payload == 0 ? 1 : 2, reply[11]);
        Assert.Equal(0, reply[7]);
        byte[] unsigned = [0, 0, reply[0], reply[1], 0, 17, 0, 0];
        byte[] expected = [.. key, 0, 29, .. algorithm, .. unsigned];
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(reply.AsSpan()[^expected.Length..]));
    }

    private static byte[] Ask(byte[] query)
    {
        using Crowd crowd = new();
        CrowdQuery asked = crowd.Send(Client, query);
        crowd.Pass(0);
        return asked.Octets;
    }
}
