// RFC 9609 §3: the root's servers are asked for themselves once, and again when what they said has expired.
using System;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class PrimingTests
{
    private static readonly TimeSpan Ttl = TimeSpan.FromHours(1);

    private readonly VirtualNetwork _network = new(Internets.MakeCom());

    private int PrimingQueries =>
        _network.Log.Exchanges.Count(static e => e.Name.IsRoot && e.Type == RRType.NS);

    [Fact]
    public void The_root_is_asked_for_its_servers_again_after_their_TTL_and_not_before()
    {
        using Run run = Run.Primed(_network);
        Assert.Equal(1, PrimingQueries);
        for (int hour = 1; hour <= 3; hour++)
        {
            _network.Advance(Ttl - TimeSpan.FromSeconds(10));
            Assert.Equal(Rcode.NXDomain, run.Resolve($"x.before{hour}").Rcode);
            Assert.Equal(hour, PrimingQueries);
            _network.Advance(TimeSpan.FromSeconds(11));
            Assert.Equal(Rcode.NXDomain, run.Resolve($"x.after{hour}").Rcode);
            _network.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(hour + 1, PrimingQueries);
        }
    }

    [Fact]
    public void An_idle_resolver_does_not_ask()
    {
        using Run run = Run.Primed(_network);
        _network.Advance(10 * Ttl);
        Assert.Equal(1, PrimingQueries);
    }

    [Fact]
    public void The_question_that_finds_the_servers_expired_is_not_kept_waiting_for_them()
    {
        using Run run = Run.Primed(_network);
        _network.Advance(Ttl + TimeSpan.FromSeconds(1));
        _network.Log.Clear();
        Assert.Equal(Rcode.NoError, run.Resolve("www.abc.com").Rcode);
        Assert.Contains(
            _network.Log.Exchanges, static e => e.Type == RRType.A && e.Name == DomainName.Parse("com"));
        Assert.Equal(1, PrimingQueries);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Only_priming_that_was_given_its_time_is_said_to_have_failed(bool waits, int warnings)
    {
        var network = new VirtualNetwork(new SimulatedInternetBuilder().Zone("test", "@ NS @").Build());
        using var log = new LogLines();
        network.Run(async () =>
        {
            await using RecursiveResolver resolver = RecursiveResolver.Create(new ResolverOptions
            {
                Network = network,
                RootHints = Internets.MakeCom().RootHints,
                LoggerFactory = log,
            });
            await Task.Delay(TimeSpan.FromMilliseconds(waits ? 60_000 : 100), network.Time);
            return true;
        });
        Assert.Equal(warnings, log.Lines.Count(static line => line.Id == 1002));
    }
}
