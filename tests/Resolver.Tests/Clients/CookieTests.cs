// Cookies of clients (RFC 7873, RFC 9018): the vectors of RFC 9018, appendix A, and what a cookie proves.
using System;
using System.Buffers.Binary;
using Resolver.Engine;
using Xunit;

namespace Resolver.Tests;

public sealed class CookieTests
{
    private const string Client = "192.0.2.150";

    [Theory]
    [InlineData("e5e973e5a6b2a43f48e7dc849e37bfcf", "198.51.100.100", 1559731985,
        "2464c4abcf10c957", "2464c4abcf10c957010000005cf79f111f8130c3eee29480", false)]
    [InlineData("e5e973e5a6b2a43f48e7dc849e37bfcf", "198.51.100.100", 1559734385,
        "2464c4abcf10c957010000005cf79f111f8130c3eee29480",
        "2464c4abcf10c957010000005cf7a871d4a564a1442aca77", true)]
    [InlineData("e5e973e5a6b2a43f48e7dc849e37bfcf", "203.0.113.203", 1559734700,
        "fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5",
        "fc93fc62807ddb86010000005cf7a9acf73a7810aca2381e", false)]
    [InlineData("445536bcd2513298075a5d379663c962", "2001:db8:220:1:59de:d0f4:8769:82b8", 1559741961,
        "22681ab97d52c298", "22681ab97d52c298010000005cf7c609a6bb79d16625507a", false)]
    public void Cookies_are_those_of_RFC_9018(
        string secret, string client, long seconds, string sent, string expected, bool isProven)
    {
        ServerCookies cookies = new(ServerCookies.ReadSecrets([secret]));
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(seconds);
        ReplyCookie cookie = cookies.Answer(Convert.FromHexString(sent), InetAddress.Parse(client), now);
        byte[] option = new byte[ReplyCookie.OptionLength];
        cookie.Write(option);
        Assert.Equal("000A0018" + expected.ToUpperInvariant(), Convert.ToHexString(option));
        Assert.Equal(isProven, cookie.IsProven);
    }

    [Fact]
    public void A_query_without_a_cookie_is_answered_without()
    {
        using Crowd crowd = new();
        CrowdQuery asked = crowd.Ask(Client, "www.abc.com");
        crowd.Pass(1000);
        Assert.True(asked.IsGood);
        Assert.Equal(0, BinaryPrimitives.ReadUInt16BigEndian(asked.Octets.AsSpan(asked.Octets.Length - 2)));
    }

    [Theory]
    [InlineData(0, Client, true)]
    [InlineData(3599, Client, true)]
    [InlineData(3601, Client, false)]
    [InlineData(0, "192.0.2.151", false)]
    public void A_cookie_proves_the_address_it_was_given_to_for_an_hour(int seconds, string by, bool isProven)
    {
        using Crowd crowd = new();
        byte[] own = [1, 2, 3, 4, 5, 6, 7, 8];
        CrowdQuery first = crowd.Send(Client, With("www.abc.com", own));
        crowd.Pass(1000);
        byte[] cookie = first.Octets[^24..];
        Assert.True(first.IsGood);
        Assert.Equal(own, cookie[..8]);
        crowd.Pass(seconds * 1000.0);
        _ = crowd.Send(by, With("a.slow.net", cookie));
        crowd.Pass(1);
        InetEndpoint remote = new(InetAddress.Parse(by), 1);
        ClientKey key = ClientKey.Of(new ClientContext(remote, default, ClientTransport.Udp), isProven);
        Assert.Equal(1, crowd.Works.Shares.HeldBy(key));
        Assert.Equal(1, crowd.Works.Shares.Total);
    }

    [Fact]
    public void A_cookie_altered_in_any_octet_proves_nothing()
    {
        ServerCookies cookies = new([new SipHash24(1, 2)]);
        InetAddress client = InetAddress.Parse(Client);
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(1559731985);
        byte[] option = new byte[ReplyCookie.OptionLength];
        cookies.Answer(new byte[8], client, now).Write(option);
        byte[] cookie = option[4..];
        Assert.True(cookies.Answer(cookie, client, now).IsProven);
        for (int i = 0; i < cookie.Length; i++)
        {
            cookie[i] ^= 1;
            Assert.False(cookies.Answer(cookie, client, now).IsProven);
            cookie[i] ^= 1;
        }
    }

    [Fact]
    public void A_cookie_of_the_secret_before_is_taken_and_replaced()
    {
        InetAddress client = InetAddress.Parse(Client);
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(1559731985);
        SipHash24 old = new(1, 2);
        SipHash24 young = new(3, 4);
        byte[] option = new byte[ReplyCookie.OptionLength];
        new ServerCookies([old]).Answer(new byte[8], client, now).Write(option);
        ReplyCookie renewed = new ServerCookies([young, old]).Answer(option.AsSpan(4), client, now);
        Assert.True(renewed.IsProven);
        renewed.Write(option);
        Assert.True(new ServerCookies([young]).Answer(option.AsSpan(4), client, now).IsProven);
    }

    [Theory]
    [InlineData("445536bcd2513298075a5d379663c96")]
    [InlineData("445536bcd2513298075a5d379663c9623")]
    [InlineData("445536bcd2513298075a5d379663c96x")]
    public void What_is_no_secret_is_refused(string text) =>
        Assert.Throws<ArgumentException>(() => ServerCookies.ReadSecrets([text]));

    [Theory]
    [InlineData(8, false, 0)]
    [InlineData(24, true, 0)]
    [InlineData(24, false, 23)]
    public void A_cookie_is_given_also_to_who_asks_for_nothing_else(int length, bool isGood, int rcode)
    {
        using Crowd crowd = new();
        CrowdQuery first = crowd.Send(Client, With("www.abc.com", [1, 2, 3, 4, 5, 6, 7, 8]));
        crowd.Pass(1000);
        byte[] sent = first.Octets[^24..][..length];
        sent[^1] ^= (byte)(isGood || length == 8 ? 0 : 1);
        byte[] whole = With("www.abc.com", sent);
        byte[] alone = [.. whole[..12], .. whole[^(length + 15)..]];
        alone[5] = 0;
        CrowdQuery asked = crowd.Send(Client, alone);
        crowd.Pass(0);
        byte[] reply = asked.Octets;
        Assert.Equal(12 + 11 + 28, reply.Length);
        Assert.Equal(rcode, (reply[3] & 15) + (reply[12 + 5] << 4));
        Assert.Equal(first.Octets[^24..^16], reply[^24..^16]);
        Assert.Equal(0, reply[5]);
        Assert.Equal(1, crowd.Queries[^1].Ends);
    }

    private static byte[] With(string name, byte[] cookie)
    {
        byte[] query = [.. Crowd.MakeQuery(name, Wire.RRType.A), 0, 10, 0, (byte)cookie.Length, .. cookie];
        query[^(cookie.Length + 5)] = (byte)(cookie.Length + 4);
        return query;
    }
}
