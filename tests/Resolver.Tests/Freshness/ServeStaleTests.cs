// RFC 8767: expired data stands in when newer cannot be had in time, and only then. Real zones, real replies,
// virtual time.
using System;
using System.Net;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class ServeStaleTests : IDisposable
{
    private const string Abc = "192.0.2.2";
    private const string AbcXyz = "192.0.2.4";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly VirtualNetwork _network = new(Internets.MakeCom());
    private Run? _run;

    private StubClient Client => new(_network, Started.Resolver);

    private Run Started => _run ??= Run.Primed(_network);

    public void Dispose() => _run?.Dispose();

    [Fact]
    public void With_a_dead_server_the_expired_answer_goes_out_within_1800_ms_with_TTL_30_and_EDE_3()
    {
        Learn("www.abc.com");
        Fail(Abc);
        StubReply reply = Client.Ask("www.abc.com");
        Assert.Equal(Rcode.NoError, reply.Rcode);
        Assert.Equal("192.0.2.100", reply.Addresses);
        Assert.Equal(30u, Assert.Single(reply.Records).Ttl);
        Assert.Equal(ExtendedErrorCode.StaleAnswer, reply.Error!.Code);
        Assert.Contains("ns.abc.com. at 192.0.2.2:53: timed out", reply.Error.Text, StringComparison.Ordinal);
        Assert.InRange(reply.Took, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(1800));
    }

    [Fact]
    public void The_walk_that_failed_behind_an_expired_answer_is_kept()
    {
        Learn("www.abc.com");
        Fail(Abc);
        _ = Client.Ask("www.abc.com");
        _ = Client.Ask("www.abc.com");
        Question question = new(DomainName.Parse("www.abc.com"), RRType.A, default);
        Assert.True(Started.Resolver.Works.Failures.TryFind(question, out FailedQuery? failed));
        Assert.Equal((Rcode.NoError, 1), (failed.Rcode, failed.Times));
        Assert.Equal(ExtendedErrorCode.StaleAnswer, failed.Error!.Code);
        Assert.Contains(failed.Walk.Events, static e =>
            e.Kind == TraceKind.Answered && e.Server == "192.0.2.2:53" && e.Verdict == "TimedOut");
    }

    [Fact]
    public void A_server_that_answers_in_time_is_waited_for()
    {
        Learn("www.abc.com");
        Server(Abc).Delay = TimeSpan.FromMilliseconds(300);
        StubReply reply = Client.Ask("www.abc.com");
        Assert.Null(reply.Error);
        Assert.Equal(3600u, Assert.Single(reply.Records).Ttl);
    }

    [Fact]
    public void While_the_failure_is_remembered_nobody_asks_and_nobody_waits()
    {
        Learn("www.abc.com");
        Fail(Abc);
        _ = Client.Ask("www.abc.com");
        _network.Advance(TimeSpan.FromSeconds(5));
        long queries = _network.Internet.QueryCount;
        for (int i = 0; i < 10; i++)
        {
            StubReply reply = Client.Ask("www.abc.com");
            Assert.Equal(TimeSpan.Zero, reply.Took);
            Assert.Equal(ExtendedErrorCode.StaleAnswer, reply.Error!.Code);
        }

        Assert.Equal(queries, _network.Internet.QueryCount);
        Assert.Equal(0, Started.Resolver.Works.Counts.InFlight);
    }

    [Fact]
    public void After_the_recheck_time_one_walk_finds_the_server_alive_again()
    {
        Learn("www.abc.com");
        Fail(Abc);
        _ = Client.Ask("www.abc.com");
        Server(Abc).Fault = ServerFault.None;
        Assert.NotNull(Client.Ask("www.abc.com").Error);
        _network.Advance(TimeSpan.FromSeconds(35));
        StubReply reply = Client.Ask("www.abc.com");
        Assert.Null(reply.Error);
        Assert.Equal(3600u, Assert.Single(reply.Records).Ttl);
    }

    [Fact]
    public void The_recheck_time_is_what_the_limit_says()
    {
        _run = Run.Primed(_network, new ResolverOptions
        {
            Limits = new ResolverLimits { StaleRecheckMilliseconds = 100_000 },
        });
        Learn("www.abc.com");
        Fail(Abc);
        _ = Client.Ask("www.abc.com");
        Server(Abc).Fault = ServerFault.None;
        _network.Advance(TimeSpan.FromSeconds(90));
        Assert.NotNull(Client.Ask("www.abc.com").Error);
        _network.Advance(TimeSpan.FromSeconds(15));
        Assert.Null(Client.Ask("www.abc.com").Error);
    }

    [Fact]
    public void The_walk_goes_on_after_the_expired_answer_and_refreshes()
    {
        _run = Run.Primed(_network, new ResolverOptions
        {
            Limits = new ResolverLimits { StaleAnswerMilliseconds = 500 },
        });
        Learn("www.abc.com");
        Server(Abc).Delay = TimeSpan.FromMilliseconds(600);
        StubReply late = Client.Ask("www.abc.com");
        Assert.Equal(ExtendedErrorCode.StaleAnswer, late.Error!.Code);
        Assert.StartsWith("no answer within 500 ms", late.Error.Text, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMilliseconds(500), late.Took);
        Assert.Equal(TimeSpan.Zero, Client.Ask("www.abc.com").Took);
        _network.Advance(TimeSpan.FromSeconds(2));
        StubReply reply = Client.Ask("www.abc.com");
        Assert.Null(reply.Error);
        Assert.Equal(TimeSpan.Zero, reply.Took);
    }

    [Fact]
    public void A_fault_when_expired_data_is_looked_for_is_told_at_once()
    {
        Learn("www.abc.com");
        Fail(Abc);
        ResolverWorks works = Started.Resolver.Works;
        TimeProvider time = works.Engines[0].Parts.Loop.Time;
        long patience = time.GetTimestamp() + (1700 * TimeSpan.TicksPerMillisecond);
        works.Caches.OnPublish = () =>
        {
            if (time.GetTimestamp() > patience)
            {
                throw new InvalidOperationException("no memory");
            }
        };
        StubReply reply = Client.Ask("www.abc.com");
        Assert.Equal(Rcode.ServFail, reply.Rcode);
        Assert.StartsWith("internal error", reply.Error!.Text, StringComparison.Ordinal);
        Assert.InRange(reply.Took, TimeSpan.Zero, TimeSpan.FromMilliseconds(1800));
        Assert.Equal(0, works.Waiting);
    }

    [Fact]
    public void An_expired_NXDOMAIN_goes_out_with_EDE_19()
    {
        Learn("nope.abc.com");
        Fail(Abc);
        StubReply reply = Client.Ask("nope.abc.com");
        Assert.Equal(Rcode.NXDomain, reply.Rcode);
        Assert.Equal(30u, Assert.Single(reply.Records).Ttl);
        Assert.Equal(ExtendedErrorCode.StaleNXDomainAnswer, reply.Error!.Code);
    }

    [Fact]
    public void Behind_an_expired_alias_the_target_is_asked_for_as_ever()
    {
        Learn("alias.abc.com");
        Fail(Abc);
        _ = Client.Ask("alias.abc.com");
        _network.Advance(TimeSpan.FromSeconds(10));
        StubReply reply = Client.Ask("alias.abc.com");
        Assert.Equal(ExtendedErrorCode.StaleAnswer, reply.Error!.Code);
        Assert.Equal(30u, reply.Records[0].Ttl);
        Assert.InRange(reply.Records[1].Ttl, 3580u, 3600u);
    }

    [Fact]
    public void An_expired_target_stands_in_behind_a_fresh_alias()
    {
        Learn("alias.abc.com");
        Fail(AbcXyz);
        StubReply reply = Client.Ask("alias.abc.com");
        Assert.Equal([3600u, 30u], [10 * ((reply.Records[0].Ttl + 9) / 10), reply.Records[1].Ttl]);
        Assert.Equal(ExtendedErrorCode.StaleAnswer, reply.Error!.Code);
    }

    [Fact]
    public void What_expired_more_than_a_day_ago_is_not_given()
    {
        Learn("www.abc.com");
        _network.Advance(TimeSpan.FromHours(23.9));
        Fail(Abc, "192.0.2.1", Internets.Root);
        Assert.Equal(Rcode.NoError, Client.Ask("www.abc.com").Rcode);
        _network.Advance(TimeSpan.FromHours(0.2));
        Assert.Equal(Rcode.ServFail, Client.Ask("www.abc.com").Rcode);
    }

    [Fact]
    public void Age_and_TTL_are_what_the_options_say()
    {
        _run = Run.Primed(_network, new ResolverOptions
        {
            StaleMaxAge = TimeSpan.FromMinutes(10),
            StaleTtl = TimeSpan.FromSeconds(7),
        });
        Learn("www.abc.com");
        Fail(Abc);
        Assert.Equal(7u, Assert.Single(Client.Ask("www.abc.com").Records).Ttl);
        _network.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(Rcode.ServFail, Client.Ask("www.abc.com").Rcode);
    }

    [Fact]
    public void Turned_off_it_is_off()
    {
        _run = Run.Primed(_network, new ResolverOptions { ServeStale = false });
        Learn("www.abc.com");
        Fail(Abc);
        Assert.Equal(Rcode.ServFail, Client.Ask("www.abc.com").Rcode);
    }

    [Fact]
    public void A_flush_removes_what_has_expired_too()
    {
        Learn("www.abc.com");
        Fail(Abc);
        Assert.Equal(Rcode.NoError, Client.Ask("www.abc.com").Rcode);
        Started.Resolver.Flush(DomainName.Parse("abc.com"));
        Assert.Equal(Rcode.ServFail, Client.Ask("www.abc.com").Rcode);
    }

    [Fact]
    public void Records_with_TTL_0_never_outlive_their_transaction()
    {
        SimulatedInternetBuilder builder = new();
        Internets.Zone(builder, Internets.Root, ".", "@ NS a.root-servers.net.\n"
            + "a.root-servers.net. A 198.41.0.4\nzero. 0 A 192.0.2.100\n");
        VirtualNetwork network = new(builder.Build());
        using Run run = Run.Primed(network);
        StubClient client = new(network, run.Resolver);
        StubReply reply = client.Ask("zero");
        Assert.Equal(0u, Assert.Single(reply.Records).Ttl);
        network.Internet.Servers[0].Fault = ServerFault.Dead;
        network.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal(Rcode.ServFail, client.Ask("zero").Rcode);
    }

    [Fact]
    public void The_embedding_program_gets_expired_records_too()
    {
        Learn("www.abc.com");
        Fail(Abc);
        Resolution resolution = Started.Resolve("www.abc.com");
        Assert.Equal(ExtendedErrorCode.StaleAnswer, resolution.ExtendedError!.Code);
        Assert.Equal(30u, Assert.Single(resolution.Answer).Ttl);
    }

    private SimulatedServer Server(string address) => _network.Internet.FindServer(IPAddress.Parse(address))!;

    private void Fail(params string[] addresses)
    {
        foreach (string address in addresses)
        {
            Server(address).Fault = ServerFault.Dead;
        }
    }

    // Asks, and lets an hour go by: the answer has expired, the delegations to its servers are asked anew.
    private void Learn(string name)
    {
        Assert.NotEqual(Rcode.ServFail, Client.Ask(name).Rcode);
        _network.Advance(Hour);
    }
}
