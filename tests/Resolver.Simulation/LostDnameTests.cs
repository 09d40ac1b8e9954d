// A server that sends the alias made from a DNAME without the DNAME (RFC 6672 §3.1): nobody signed it.
using System;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Simulation;

public sealed class LostDnameTests
{
    private const string Head = "$TTL 60\n@ SOA ns.com. admin.com. 1 3600 600 86400 60\n@ NS ns.com.\n";

    [Theory]
    [InlineData(true, "Bogus")]
    [InlineData(false, "Insecure")]
    public void Its_alias_is_bogus_in_a_signed_zone_and_followed_in_another(bool isSigned, string status)
    {
        SimulatedInternetBuilder builder = new SimulatedInternetBuilder()
            .Zone(".", Head + "com. NS ns.com.\nns.com. A 192.0.2.1\n")
            .Zone("com.", Head + "ns A 192.0.2.1\nold DNAME new\nwww.new A 192.0.2.9\n")
            .Server("192.0.2.1", ".", "com.")
            .Sign("seed", isSigned ? [] : ["com."]);
        VirtualNetwork network = new(builder.Build());
        network.Internet.Servers[0].Script = static turn =>
        {
            Draft draft = Draft.Of(turn);
            draft.Records.RemoveAll(static r => r.Type == RRType.Dname
                || (r.Type == RRType.Rrsig && r.Owner == DomainName.Parse("old.com.")));
            return [new ScriptedPacket(TimeSpan.Zero, draft.Write())];
        };
        Resolution resolution = network.Run(async () =>
        {
            await using RecursiveResolver resolver = RecursiveResolver.Create(
                new ResolverOptions { Network = network, RootHints = network.Internet.RootHints });
            return await resolver.ResolveAsync(DomainName.Parse("www.old.com."), RRType.A);
        });
        Assert.Equal(status, $"{resolution.Security}");
        Assert.Equal(isSigned ? 0 : 2, resolution.Answer.Count);
    }
}
