// RFC 8914: each cause of failure has its code, and its text names the server and what it did. Through real
// replies to a client, in the faults of the simulated internet.
using System;
using System.Net;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class ExtendedErrorTests
{
    private const string Abc = "192.0.2.2";

    private readonly VirtualNetwork _network = new(Internets.MakeCom());

    [Theory]
    [InlineData(ServerFault.Dead, 22, "ns.abc.com. at 192.0.2.2:53: timed out after 3 tries")]
    [InlineData(ServerFault.Lame, 22, "at 192.0.2.2:53: does not serve the zone (referral upwards)")]
    [InlineData(ServerFault.Refused, 22, "ns.abc.com. at 192.0.2.2:53: said REFUSED")]
    [InlineData(ServerFault.WrongId, 22, "ns.abc.com. at 192.0.2.2:53: ")]
    [InlineData(
        ServerFault.WrongQuestion, 24, "ns.abc.com. at 192.0.2.2:53: sent a reply to another question")]
    public void A_fault_of_the_only_server_is_told_with_its_name_address_and_doing(
        ServerFault fault, ushort code, string text)
    {
        Server(Abc).Fault = fault;
        using Run run = Run.Primed(_network);
        StubReply reply = new StubClient(_network, run.Resolver).Ask("www.abc.com");
        Assert.Equal(Rcode.ServFail, reply.Rcode);
        Assert.Equal(new ExtendedErrorCode(code), reply.Error!.Code);
        string head = "no server of abc.com. gave a usable reply: ns.abc.com. at ";
        Assert.StartsWith(head, reply.Error.Text, StringComparison.Ordinal);
        Assert.Contains(text, reply.Error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("max-exchanges-per-question")]
    [InlineData("max-exchanges")]
    [InlineData("query-deadline-ms")]
    public void A_limit_that_is_met_is_named_with_what_went_wrong_until_then(string limit)
    {
        Server(Abc).Fault = ServerFault.Dead;
        ResolverLimits limits = limit switch
        {
            "max-exchanges" => new ResolverLimits { MaxExchanges = 4 },
            "query-deadline-ms" => new ResolverLimits { QueryDeadlineMilliseconds = 600 },
            _ => new ResolverLimits { MaxExchangesPerQuestion = 4 },
        };
        using Run run = Run.Primed(_network, new ResolverOptions { Limits = limits });
        StubReply reply = new StubClient(_network, run.Resolver).Ask("www.abc.com");
        Assert.Equal(Rcode.ServFail, reply.Rcode);
        Assert.Contains(limit, reply.Error!.Text, StringComparison.Ordinal);
        Assert.Contains("ns.abc.com. at 192.0.2.2:53: timed out", reply.Error.Text, StringComparison.Ordinal);
        Assert.Equal(limit == "query-deadline-ms" ? 22 : 0, reply.Error.Code.Value);
    }

    [Fact]
    public void A_failure_told_again_from_memory_is_a_cached_error_with_the_same_text()
    {
        Server(Abc).Fault = ServerFault.Refused;
        using Run run = Run.Primed(_network);
        StubClient client = new(_network, run.Resolver);
        StubReply first = client.Ask("www.abc.com");
        long queries = _network.Internet.QueryCount;
        StubReply second = client.Ask("www.abc.com");
        Assert.Equal(queries, _network.Internet.QueryCount);
        Assert.Equal(ExtendedErrorCode.CachedError, second.Error!.Code);
        Assert.Equal(first.Error!.Text, second.Error.Text);
    }

    [Fact]
    public void The_network_is_told_from_the_servers()
    {
        DomainName zone = DomainName.Parse("example.");
        WalkTroubles troubles = new();
        troubles.Add(Trouble("ns1.example.", TroubleKind.Network, "unreachable"));
        Assert.Equal(ExtendedErrorCode.NetworkError, troubles.ToError(zone).Code);
        troubles.Add(Trouble("ns2.example.", TroubleKind.Silence, "timed out", "192.0.2.2"));
        Assert.Equal(ExtendedErrorCode.NoReachableAuthority, troubles.ToError(zone).Code);
        WalkTroubles unusable = new();
        unusable.Add(Trouble("ns1.example.", TroubleKind.Unusable, "sent an unusable reply (RDATA)"));
        Assert.Equal(ExtendedErrorCode.InvalidData, unusable.ToError(zone).Code);
        WalkTroubles stopping = new();
        stopping.Add(Trouble("ns1.example.", TroubleKind.Stopping, "stopping"));
        Assert.Equal(ExtendedErrorCode.NotReady, stopping.ToError(zone).Code);
    }

    [Fact]
    public void Hostile_names_are_escaped_and_cut_and_many_servers_are_counted()
    {
        WalkTroubles troubles = new();
        for (int i = 0; i < 40; i++)
        {
            string name = new string('x', 60) + "." + new string('y', 60) + @".\010\200end" + i;
            troubles.Add(Trouble(name, TroubleKind.Silence, "timed out", $"192.0.2.{i}"));
        }

        string text = troubles.ToError(DomainName.Parse(new string('z', 60) + ".example.")).Text;
        Assert.InRange(text.Length, 1, 240);
        Assert.Contains(@"\010\200end", text, StringComparison.Ordinal);
        Assert.EndsWith("and 39 more", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, char.IsControl);
    }

    private static ServerTrouble Trouble(
        string name, TroubleKind kind, string what, string address = "192.0.2.1") =>
        new(DomainName.Parse(name), new InetEndpoint(InetAddress.Parse(address), 53), kind, what);

    private SimulatedServer Server(string address) => _network.Internet.FindServer(IPAddress.Parse(address))!;
}
