// A machine that starts with a clock behind the last good time: what is judged by that time, which names are
// spared so that a time server can be found, and that all of it ends when the clock is set. The zone of
// Zones/signed-root.zone is signed from 2025 on.
using System;
using System.IO;
using System.Linq;
using Resolver.Dnssec;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class WrongClockTests : IDisposable
{
    private const string Anchor =
        ". DS 41096 13 2 B50A30692261E63B5CEC88A86621D6AA751482744F7CA3726D09C53F48E97F52";

    private const string Name = "www.example.";

    private static readonly DateTimeOffset Inception = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly LogLines _log = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Before the signatures' time by the floor, and before the floor by the clock.
    [Fact]
    public void A_time_servers_name_is_found_unjudged_and_said_to_be_until_the_clock_is_set()
    {
        VirtualNetwork network = Begin(Inception.AddMinutes(-20), Inception.AddMinutes(-10));
        using Run run = Start(network, Name);
        Resolution spared = run.Resolve(Name);
        Assert.Equal((Rcode.NoError, 1), (spared.Rcode, spared.Answer.Count));
        Assert.NotEqual(SecurityStatus.Secure, spared.Security);
        Assert.Equal(ExtendedErrorCode.Other, spared.ExtendedError!.Code);
        Assert.Contains("the clock is behind", spared.ExtendedError.Text, StringComparison.Ordinal);
        Assert.Contains(2003, _log.Lines.Select(l => l.Id));
        Assert.Contains(_log.Lines, l => l.Id == 2008 && l.Text.Contains(Name, StringComparison.Ordinal));

        // Right again, and the signatures still to come: nobody is spared.
        network.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(Rcode.ServFail, run.Resolve(Name).Rcode);
        Assert.Contains(2004, _log.Lines.Select(l => l.Id));
        network.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(SecurityStatus.Secure, run.Resolve(Name).Security);
    }

    [Fact]
    public void All_other_names_are_judged_and_what_was_spared_is_given_to_nobody_else()
    {
        VirtualNetwork network = Begin(Inception.AddMinutes(-20), Inception.AddMinutes(-10));
        using Run run = Start(network, Name);
        _ = run.Resolve(Name);
        Resolution other = run.Resolve("root-key-sentinel-is-ta-41096.example.");
        Assert.Equal((Rcode.ServFail, SecurityStatus.Bogus), (other.Rcode, other.Security));
        run.Resolver.Works.Trust.Floor = default;
        Assert.Equal(Rcode.ServFail, run.Resolve(Name).Rcode);
    }

    [Fact]
    public void What_was_found_bogus_by_the_wrong_time_is_forgotten_when_the_clock_is_set()
    {
        VirtualNetwork network = Begin(Inception.AddMinutes(-20), Inception.AddMinutes(-10));
        using Run run = Start(network, "pool.ntp.org.");
        network.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(Rcode.ServFail, run.Resolve(Name).Rcode);
        network.SetUtcNow(Inception.AddDays(1));
        network.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(SecurityStatus.Secure, run.Resolve(Name).Security);
    }

    [Fact]
    public void With_no_names_configured_nothing_is_spared()
    {
        VirtualNetwork network = Begin(Inception.AddMinutes(-20), Inception.AddMinutes(-10));
        using Run run = Start(network);
        Assert.Equal(Rcode.ServFail, run.Resolve(Name).Rcode);
        Assert.DoesNotContain(2008, _log.Lines.Select(l => l.Id));
    }

    [Fact]
    public void A_clock_that_is_right_spares_nothing()
    {
        VirtualNetwork network = Begin(Inception.AddMinutes(-9), Inception.AddMinutes(-10));
        using Run run = Start(network, Name);
        Assert.Equal(Rcode.ServFail, run.Resolve(Name).Rcode);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void The_trace_says_why_a_name_was_not_judged()
    {
        VirtualNetwork network = Begin(Inception.AddMinutes(-20), Inception.AddMinutes(-10));
        using Run run = Start(network, "example.");
        Resolution traced = network.Run(async () => await run.Resolver.ResolveAsync(
            DomainName.Parse(Name), RRType.A, new QueryOptions { Trace = true }));
        Assert.Contains(traced.Trace!.Events, static e => e.Verdict == "not judged");
    }

    private VirtualNetwork Begin(DateTimeOffset clock, DateTimeOffset floor)
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(
            Path.Combine(_folder, "time-floor"),
            TimeFloorText.Format(new TimeFloor(floor.ToUnixTimeSeconds())));
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Zones", "signed-root.zone"));
        VirtualNetwork network =
            new(new SimulatedInternetBuilder().Zone(".", text).Server(Internets.Root, ".").Build());
        network.SetUtcNow(clock);
        return network;
    }

    private Run Start(VirtualNetwork network, params string[] timeServers) =>
        Run.Primed(network, new ResolverOptions
        {
            TrustAnchors = [Anchor],
            StateDirectory = _folder,
            TimeServers = [.. timeServers.Select(DomainName.Parse)],
            LoggerFactory = _log,
        });
}
