// The sample shows what its README says it shows: each question asked of a resolver that lives in it.
using System.Linq;
using Resolver.Wire;
using Xunit;

namespace Resolver.Testing.Tests;

public sealed class SampleTests
{
    private readonly VirtualNetwork _network = new(SimulatedInternet.LoadSample());

    [Theory]
    [InlineData("www.example.com", "A", "A A")]
    [InlineData("example.com", "AAAA", "AAAA")]
    [InlineData("example.com", "MX", "MX MX")]
    [InlineData("example.com", "TXT", "TXT TXT")]
    [InlineData("example.com", "CAA", "CAA CAA")]
    [InlineData("example.com", "NS", "NS NS")]
    [InlineData("example.com", "SOA", "SOA")]
    [InlineData("ftp.example.com", "A", "CNAME A A")]
    [InlineData("very.deep.example.com", "TXT", "TXT")]
    [InlineData("www.example.net", "A", "A")]
    [InlineData("www.example.org", "A", "A")]
    [InlineData("www.abc.com", "A", "A")]
    [InlineData("www.abc.xyz.com", "A", "A")]
    [InlineData("www.glueless.com", "A", "A")]
    [InlineData("www.alias.com", "A", "CNAME CNAME CNAME A A")]
    [InlineData("www.alias.com", "CNAME", "CNAME")]
    [InlineData("www.old.moved.org", "A", "DNAME CNAME A A")]
    [InlineData("anything.at.all.wild.com", "A", "A")]
    [InlineData("anything.wild.com", "MX", "MX")]
    [InlineData("shop.web.wild.com", "A", "CNAME A A")]
    [InlineData("services.org", "HTTPS", "HTTPS")]
    [InlineData("_dns.resolver.services.org", "SVCB", "SVCB SVCB")]
    [InlineData("_sip._tcp.services.org", "SRV", "SRV SRV")]
    [InlineData("services.org", "NAPTR", "NAPTR")]
    [InlineData("_443._tcp.services.org", "TLSA", "TLSA")]
    [InlineData("strange.services.org", "TYPE65280", "TYPE65280")]
    [InlineData("4.0.41.198.in-addr.arpa", "PTR", "PTR")]
    [InlineData("5.0.41.198.in-addr.arpa", "PTR", "CNAME PTR")]
    [InlineData("0.3.0.0.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.e.3.a.b.3.0.5.0.1.0.0.2.ip6.arpa", "PTR", "PTR")]
    [InlineData("www.lame.com", "A", "A")]
    [InlineData("www.dead.com", "A", "A")]
    [InlineData("www.spoofed.com", "A", "A")]
    [InlineData("www.mangled.com", "A", "A")]
    [InlineData("www.refused.net", "A", "A")]
    [InlineData("www.noedns.net", "A", "A")]
    [InlineData("www.notcp.net", "A", "A")]
    [InlineData("www.lossy.net", "A", "A")]
    [InlineData("www.slow.org", "A", "A")]
    [InlineData("www.truncated.org", "A", "A")]
    [InlineData("www.sixonly.org", "AAAA", "AAAA")]
    public void What_exists_is_found(string name, string type, string types)
    {
        Resolution answer = Resolve(name, type);
        Assert.Equal((Rcode.NoError, types), (answer.Rcode, Types(answer)));
    }

    [Fact]
    public void A_long_answer_comes_whole() => Assert.Equal(30, Resolve("text.big.org", "TXT").Answer.Count);

    [Theory]
    [InlineData("nothing.example.com", "A", 3)]
    [InlineData("deep.example.com", "TXT", 0)]
    [InlineData("www.example.com", "MX", 0)]
    [InlineData("below.host.wild.com", "A", 3)]
    [InlineData("nothing.com", "A", 3)]
    [InlineData("nothing", "A", 3)]
    public void What_does_not_exist_is_denied(string name, string type, int rcode)
    {
        Resolution answer = Resolve(name, type);
        Assert.Equal((rcode, ""), (answer.Rcode.Value, Types(answer)));
    }

    [Fact]
    public void An_alias_into_nothing_is_denied_behind_the_alias()
    {
        Resolution answer = Resolve("gone.alias.com", "A");
        Assert.Equal((Rcode.NXDomain, "CNAME"), (answer.Rcode, Types(answer)));
    }

    [Theory]
    [InlineData("ring.alias.com", "A")]
    [InlineData("www.dark.com", "A")]
    [InlineData("www.cycle-a.com", "A")]
    [InlineData("text.notcp.net", "TXT")]
    public void What_cannot_be_found_fails_with_a_reason(string name, string type)
    {
        Resolution answer = Resolve(name, type);
        Assert.Equal(Rcode.ServFail, answer.Rcode);
        Assert.NotNull(answer.ExtendedError);
    }

    private static string Types(Resolution answer) =>
        string.Join(' ', answer.Answer.Select(static r => r.Type));

    private Resolution Resolve(string name, string type) => _network.Run(async () =>
    {
        await using RecursiveResolver resolver = RecursiveResolver.Create(
            new ResolverOptions { Network = _network });
        return await resolver.ResolveAsync(DomainName.Parse(name), RRType.Parse(type));
    });
}
