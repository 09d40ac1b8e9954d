// When anchors or negative anchors change while the resolver runs, nothing judged before is believed any
// longer (RFC 7646 §4: what was cached is flushed; RFC 5011 §4.1).
using System.Threading.Tasks;
using Resolver.Dnssec;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class TrustChangeTests
{
    private static readonly DomainName Abc = DomainName.Parse("abc.com");

    [Fact]
    public void A_negative_anchor_takes_hold_of_what_is_cached_and_its_end_gives_it_back()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        NegativeTrustAnchors negative = run.Resolver.Works.Trust.Negative;
        Assert.Equal(SecurityStatus.Secure, run.Resolve("www.abc.com").Security);
        Assert.Equal(SecurityStatus.Secure, run.Resolve("nothing.abc.com").Security);

        _ = negative.Add(Abc, network.Time.GetUtcNow().ToUnixTimeSeconds());
        Distrust(run, network, Abc);
        Assert.Equal(SecurityStatus.Insecure, run.Resolve("www.abc.com").Security);
        Assert.Equal(SecurityStatus.Insecure, run.Resolve("nothing.abc.com").Security);
        Assert.Equal(SecurityStatus.Insecure, run.Resolve("nothing2.abc.com").Security);

        Assert.True(negative.Remove(Abc));
        Distrust(run, network, Abc);
        Assert.Equal(SecurityStatus.Secure, run.Resolve("www.abc.com").Security);
    }

    [Fact]
    public void What_was_learned_under_a_negative_anchor_ends_with_it()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        _ = run.Resolver.Works.Trust.Negative.Add(Abc, network.Time.GetUtcNow().ToUnixTimeSeconds(), 20);
        Distrust(run, network, Abc);
        Resolution under = run.Resolve("www.abc.com");
        Assert.Equal((SecurityStatus.Insecure, true), (under.Security, under.Answer[0].Ttl <= 20));
        Assert.Equal(SecurityStatus.Insecure, run.Resolve("nothing.abc.com").Security);
        network.Advance(System.TimeSpan.FromSeconds(21));
        Assert.Equal(SecurityStatus.Secure, run.Resolve("www.abc.com").Security);
        Assert.Equal(SecurityStatus.Secure, run.Resolve("nothing.abc.com").Security);
    }

    [Fact]
    public void What_lies_beside_the_change_stays_cached()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        _ = run.Resolve("www.abc.xyz.com");
        network.Internet.ResetQueryCounts();
        Distrust(run, network, Abc);
        Assert.Equal(SecurityStatus.Secure, run.Resolve("www.abc.xyz.com").Security);
        Assert.Equal(0, network.Internet.QueryCount);
    }

    [Fact]
    public void Data_of_a_replaced_anchor_is_judged_by_the_new_one()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        Assert.Equal(SecurityStatus.Secure, run.Resolve("www.abc.com").Security);
        Assert.Equal(Rcode.NXDomain, run.Resolve("nothing.abc.com").Rcode);
        run.Resolver.Works.Trust.Replace(Stranger());
        Distrust(run, network, DomainName.Root);
        Assert.Equal((Rcode.ServFail, SecurityStatus.Bogus), Of(run.Resolve("www.abc.com")));
        Assert.Equal(Rcode.ServFail, run.Resolve("nothing2.abc.com").Rcode);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(25)]
    public void A_walk_under_way_ends_by_the_new_anchors(int milliseconds)
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        Resolution resolution = network.Run(async () =>
        {
            Task<Resolution> walk = run.Resolver
                .ResolveAsync(DomainName.Parse("www.abc.com"), RRType.A).AsTask();
            await Task.Delay(System.TimeSpan.FromMilliseconds(milliseconds), network.Time);
            Assert.False(walk.IsCompleted);
            run.Resolver.Works.Trust.Replace(Stranger());
            _ = run.Resolver.Works.DistrustAsync([DomainName.Root]);
            return await walk;
        });
        Assert.Equal((Rcode.ServFail, SecurityStatus.Bogus), Of(resolution));
        Assert.Equal(Rcode.ServFail, run.Resolve("www.abc.com").Rcode);
    }

    private static void Distrust(Run run, VirtualNetwork network, DomainName name)
    {
        _ = run.Resolver.Works.DistrustAsync([name]);
        network.Advance(System.TimeSpan.FromMilliseconds(1));
    }

    private static (Rcode Rcode, SecurityStatus Security) Of(Resolution resolution) =>
        (resolution.Rcode, resolution.Security);

    private static TrustAnchors Stranger() =>
        TrustAnchors.None.With(DomainName.Root, [(byte[])[0, 1, 15, 2, .. new byte[32]]]);

    private static SimulatedInternet MakeSigned() => Internets.MakeCom(static b => b.Sign("tests"));
}
