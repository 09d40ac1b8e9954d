// Text forms of durations, sizes, addresses.
using System;
using CsCheck;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class TextFormTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("1800ms", 1800)]
    [InlineData("30s", 30000)]
    [InlineData("5m", 300000)]
    [InlineData("1h", 3600000)]
    [InlineData("1d", 86400000)]
    public void A_duration_is_a_number_and_a_unit(string text, long milliseconds)
    {
        Assert.True(Duration.TryParse(text, out TimeSpan duration));
        Assert.Equal(milliseconds, (long)duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("s")]
    [InlineData("1 s")]
    [InlineData("-1s")]
    [InlineData("1.5s")]
    [InlineData("1S")]
    [InlineData("1w")]
    [InlineData("1s1s")]
    [InlineData("2147483647d")]
    [InlineData("99999999999s")]
    public void Anything_else_is_no_duration(string text) => Assert.False(Duration.TryParse(text, out _));

    [Fact]
    public void Durations_and_sizes_come_back_from_their_text()
    {
        Gen.Int[0, int.MaxValue].Sample(
            milliseconds =>
            {
                TimeSpan duration = TimeSpan.FromMilliseconds(milliseconds);
                return Duration.TryParse(Duration.Format(duration), out TimeSpan again) && again == duration;
            },
            iter: 1000);
        Gen.Long[0, long.MaxValue].Sample(
            octets => ByteSize.TryParse(ByteSize.Format(octets), out long again) && again == octets,
            iter: 1000);
    }

    [Theory]
    [InlineData("512KiB", 512L << 10)]
    [InlineData("256MiB", 256L << 20)]
    [InlineData("1GiB", 1L << 30)]
    [InlineData("100B", 100)]
    public void A_size_is_a_number_and_a_binary_unit(string text, long octets)
    {
        Assert.True(ByteSize.TryParse(text, out long size));
        Assert.Equal(octets, size);
    }

    [Theory]
    [InlineData("1MB")]
    [InlineData("1")]
    [InlineData("MiB")]
    [InlineData("1 MiB")]
    [InlineData("9223372036854775807KiB")]
    public void Anything_else_is_no_size(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData("127.0.0.1:53", "127.0.0.1:53")]
    [InlineData("[::1]:0", "[::1]:0")]
    [InlineData("0.0.0.0:65535", "0.0.0.0:65535")]
    public void An_endpoint_is_an_address_and_a_port(string text, string expected)
    {
        Assert.True(EndpointText.TryParse(text, out System.Net.IPEndPoint? endpoint));
        Assert.Equal(expected, endpoint.ToString());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1:53")]
    [InlineData("[::1]")]
    [InlineData("[127.0.0.1]:53")]
    [InlineData("127.1:53")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.0.0.1:")]
    [InlineData("localhost:53")]
    [InlineData(":53")]
    [InlineData("")]
    public void Anything_else_is_no_endpoint(string text) => Assert.False(EndpointText.TryParse(text, out _));

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1:53")]
    [InlineData("192.0.2.1:5353", "192.0.2.1:5353")]
    [InlineData("2001:db8::1", "[2001:db8::1]:53")]
    [InlineData("[2001:db8::1]", "[2001:db8::1]:53")]
    [InlineData("[2001:db8::1]:5353", "[2001:db8::1]:5353")]
    public void A_server_may_leave_out_its_port(string text, string expected)
    {
        Assert.True(EndpointText.TryParseServer(text, out System.Net.IPEndPoint? endpoint));
        Assert.Equal(expected, endpoint.ToString());
    }

    [Theory]
    [InlineData("192.0.2.1:0")]
    [InlineData("192.0.2")]
    [InlineData("example.com")]
    public void A_server_is_an_address(string text) => Assert.False(EndpointText.TryParseServer(text, out _));
}
