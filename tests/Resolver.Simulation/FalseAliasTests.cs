// A server of the parent that sends, in place of the denial of a DS, an alias as if signed by the unsigned
// zone below: what stands in the place of a DS is the parent's word (RFC 4035 §3.1.4.1).
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Simulation;

public sealed class FalseAliasTests
{
    private const string Head = "$TTL 60\n@ SOA ns.com. admin.com. 1 3600 600 86400 60\n@ NS ns.com.\n";

    [Fact]
    public void An_alias_in_place_of_the_denial_of_an_unsigned_zones_DS_is_bogus()
    {
        SimulatedInternetBuilder builder = new SimulatedInternetBuilder()
            .Zone(".", Head + "com. NS ns.com.\nns.com. A 192.0.2.1\n")
            .Zone("com.", Head + "ns A 192.0.2.1\nplain NS ns.plain\nns.plain A 192.0.2.2\nwww A 192.0.2.9\n")
            .Zone("plain.com.", Head + "www A 192.0.2.9\n")
            .Server("192.0.2.1", ".", "com.")
            .Server("192.0.2.2", "plain.com.")
            .Sign("seed", "plain.com.");
        VirtualNetwork network = new(builder.Build());
        DomainName plain = DomainName.Parse("plain.com.");
        network.Internet.Servers[0].Script = turn =>
        {
            Draft draft = Draft.Of(turn);
            if (draft.Type == RRType.DS && draft.Name == plain)
            {
                byte[] signed = [0, 5, 13, 2, 0, 0, 0, 60, 255, 255, 255, 255, 0, 0, 0, 0, 0, 1];
                draft = draft.Clear();
                draft.Add(
                    MessageSection.Answer, plain, RRType.Cname, DomainName.Parse("www.com.").Wire.ToArray());
                draft.Add(
                    MessageSection.Answer, plain, RRType.Rrsig, [.. signed, .. plain.Wire, .. new byte[64]]);
            }

            return [new ScriptedPacket(System.TimeSpan.Zero, draft.Write())];
        };
        (Resolution below, Resolution signer) = network.Run(async () =>
        {
            await using RecursiveResolver resolver = RecursiveResolver.Create(
                new ResolverOptions { Network = network, RootHints = network.Internet.RootHints });
            return (await resolver.ResolveAsync(DomainName.Parse("www.plain.com."), RRType.A),
                await resolver.ResolveAsync(plain, RRType.DS));
        });
        Assert.Equal(SecurityStatus.Insecure, below.Security);
        Assert.Equal((SecurityStatus.Bogus, Rcode.ServFail), (signer.Security, signer.Rcode));
        Assert.Empty(signer.Answer);
    }
}
