// Cookies in queries and replies (RFC 7873 §4): what is written, what counts as an echo.
using System;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class CookieOptionTests
{
    private static readonly byte[] Client = Convert.FromHexString("0011223344556677");
    private static readonly byte[] Server = Convert.FromHexString("01000000AABBCCDDEEFF001122334455");

    [Fact]
    public void A_cookie_appended_to_a_query_is_an_option_of_its_OPT_record()
    {
        byte[] query = new byte[128];
        int plain = Query(query, []);
        int length = CookieOption.Append(query, plain, Client);
        byte[] whole = new byte[128];
        Assert.Equal(Query(whole, [0, 10, 0, 8, .. Client]), length);
        Assert.Equal(whole[..length], query[..length]);
    }

    [Theory]
    [InlineData("000A00080011223344556677", CookieEcho.Right, 0)]
    [InlineData("000A0018001122334455667701000000AABBCCDDEEFF001122334455", CookieEcho.Right, 16)]
    [InlineData("00030000000A00080011223344556677", CookieEcho.Right, 0)]
    [InlineData("000A000B0011223344556677010203", CookieEcho.Wrong, 0)]
    [InlineData("000A00080011223344556678", CookieEcho.Wrong, 0)]
    [InlineData("000A0000", CookieEcho.Wrong, 0)]
    [InlineData("00030000", CookieEcho.Absent, 0)]
    [InlineData("", CookieEcho.Absent, 0)]
    public void An_echo_is_the_client_cookie_behind_the_options_head(string options, object echo, int length)
    {
        byte[] reply = new byte[128];
        int octets = Query(reply, Convert.FromHexString(options));
        Assert.Equal(echo, CookieOption.Find(reply.AsSpan(0, octets), Client, out ReadOnlySpan<byte> server));
        Assert.Equal(Server[..length], server.ToArray());
    }

    [Fact]
    public void The_cookies_octets_elsewhere_are_no_echo()
    {
        byte[] reply = [.. new byte[12], .. Client];
        Assert.Equal(CookieEcho.Absent, CookieOption.Find(reply, Client, out _));
        Assert.Equal(CookieEcho.Absent, CookieOption.Find(Client, Client, out _));
        Assert.Equal(CookieEcho.Absent, CookieOption.Find([], Client, out _));
    }

    private static int Query(byte[] buffer, byte[] options) => QueryWriter.Write(buffer, new UpstreamQuestion
    {
        Id = 1,
        Name = DomainName.Parse("www.test.").Wire,
        Type = RRType.A,
        Class = RRClass.IN,
        Edns = new OptFields(1232, 0, 0, true),
        Options = options,
    });
}
