// The simulated network against the contract of IUpstream, and its own promises of time and chance.
using System;
using System.Net;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Wire;
using Xunit;

namespace Resolver.Testing.Tests;

public sealed class PacketSimulatorTests
{
    private const string Address = "192.0.2.1";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly VirtualScheduler _scheduler = new();

    [Fact]
    public void A_datagram_takes_one_round_trip()
    {
        using Asked asked = Ask(new ServerSettings { Addresses = [], Delay = Milliseconds(10) });
        Assert.Equal(ExchangeStatus.Reply, asked.Outcome.Status);
        Assert.Equal(Milliseconds(10), asked.Outcome.Elapsed);
        Assert.Equal(Milliseconds(10), asked.Took);
        Assert.Equal("www.example.test. A", Reply.Read(asked.Outcome.Reply).Text(MessageSection.Answer));
    }

    [Fact]
    public void A_stream_takes_a_round_trip_more_to_connect()
    {
        using Asked asked = Ask(
            new ServerSettings { Addresses = [], Delay = Milliseconds(10) }, ExchangeTransport.Tcp);
        Assert.Equal(ExchangeStatus.Reply, asked.Outcome.Status);
        Assert.Equal(Milliseconds(10), asked.Outcome.Elapsed);
        Assert.Equal(Milliseconds(20), asked.Took);
    }

    [Theory]
    [InlineData(ServerFault.Dead)]
    [InlineData(ServerFault.WrongId)]
    [InlineData(ServerFault.WrongQuestion)]
    public void Without_a_reply_that_matches_the_timeout_or_a_wrong_one_by_stream_ends_it(ServerFault fault)
    {
        foreach (ExchangeTransport transport in Enum.GetValues<ExchangeTransport>())
        {
            using Asked asked = Ask(
                new ServerSettings { Addresses = [], Fault = fault }, transport: transport);

            // On a connection with no other query nobody else can have sent it.
            bool isTheirs = fault == ServerFault.WrongQuestion && transport == ExchangeTransport.Tcp;
            Assert.Equal(
                isTheirs ? ExchangeStatus.WrongReply : ExchangeStatus.TimedOut, asked.Outcome.Status);
            Assert.Equal(isTheirs, asked.Took < Second);
            Assert.Equal(fault == ServerFault.Dead ? 0 : 1, asked.Outcome.Mismatches);
        }
    }

    [Fact]
    public void Nobody_answers_where_no_server_is()
    {
        PacketSimulator network = new(
            new VirtualLoop(_scheduler, 0),
            Internet(new ServerSettings { Addresses = [] }),
            new(),
            ResolverLimits.Default);
        byte[] query = new Query("www.example.test", "A").Write();
        using Asked asked = Ask(network, RequestOf(query, server: "192.0.2.200"));
        Assert.Equal(ExchangeStatus.TimedOut, asked.Outcome.Status);
    }

    [Fact]
    public void A_reply_at_the_very_end_of_the_timeout_is_late()
    {
        using Asked late = Ask(new ServerSettings { Addresses = [], Delay = Second });
        Assert.Equal(ExchangeStatus.TimedOut, late.Outcome.Status);
        using Asked just = Ask(new ServerSettings { Addresses = [], Delay = Second - TimeSpan.FromTicks(2) });
        Assert.Equal(ExchangeStatus.Reply, just.Outcome.Status);
    }

    [Theory]
    [InlineData(ServerFault.Refused, 5)]
    [InlineData(ServerFault.Lame, 0)]
    [InlineData(ServerFault.NoEdns, 1)]
    public void Faults_that_reply_do_so_with_their_rcode(ServerFault fault, int rcode)
    {
        using Asked asked = Ask(new ServerSettings { Addresses = [], Fault = fault });
        Reply reply = Reply.Read(asked.Outcome.Reply);
        Assert.Equal(rcode, reply.Rcode.Value);
        Assert.False(reply.Has(HeaderFlags.Authoritative));
        Assert.Equal(fault != ServerFault.NoEdns, reply.HasEdns);
    }

    [Fact]
    public void A_lame_server_refers_upwards()
    {
        using Asked asked = Ask(new ServerSettings { Addresses = [], Fault = ServerFault.Lame });
        Assert.StartsWith(
            ". NS", Reply.Read(asked.Outcome.Reply).Text(MessageSection.Authority), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_EDNS_a_server_that_does_not_know_it_answers()
    {
        SimulatedInternet internet = Internet(
            new ServerSettings { Addresses = [], Fault = ServerFault.NoEdns });
        PacketSimulator network = new(
            new VirtualLoop(_scheduler, 0), internet, new(), ResolverLimits.Default);
        using Asked asked = Ask(
            network, RequestOf(new Query("www.example.test", "A") { PayloadSize = 0 }.Write()));
        Assert.Equal(Rcode.NoError, Reply.Read(asked.Outcome.Reply).Rcode);
    }

    [Fact]
    public void Truncation_ends_on_a_stream()
    {
        ServerSettings server = new() { Addresses = [], Fault = ServerFault.Truncated };
        using Asked datagram = Ask(server);
        Assert.True(Reply.Read(datagram.Outcome.Reply).Has(HeaderFlags.Truncated));
        using Asked stream = Ask(server, transport: ExchangeTransport.Tcp);
        Assert.Single(Reply.Read(stream.Outcome.Reply).Records);
    }

    [Fact]
    public void A_server_without_TCP_refuses_connections()
    {
        using Asked asked = Ask(
            new ServerSettings { Addresses = [], Fault = ServerFault.NoTcp, Delay = Milliseconds(10) },
            transport: ExchangeTransport.Tcp);
        Assert.Equal(ExchangeStatus.ConnectionRefused, asked.Outcome.Status);
        Assert.Equal(Milliseconds(10), asked.Took);
    }

    [Fact]
    public void A_stream_may_break()
    {
        using Asked asked = Ask(
            new ServerSettings { Addresses = [] },
            transport: ExchangeTransport.Tcp,
            options: new PacketSimulatorOptions { BrokenStream = 1 });
        Assert.Equal(ExchangeStatus.ConnectionClosed, asked.Outcome.Status);
    }

    [Fact]
    public void A_family_without_a_way_is_unreachable()
    {
        using Asked asked = Ask(
            new ServerSettings { Addresses = [] }, options: new PacketSimulatorOptions { HasIPv4 = false });
        Assert.Equal(ExchangeStatus.Unreachable, asked.Outcome.Status);
    }

    [Fact]
    public void Forged_replies_are_counted_and_waited_past()
    {
        using Asked asked = Ask(
            new ServerSettings { Addresses = [], Delay = Milliseconds(50) },
            options: new PacketSimulatorOptions { Forgery = 1 });
        Assert.Equal(ExchangeStatus.Reply, asked.Outcome.Status);
        Assert.InRange(asked.Outcome.Mismatches, 1, 4);
        Assert.Equal([192, 0, 2, 80], Reply.Read(asked.Outcome.Reply).Records[0].Rdata);
    }

    [Fact]
    public void Too_many_mismatches_end_it()
    {
        using Asked asked = Ask(
            new ServerSettings { Addresses = [], Fault = ServerFault.WrongId },
            options: new PacketSimulatorOptions { Duplicate = 1 },
            limits: new ResolverLimits { MaxMismatches = 1 });
        Assert.Equal(ExchangeStatus.TooManyMismatches, asked.Outcome.Status);
    }

    [Fact]
    public void Lost_datagrams_are_as_many_as_the_odds_say()
    {
        int replies = 0;
        SimulatedInternet internet = Internet(new ServerSettings { Addresses = [], Loss = 0.25 });
        VirtualLoop loop = new(_scheduler, 0);
        PacketSimulator network = new(
            loop, internet, new PacketSimulatorOptions { Seed = 4 }, ResolverLimits.Default);
        for (int count = 0; count < 1000; count++)
        {
            using Asked asked = Ask(network, RequestOf(new Query("www.example.test", "A").Write()));
            replies += asked.Outcome.Status == ExchangeStatus.Reply ? 1 : 0;
        }

        Assert.InRange(replies, 500, 625);
        Assert.Equal(1000, internet.QueryCount);
        Assert.Equal(0, network.UnderWay);
    }

    [Fact]
    public async Task Stopping_ends_what_is_under_way()
    {
        SimulatedInternet internet = Internet(new ServerSettings { Addresses = [], Delay = Second });
        VirtualLoop loop = new(_scheduler, 0);
        PacketSimulator network = new(loop, internet, PacketSimulatorOptions.Default, ResolverLimits.Default);
        Task<ExchangeOutcome>? task = null;
        ExchangeRequest request = RequestOf(new Query("a.test", "A").Write());
        loop.Post(_ => task = network.ExchangeAsync(request).AsTask(), null);
        _scheduler.Advance(TimeSpan.Zero);
        Assert.Equal(1, network.UnderWay);
        await loop.StopAsync();
        Assert.True(task!.IsCompletedSuccessfully);
        Assert.Equal(0, network.UnderWay);
    }

    [Fact]
    public void One_seed_gives_one_trace_and_another_gives_another()
    {
        Assert.Equal(HashOf(1), HashOf(1));
        Assert.NotEqual(HashOf(1), HashOf(2));
    }

    private static ulong HashOf(ulong seed)
    {
        PacketSimulatorTests world = new();
        VirtualLoop loop = new(world._scheduler, 0);
        PacketSimulatorOptions options = new()
        {
            Seed = seed,
            Loss = 0.2,
            Duplicate = 0.2,
            Forgery = 0.2,
            Jitter = Milliseconds(5),
        };
        PacketSimulator network = new(
            loop, Internet(new ServerSettings { Addresses = [] }), options, ResolverLimits.Default)
        {
            Log = new ExchangeLog(),
        };
        for (int count = 0; count < 50; count++)
        {
            using Asked asked = world.Ask(network, RequestOf(new Query("www.example.test", "A").Write()));
        }

        Assert.Equal(50, network.Log.Exchanges.Count);
        Assert.Contains("www.example.test. A", network.Log.ToString(), StringComparison.Ordinal);
        return network.Log.Hash.Value;
    }

    private static ExchangeRequest RequestOf(
        byte[] query, ExchangeTransport transport = ExchangeTransport.Udp, string server = Address) =>
        new(new InetEndpoint(InetAddress.Parse(server), 53), transport, query, Second);

    private Asked Ask(
        ServerSettings settings,
        ExchangeTransport transport = ExchangeTransport.Udp,
        PacketSimulatorOptions? options = null,
        ResolverLimits? limits = null) => Ask(
            new PacketSimulator(
                new VirtualLoop(_scheduler, 0),
                Internet(settings),
                options ?? new(),
                limits ?? ResolverLimits.Default),
            RequestOf(new Query("www.example.test", "A").Write(), transport));

    private Asked Ask(PacketSimulator network, in ExchangeRequest request)
    {
        long begun = _scheduler.Now;
        Task<ExchangeOutcome>? task = null;
        ExchangeRequest copy = request;
        network.Loop.Post(_ => task = network.ExchangeAsync(copy).AsTask(), null);
        Assert.True(_scheduler.RunUntil(() => task is { IsCompleted: true }, 10 * Second));
        return new Asked(task!, new TimeSpan(_scheduler.Now - begun));
    }

    private sealed class Asked(Task<ExchangeOutcome> task, TimeSpan took) : IDisposable
    {
        // Completed when made.
#pragma warning disable VSTHRD002
        public ExchangeOutcome Outcome { get; } = task.Result;
#pragma warning restore VSTHRD002

        public TimeSpan Took { get; } = took;

        public void Dispose() => Outcome.Dispose();
    }

    private static SimulatedInternet Internet(ServerSettings server) => new SimulatedInternetBuilder()
        .Zone("example.test", "@ 60 SOA a b 1 2 3 4 5\n@ 60 NS a\nwww 60 A 192.0.2.80\n")
        .Server(server with
        {
            Addresses = [IPAddress.Parse(Address)],
            Zones = [DomainName.Parse("example.test")],
        })
        .Build();

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
