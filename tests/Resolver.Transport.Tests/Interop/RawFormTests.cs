// The kernel's forms of addresses and packet information, against the framework's own and against themselves.
using System;
using System.Net;
using System.Net.Sockets;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class RawFormTests
{
    [Theory]
    [InlineData("192.0.2.1", 53)]
    [InlineData("255.255.255.255", 65535)]
    [InlineData("2001:db8::1", 5300)]
    [InlineData("fe80::1%3", 1)]
    public void An_endpoint_has_the_octets_that_the_framework_gives_it(string address, int port)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the layout is Linux's");
        var endpoint = new IPEndPoint(IPAddress.Parse(address), port);
        SocketAddress expected = endpoint.Serialize();
        byte[] octets = new byte[RawAddress.Size];
        octets.AsSpan().Fill(0xAA);
        int length = RawAddress.Write(InetEndpoint.From(endpoint), octets);
        Assert.Equal(expected.Buffer.Span[..expected.Size], octets.AsSpan(0, length));
        Assert.True(RawAddress.TryRead(octets.AsSpan(0, length), out InetEndpoint read));
        Assert.Equal(endpoint, read.ToIPEndPoint());
    }

    [Theory]
    [InlineData(16, 1)]
    [InlineData(16, 10)]
    [InlineData(8, 2)]
    public void Another_family_or_too_few_octets_are_no_endpoint(int length, byte family)
    {
        byte[] octets = new byte[length];
        octets[0] = family;
        Assert.False(RawAddress.TryRead(octets, out _));
    }

    [Theory]
    [InlineData("127.0.0.2")]
    [InlineData("2001:db8::5")]
    [InlineData("fe80::5%7")]
    public void The_address_to_reply_from_survives_a_control_message(string text)
    {
        InetAddress address = InetAddress.Parse(text);
        byte[] control = new byte[PacketInfo.Size];
        control.AsSpan().Fill(0xAA);
        int length = PacketInfo.Write(address, control);
        Assert.True(PacketInfo.TryRead(control.AsSpan(0, length), out InetAddress read));
        Assert.Equal(address, read);
    }

    [Fact]
    public void Control_messages_cut_anywhere_are_read_without_harm()
    {
        byte[] control = new byte[PacketInfo.Size];
        int length = PacketInfo.Write(InetAddress.Parse("2001:db8::5"), control);
        for (int cut = 0; cut < length - 4; cut++)
        {
            Assert.False(PacketInfo.TryRead(control.AsSpan(0, cut), out _));
        }

        // A message of another kind stands before it.
        byte[] two = new byte[24 + length];
        two[0] = 20;
        two[8] = 1;
        two[12] = 29;
        control.AsSpan(0, length).CopyTo(two.AsSpan(24));
        Assert.Equal(IntPtr.Size == 8, PacketInfo.TryRead(two, out _));

        // A length that leads nowhere ends the search.
        Assert.False(PacketInfo.TryRead(new byte[32], out _));
    }

    [Theory]
    [InlineData(0, (int)SocketResult.Done)]
    [InlineData(Errno.WouldBlock, (int)SocketResult.WouldBlock)]
    [InlineData(Errno.InProgress, (int)SocketResult.InProgress)]
    [InlineData(Errno.AddressInUse, (int)SocketResult.AddressInUse)]
    [InlineData(Errno.AccessDenied, (int)SocketResult.Denied)]
    [InlineData(Errno.NetworkUnreachable, (int)SocketResult.Unreachable)]
    [InlineData(Errno.FamilyNotSupported, (int)SocketResult.Unreachable)]
    [InlineData(Errno.ProcessFileLimit, (int)SocketResult.Exhausted)]
    [InlineData(111, (int)SocketResult.PeerError)]
    [InlineData(104, (int)SocketResult.PeerError)]
    public void An_error_number_has_one_meaning(int errno, int meaning) =>
        Assert.Equal((SocketResult)meaning, Errno.ToResult(errno));

    [Theory]
    [InlineData(SocketError.Success, (int)SocketResult.Done)]
    [InlineData(SocketError.WouldBlock, (int)SocketResult.WouldBlock)]
    [InlineData(SocketError.InProgress, (int)SocketResult.InProgress)]
    [InlineData(SocketError.AddressAlreadyInUse, (int)SocketResult.AddressInUse)]
    [InlineData(SocketError.AccessDenied, (int)SocketResult.Denied)]
    [InlineData(SocketError.HostUnreachable, (int)SocketResult.Unreachable)]
    [InlineData(SocketError.TooManyOpenSockets, (int)SocketResult.Exhausted)]
    [InlineData(SocketError.ConnectionRefused, (int)SocketResult.PeerError)]
    public void An_error_of_the_framework_has_one_meaning(SocketError error, int meaning) =>
        Assert.Equal((SocketResult)meaning, SocketMeaning.Of(error));
}
