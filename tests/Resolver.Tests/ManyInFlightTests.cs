// Ten thousand questions at once, for as many names, none of whose servers is slow enough to be guarded
// against: all wait at the same time, and all are answered.
using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class ManyInFlightTests
{
    private const int Zones = 400;
    private const int NamesPerZone = 25;

    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(400);

    [Fact]
    public void Ten_thousand_resolutions_in_flight_all_end_well_within_two_round_trips()
    {
        VirtualNetwork network = new(MakeInternet());
        using Run run = Run.Primed(network);
        for (int zone = 0; zone < Zones; zone++)
        {
            Assert.Equal(Rcode.NoError, run.Resolve($"www.z{zone}.com").Rcode);
        }

        network.Internet.ResetQueryCounts();
        long most = 0;
        long began = network.Time.GetTimestamp();
        Resolution[] found = network.Run(async () =>
        {
            Task<Resolution>[] questions = [.. Enumerable.Range(0, Zones * NamesPerZone).Select(
                i => run.Resolver.ResolveAsync(NameOf(i), RRType.A).AsTask())];
            await Task.Delay(RoundTrip / 2, network.Time);
            most = run.Resolver.Works.Counts.InFlight;
            return await Task.WhenAll(questions);
        });
        Assert.Equal(Zones * NamesPerZone, most);
        Assert.All(found, static r => Assert.IsType<ARecord>(Assert.Single(r.Answer)));
        Assert.InRange(network.Time.GetElapsedTime(began), RoundTrip, 2 * RoundTrip);
        Assert.InRange(network.Internet.QueryCount, Zones * NamesPerZone, Zones * NamesPerZone * 2);
        Assert.Equal(0, run.Resolver.Works.Counts.InFlight);
    }

    private static SimulatedInternet MakeInternet()
    {
        StringBuilder com = new();
        for (int zone = 0; zone < Zones; zone++)
        {
            _ = com.Append(
                CultureInfo.InvariantCulture, $"z{zone} NS ns.z{zone}\nns.z{zone} A {AddressOf(zone)}\n");
        }

        return Internets.MakeCom(
            static builder =>
            {
                for (int zone = 0; zone < Zones; zone++)
                {
                    string origin = $"z{zone}.com.";
                    builder.Zone(origin, "$TTL 3600\n@ SOA ns admin 1 3600 600 86400 60\n"
                        + $"@ NS ns\nns A {AddressOf(zone)}\n* A 192.0.2.200\n");
                    builder.Server(new ServerSettings
                    {
                        Addresses = [IPAddress.Parse(AddressOf(zone))],
                        Zones = [DomainName.Parse(origin)],
                        Delay = RoundTrip,
                    });
                }
            },
            com: com.ToString());
    }

    private static DomainName NameOf(int question) =>
        DomainName.Parse($"n{question}.z{question % Zones}.com");

    private static string AddressOf(int zone) => $"203.0.{zone / 200}.{1 + (zone % 200)}";
}
