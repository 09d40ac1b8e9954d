// What is written of a delegation's servers is read again, however many there are.
using System.Collections.Generic;
using Resolver.Wire;
using Xunit;
using static Resolver.Engine.Tests.CacheSamples;

namespace Resolver.Engine.Tests;

public sealed class DelegationDraftTests
{
    [Fact]
    public void Servers_and_addresses_come_in_the_order_in_which_they_were_written()
    {
        DelegationDraft draft = new DelegationDraft()
            .AddServer(Name("ns1.example.com"))
            .AddAddress(InetAddress.Parse("192.0.2.1"))
            .AddAddress(InetAddress.Parse("2001:db8::1"))
            .AddAddress(InetAddress.Parse("fe80::1%7"))
            .AddAddress(InetAddress.Parse("::ffff:192.0.2.2"))
            .AddServer(Name("."))
            .AddServer(Name("NS2.test"))
            .AddAddress(InetAddress.Parse("192.0.2.3"));
        Delegation delegation = new(DomainName.Parse("example.com"), draft.Octets, 5);

        Assert.Equal(3, draft.Count);
        Assert.True(delegation.HasAddress);
        Assert.Equal(
            [
                "ns1.example.com. 4: 192.0.2.1 2001:db8::1 fe80::1%7 192.0.2.2",
                ". 0:",
                "NS2.test. 1: 192.0.2.3",
            ],
            Read(delegation));
    }

    [Fact]
    public void A_draft_begun_anew_has_nothing_of_the_last()
    {
        DelegationDraft draft = new DelegationDraft().AddServer(Name("ns1.test"));
        for (int i = 0; i < 300; i++)
        {
            _ = draft.AddAddress(InetAddress.Parse("2001:db8::1"));
        }

        Assert.Equal(255, draft.AddressCount);
        Delegation full = new(DomainName.Root, draft.Octets, 5);
        Delegation next = new(DomainName.Root, draft.Begin().AddServer(Name("ns2.test")).Octets, 5);
        Assert.Equal(["ns2.test. 0:"], Read(next));
        Assert.False(next.HasAddress);
        Assert.Equal(255, Read(full)[0].Split("2001:db8::1").Length - 1);
        Assert.Empty(Read(new Delegation(DomainName.Root, draft.Begin().Octets, 5)));
    }

    [Fact]
    public void A_servers_name_is_equal_whatever_its_case_and_wherever_it_lies()
    {
        DelegationDraft draft = new DelegationDraft().AddServer(Name("a.test")).AddServer(Name("B.test"));
        ServerName inPlace = ServerName.ReadAt(draft.Octets.ToArray(), Name("a.test").Length + 1);
        ServerName alone = ServerName.Of(DomainName.Parse("b.TEST"));
        Assert.Equal(alone, inPlace);
        Assert.Equal(alone.GetHashCode(), inPlace.GetHashCode());
        Assert.Equal("B.test.", inPlace.ToName().ToString());
        Assert.Equal(".", default(ServerName).ToString());
        Assert.NotEqual(alone, default);
    }

    private static List<string> Read(Delegation delegation)
    {
        List<string> servers = [];
        foreach (DelegatedServer server in delegation.Servers)
        {
            string line = $"{server.Name} {server.Glue.Count}:";
            foreach (InetAddress address in server.Glue)
            {
                line += $" {address}";
            }

            servers.Add(line);
        }

        return servers;
    }
}
