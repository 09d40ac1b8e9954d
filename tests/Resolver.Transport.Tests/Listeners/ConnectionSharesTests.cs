// The sharing of client connections, as numbers.
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class ConnectionSharesTests
{
    private static readonly InetAddress Alice = InetAddress.Parse("192.0.2.1");
    private static readonly InetAddress Bob = InetAddress.Parse("192.0.2.2");

    [Fact]
    public void Nobody_is_limited_until_half_are_taken()
    {
        var shares = new ConnectionShares(100, 1 << 24);
        Assert.Equal(51, TakeAll(shares, Alice));
        Assert.True(shares.IsCrowded);
    }

    [Fact]
    public void Then_a_client_holds_at_most_half_of_what_is_free()
    {
        var shares = new ConnectionShares(100, 1 << 24);
        _ = TakeAll(shares, Alice);
        Assert.Equal(16, TakeAll(shares, Bob));
        Assert.Equal(Admission.ShareUsedUp, shares.TryTake(Alice));
    }

    [Fact]
    public void A_newcomer_gets_the_last_one_and_then_it_is_full()
    {
        var shares = new ConnectionShares(4, 1 << 24);
        Assert.Equal(3, TakeAll(shares, Alice));
        Assert.Equal(Admission.Admitted, shares.TryTake(Bob));
        Assert.Equal(Admission.Full, shares.TryTake(InetAddress.Parse("192.0.2.3")));
    }

    [Fact]
    public void What_is_given_back_is_free_again()
    {
        var shares = new ConnectionShares(2, 1 << 24);
        Assert.Equal(Admission.Admitted, shares.TryTake(Alice));
        Assert.Equal(Admission.Admitted, shares.TryTake(Alice));
        shares.GiveBack(Alice);
        shares.GiveBack(Alice);
        Assert.Equal(0, shares.Total);
        Assert.Equal(0, shares.HeldBy(Alice));
        Assert.Equal(Admission.Admitted, shares.TryTake(Bob));
    }

    [Fact]
    public void An_IPv6_network_is_one_client()
    {
        var shares = new ConnectionShares(10, 1 << 24);
        Assert.Equal(Admission.Admitted, shares.TryTake(InetAddress.Parse("2001:db8::1")));
        Assert.Equal(1, shares.HeldBy(InetAddress.Parse("2001:db8::ffff:2")));
        Assert.Equal(0, shares.HeldBy(InetAddress.Parse("2001:db8:0:1::1")));
    }

    private static int TakeAll(ConnectionShares shares, InetAddress client)
    {
        int taken = 0;
        while (shares.TryTake(client) == Admission.Admitted)
        {
            taken++;
        }

        return taken;
    }
}
