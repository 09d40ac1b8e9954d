// Servers in doubt, for they were silent: neither may one of them use up the time of another whose address
// must be looked up, nor may a look-up in vain use up the time of one that was silent only once.
using System;
using System.Net;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class DoubtTests
{
    private const string Silent = "192.0.2.1";
    private const string SilentToo = "2001:db8::1";
    private const string Alive = "192.0.2.2";
    private const string Dead = "192.0.2.3";
    private static readonly ResolverLimits Quiet = new() { ProbePercent = 0 };

    [Fact]
    public void A_host_silent_on_all_its_addresses_does_not_use_up_the_time_of_another_to_be_looked_up()
    {
        using EngineRig rig = new(o => o with { Limits = Quiet });
        ScriptedReply org = EngineRig.Referral("org.", "ns1.org.", Silent)
            .Add(MessageSection.Authority, EngineRig.NS("org.", "ns2.org."))
            .Add(MessageSection.Additional, EngineRig.Set(
                "ns1.org.", RRType.Aaaa, 300, IPAddress.Parse(SilentToo).GetAddressBytes()))
            .Add(MessageSection.Additional, EngineRig.A("ns2.org.", Alive));
        rig.Servers.Serve(EngineRig.RootAddress, q => q.Name.IsSubdomainOf(EngineRig.Name("org."))
            ? org
            : EngineRig.Referral("com.", "ns1.org.").Add(
                MessageSection.Authority, EngineRig.NS("com.", "ns2.org.")));
        rig.Servers.Serve(Alive, q => q.Name.LabelCount < 2 || q.Type != RRType.A
            ? EngineRig.Deny(q.Name.ToString(), Rcode.NoError)
            : EngineRig.Answer(EngineRig.A(
                q.Name.ToCanonical().ToString(), q.Name == EngineRig.Name("ns2.org.") ? Alive : Silent)));
        RememberSilence(rig, Silent, 2);
        RememberSilence(rig, SilentToo, 2);
        (ResolutionOutcome outcome, TimeSpan took, _) = rig.Resolve("www.com.", RRType.A);
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_server_silent_once_is_asked_again_while_another_s_address_is_sought_in_vain()
    {
        using EngineRig rig = new(o => o with { Limits = Quiet });
        rig.Servers.Serve(EngineRig.RootAddress, q => q.Name.IsSubdomainOf(EngineRig.Name("dead."))
            ? EngineRig.Referral("dead.", "ns.dead.", Dead)
            : EngineRig.Referral("com.", "ns.com.", Alive).Add(
                MessageSection.Authority, EngineRig.NS("com.", "ns2.dead.")));
        int asked = 0;
        rig.Servers.Serve(Alive, q => asked++ == 0 ? null : EngineRig.Answer(EngineRig.A("www.com.", Dead)));
        (ResolutionOutcome outcome, TimeSpan took, _) = rig.Resolve("www.com.", RRType.A);
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    // The dead one comes first, for it has not failed yet in this walk; it must not keep the other waiting.
    [Fact]
    public void A_lost_datagram_costs_no_more_than_its_timeout_beside_a_second_server_that_is_dead()
    {
        using EngineRig rig = new(o => o with { Limits = Quiet });
        rig.Servers.Serve(EngineRig.RootAddress, q => q.Name.IsSubdomainOf(EngineRig.Name("dead."))
            ? EngineRig.Referral("dead.", "ns.dead.", Dead)
            : EngineRig.Referral("com.", "ns.com.", Alive).Add(
                MessageSection.Authority, EngineRig.NS("com.", "ns.dead.")));
        int asked = 0;
        rig.Servers.Serve(Alive, q => asked++ == 0 ? null : EngineRig.Answer(EngineRig.A("www.com.", Dead)));
        RememberSilence(rig, Dead, 3);
        (ResolutionOutcome outcome, TimeSpan took, _) = rig.Resolve("www.com.", RRType.A);
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void One_server_alone_is_asked_aside_and_none_where_never_two_are_to_be_asked()
    {
        AskRound round = default;
        Assert.False(round.MayAskAside(Quiet with { MaxServersAtOnce = 1 }));
        Assert.True(round.MayAskAside(Quiet));
        ServerCandidate silent = default;
        round.Begin(ref silent, isAside: true);
        Assert.Equal((false, true), (round.MayAskAside(Quiet), round.MayAsk(Quiet)));
        Assert.False(round.TryMarkLate(ref silent, new LateAsk(round.Number, 0, silent.AskNumber)));
        ServerCandidate other = default;
        round.Begin(ref other, isAside: false);
        Assert.False(round.MayAsk(Quiet));
        round.End(ref silent, new Step { Kind = StepKind.Ask, Round = round.Number });
        Assert.Equal((true, false), (round.MayAskAside(Quiet), round.MayAsk(Quiet)));
    }

    private static void RememberSilence(EngineRig rig, string address, int times)
    {
        long now = rig.Loop.Clock.GetTimestamp();
        for (int i = 0; i < times; i++)
        {
            rig.Histories.Change(
                new InetEndpoint(InetAddress.Parse(address), 53),
                now,
                static (ref ServerHistory h, (long Now, ResolverLimits Limits) t) =>
                    h.AddTimeout(t.Now, t.Now, t.Limits),
                (now, rig.Options.Limits));
        }
    }
}
