// Step 3: who may ask.
using System;
using System.Net;
using Resolver.Engine;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class QueryPolicyTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.255.255.255", true)]
    [InlineData("172.16.0.0", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.0", false)]
    [InlineData("172.15.255.255", false)]
    [InlineData("192.168.1.1", true)]
    [InlineData("169.254.1.1", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("11.0.0.0", false)]
    [InlineData("9.255.255.255", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::1", true)]
    [InlineData("::2", false)]
    [InlineData("fe80::1%3", true)]
    [InlineData("febf:ffff::1", true)]
    [InlineData("fec0::1", false)]
    [InlineData("fd00::1", true)]
    [InlineData("2001:db8::1", false)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("::ffff:8.8.8.8", false)]
    public void By_default_private_networks_may_ask_and_nobody_else(string client, bool mayAsk) =>
        Assert.Equal(
            mayAsk, Decide(new QueryPolicy(ServerConfiguration.Default), client) == PolicyVerdict.Continue);

    [Fact]
    public void Who_may_not_ask_is_refused() =>
        Assert.Equal(PolicyVerdict.Refuse, Decide(new QueryPolicy(ServerConfiguration.Default), "8.8.8.8"));

    [Fact]
    public void An_empty_list_lets_nobody_ask()
    {
        QueryPolicy policy = new(ServerConfiguration.Default with { Allow = [] });
        Assert.Equal(PolicyVerdict.Refuse, Decide(policy, "127.0.0.1"));
        Assert.Equal(PolicyVerdict.Refuse, Decide(policy, "::1"));
    }

    [Fact]
    public void The_policy_goes_over_to_another_configuration()
    {
        QueryPolicy policy = new(ServerConfiguration.Default);
        policy.Replace(ServerConfiguration.Default with { Allow = [AddressPrefix.Parse("8.8.8.0/24")] });
        Assert.Equal(PolicyVerdict.Continue, Decide(policy, "8.8.8.8"));
        Assert.Equal(PolicyVerdict.Refuse, Decide(policy, "127.0.0.1"));
    }

    [Fact]
    public void Deciding_allocates_nothing()
    {
        QueryPolicy policy = new(ServerConfiguration.Default);
        ClientContext client = Client("fe80::1");

        // Of several windows the least: the runtime allocates now and then by itself.
        long least = long.MaxValue;
        for (int window = 0; window < 8 && least > 0; window++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                _ = policy.Decide(client);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static PolicyVerdict Decide(QueryPolicy policy, string client) =>
        policy.Decide(Client(client)).Verdict;

    private static ClientContext Client(string address)
    {
        InetEndpoint remote = new(InetAddress.From(IPAddress.Parse(address)), 5353);
        return new ClientContext(remote, remote, ClientTransport.Udp);
    }
}
