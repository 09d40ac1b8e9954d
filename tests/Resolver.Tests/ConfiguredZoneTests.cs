// Forward and stub zones and the rebinding guard through the public face, and their change while running.
using System;
using System.Net;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class ConfiguredZoneTests
{
    private const string Before = "10.0.0.53";
    private const string After = "10.0.0.54";

    [Fact]
    public void A_stub_zone_is_answered_by_its_own_servers_whatever_its_parent_says()
    {
        VirtualNetwork network = new(MakeInternet());
        using Run run = Run.Primed(network, new ResolverOptions { StubZones = [Corp(Before)] });
        Assert.Equal("10.0.0.1", Address(run.Resolve("www.corp.com")));
        Assert.Equal("192.0.2.100", Address(run.Resolve("www.abc.com")));
    }

    // The zones above are signed, so that their denials speak for everything below (RFC 8020).
    [Theory]
    [InlineData("office.lan.", "printer.lan.", true)]
    [InlineData("office.lan.", "lan.", false)]
    [InlineData("corp.gone.abc.com.", "gone.abc.com.", true)]
    public void A_configured_zone_is_answered_though_its_parent_is_known_not_to_exist(
        string apex, string above, bool isStub)
    {
        VirtualNetwork network = new(Internets.MakeCom(builder =>
        {
            Internets.Zone(builder, Before, apex, "@ NS ns\nns A 10.0.0.53\nwww A 10.0.0.1\n");
            builder.Sign("tests", apex);
        }));
        DomainName zone = DomainName.Parse(apex);
        IPEndPoint server = new(IPAddress.Parse(Before), 53);
        using Run run = Run.Primed(network, new ResolverOptions
        {
            StubZones = isStub ? [new(zone, [server])] : [],
            ForwardZones = isStub ? [] : [new(zone, [server])],
            NegativeTrustAnchors = [zone],
        });
        Resolution denied = run.Resolve(above);
        Assert.Equal((Rcode.NXDomain, SecurityStatus.Secure), (denied.Rcode, denied.Security));
        Assert.Equal("10.0.0.1", Address(run.Resolve("www." + apex)));
        Assert.Equal(Rcode.NXDomain, run.Resolve("other." + above).Rcode);
    }

    [Fact]
    public void What_was_known_of_a_zone_is_forgotten_when_its_servers_change()
    {
        VirtualNetwork network = new(MakeInternet());
        using Run run = Run.Primed(network);
        Assert.Equal(Rcode.NXDomain, run.Resolve("www.corp.com").Rcode);
        _ = run.Resolve("www.abc.com");
        Adopt(network, run, new ResolverOptions { StubZones = [Corp(Before)] });
        Assert.Equal("10.0.0.1", Address(run.Resolve("www.corp.com")));
        Adopt(network, run, new ResolverOptions { StubZones = [Corp(Before), Www] });
        Assert.Equal("10.0.0.2", Address(run.Resolve("www.corp.com")));

        // Of other zones nothing was forgotten.
        network.Internet.ResetQueryCounts();
        Assert.Equal("192.0.2.100", Address(run.Resolve("www.abc.com")));
        Assert.Equal(0, network.Internet.QueryCount);
        Adopt(network, run, new ResolverOptions());
        Assert.Equal(Rcode.NXDomain, run.Resolve("www.corp.com").Rcode);
    }

    [Fact]
    public void The_rebinding_guard_takes_effect_on_what_is_cached_already()
    {
        VirtualNetwork network = new(MakeInternet());
        using Run run = Run.Primed(network);
        Assert.Equal("192.0.2.100", Address(run.Resolve("www.abc.com")));
        ResolverOptions guarded = new() { PrivateAddresses = [AddressPrefix.Parse("192.0.2.0/24")] };
        Adopt(network, run, guarded);
        Resolution resolution = run.Resolve("www.abc.com");
        Assert.Empty(resolution.Answer);
        Assert.Equal(ExtendedErrorCode.Blocked, resolution.ExtendedError!.Code);
        Adopt(network, run, guarded with { PrivateDomains = [DomainName.Parse("abc.com")] });
        Assert.Equal("192.0.2.100", Address(run.Resolve("www.abc.com")));
    }

    [Fact]
    public void Zones_that_cannot_be_meant_are_refused()
    {
        Refuse(new ResolverOptions { ForwardZones = [new ZoneServers(DomainName.Root, [])] });
        ZoneServers closed = new(DomainName.Root, [new(IPAddress.Loopback, 0)]);
        Refuse(new ResolverOptions { ForwardZones = [closed] });
        Refuse(new ResolverOptions { ForwardZones = [Corp(Before)], StubZones = [Corp(After)] });

        static void Refuse(ResolverOptions options) =>
            Assert.Throws<ArgumentException>(() => RecursiveResolver.Create(options));
    }

    private static ZoneServers Www =>
        new(DomainName.Parse("www.corp.com."), [new IPEndPoint(IPAddress.Parse(After), 53)]);

    private static ZoneServers Corp(string server) =>
        new(DomainName.Parse("corp.com."), [new IPEndPoint(IPAddress.Parse(server), 53)]);

    private static string Address(Resolution resolution) =>
        Assert.IsType<ARecord>(Assert.Single(resolution.Answer)).Address.ToString();

    private static void Adopt(VirtualNetwork network, Run run, ResolverOptions options)
    {
        run.Resolver.Adopt(options);
        network.Advance(TimeSpan.FromMilliseconds(1));
    }

    // Zones on servers that nobody delegates to.
    private static SimulatedInternet MakeInternet() => Internets.MakeCom(builder =>
    {
        Internets.Zone(builder, Before, "corp.com.", "@ NS ns\nns A 10.0.0.53\nwww A 10.0.0.1\n");
        Internets.Zone(builder, After, "www.corp.com.", "@ NS ns\nns A 10.0.0.54\n@ A 10.0.0.2\n");
    });
}
