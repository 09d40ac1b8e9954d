// The rebinding guard: private addresses named by the internet do not reach clients, by whatever record.
using System;
using System.Linq;
using System.Net;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class PrivateAddressTests
{
    private const string Server = "192.0.2.53";

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("fd00::1")]
    public void An_answer_that_is_a_private_address_becomes_empty_and_says_why(string address)
    {
        using EngineRig rig = Rig();
        RRset set = Addresses("rebind.evil.", address);
        Serve(rig, set);
        Trace trace = new(rig.Loop.Time, 100);
        ResolutionOutcome outcome = rig.Resolve("rebind.evil.", set.Type, trace).Outcome;
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        Assert.Empty(outcome.Answer);
        Assert.Equal(ExtendedErrorCode.Blocked, outcome.Error!.Code);
        Assert.Contains("rebind.evil.", outcome.Error.Text, StringComparison.Ordinal);
        Assert.Contains(trace.Events, e => e.Kind == TraceKind.Scrubbed);

        // And again out of the cache: with the reason, and never as a whole answer of its own.
        (ResolutionOutcome warm, _, int queries) = rig.Resolve("rebind.evil.", set.Type);
        Assert.Equal(0, queries);
        Assert.Empty(warm.Answer);
        Assert.NotNull(warm.Error);
        Assert.False(warm.IsCacheable);
    }

    [Fact]
    public void Public_addresses_beside_a_private_one_stay()
    {
        using EngineRig rig = Rig();
        Serve(rig, Addresses("www.evil.", "192.0.2.1", "10.0.0.1", "192.0.2.2"));
        ResolutionOutcome outcome = rig.Resolve("www.evil.", RRType.A).Outcome;
        Assert.Equal(2, Assert.Single(outcome.Answer).Set.Count);
        Assert.NotNull(outcome.Error);
    }

    [Fact]
    public void The_aliases_before_a_private_address_stay()
    {
        using EngineRig rig = Rig();
        Serve(rig, EngineRig.Cname("www.evil.", "x.evil."), Addresses("x.evil.", "10.0.0.1"));
        ResolutionOutcome outcome = rig.Resolve("www.evil.", RRType.A).Outcome;
        Assert.Equal("CNAME", Assert.Single(outcome.Answer).Set.Type.ToString());
        Assert.NotNull(outcome.Error);
    }

    [Theory]
    [InlineData(new byte[] { 0, 1, 0, 0, 4, 0, 4, 10, 0, 0, 1 }, true)]
    [InlineData(new byte[] { 0, 1, 0, 0, 4, 0, 8, 192, 0, 2, 1, 10, 0, 0, 1 }, true)]
    [InlineData(
        new byte[]
        {
            0, 1, 1, 97, 0, 0, 3, 0, 2, 1, 187, 0, 6, 0, 16, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
        },
        true)]
    [InlineData(new byte[] { 0, 1, 0, 0, 4, 0, 4, 192, 0, 2, 1 }, false)]
    [InlineData(new byte[] { 0, 1, 0 }, false)]
    public void Hints_of_HTTPS_records_count(byte[] rdata, bool isRemoved)
    {
        using EngineRig rig = Rig();
        Serve(rig, EngineRig.Set("www.evil.", RRType.Https, 300, rdata));
        ResolutionOutcome outcome = rig.Resolve("www.evil.", RRType.Https).Outcome;
        Assert.Equal(isRemoved ? 0 : 1, outcome.Answer.Count);
        Assert.Equal(isRemoved, outcome.Error is not null);
    }

    [Theory]
    [InlineData("nas.mine.", true)]
    [InlineData("db.stub.", true)]
    [InlineData("www.evil.", false)]
    public void Private_domains_and_configured_zones_are_exempt(string name, bool isExempt)
    {
        using EngineRig rig = Rig("stub.");
        Serve(rig, Addresses(name, "10.0.0.1"));
        ResolutionOutcome outcome = rig.Resolve(name, RRType.A).Outcome;
        Assert.Equal(isExempt ? 1 : 0, outcome.Answer.Count);
    }

    [Fact]
    public void Servers_that_are_asked_for_all_names_speak_for_the_internet()
    {
        using EngineRig rig = Rig(".");
        Serve(rig, Addresses("www.evil.", "10.0.0.1"));
        Assert.Empty(rig.Resolve("www.evil.", RRType.A).Outcome.Answer);
    }

    [Fact]
    public void Localhost_stays_what_it_is()
    {
        using EngineRig rig = Rig();
        Assert.Single(rig.Resolve("localhost.", RRType.A).Outcome.Answer);
    }

    private static RRset Addresses(string owner, params string[] addresses)
    {
        byte[][] octets = [.. addresses.Select(static a => IPAddress.Parse(a).GetAddressBytes())];
        return EngineRig.Set(owner, octets[0].Length == 4 ? RRType.A : RRType.Aaaa, 300, octets);
    }

    private static void Serve(EngineRig rig, params RRset[] sets)
    {
        rig.Servers.Serve(EngineRig.RootAddress, q => EngineRig.Answer(sets));
        rig.Servers.Serve(Server, q => EngineRig.Answer(sets));
    }

    private static EngineRig Rig(string? stub = null)
    {
        InetEndpoint server = new(InetAddress.Parse(Server), 53);
        ConfiguredZone[] zones =
            stub is null ? [] : [new ConfiguredZone(EngineRig.Name(stub), false, [server])];
        InetAddress unique = InetAddress.Parse("fd00::");
        return new EngineRig(o => o with
        {
            Rules = new LocalRules(
                new ConfiguredZones(zones),
                new PrivateAddressGuard(
                    a => a.IsIPv6 ? a.Bits >> 120 == unique.Bits >> 120 : (uint)a.Bits >> 24 is 10 or 127,
                    [EngineRig.Name("mine.")])),
        });
    }
}
