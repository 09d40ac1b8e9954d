// The root's servers after priming: those whose addresses the reply had no room for are asked where the hints
// say (RFC 9609 §4.2).
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class RootServersTests
{
    private const string Second = "199.9.14.201";

    [Fact]
    public void A_root_server_whose_address_the_priming_reply_lacks_is_asked_at_that_of_the_hints()
    {
        using EngineRig rig = new(static o => o with
        {
            Primes = true,
            RootHints =
            [
                .. o.RootHints,
                new RootHint(EngineRig.Name("b.root-servers.net."), [InetAddress.Parse(Second)]),
            ],
        });
        rig.Servers.Serve(EngineRig.RootAddress, static _ => new ScriptedReply { Rcode = Rcode.Refused });
        rig.Servers.Serve(Second, static q => q.Name.IsRoot && q.Type == RRType.NS
            ? EngineRig.Answer(EngineRig.Set(
                ".",
                RRType.NS,
                3600,
                EngineRig.Name("a.root-servers.net.").Wire.ToArray(),
                EngineRig.Name("b.root-servers.net.").Wire.ToArray()))
                .Add(MessageSection.Additional, EngineRig.A("a.root-servers.net.", EngineRig.RootAddress))
            : EngineRig.Deny(".", Rcode.NXDomain));
        ResolutionOutcome first = rig.Resolve("first.", RRType.A).Outcome;
        Assert.Equal((null, Rcode.NXDomain), (first.Error?.Text, first.Rcode));
        ResolutionOutcome later = rig.Resolve("second.", RRType.A).Outcome;
        Assert.Equal((null, Rcode.NXDomain), (later.Error?.Text, later.Rcode));
    }
}
