// A few seeds in every ordinary test run; the command in README.md runs as many as wanted.
using System;
using System.Globalization;
using System.Linq;
using Xunit;

namespace Resolver.Simulation;

public sealed class SimulationTests
{
    private const int SeedsInOrdinaryRun = 12;

    public static TheoryData<ulong> Seeds
    {
        get
        {
            string? seed = Environment.GetEnvironmentVariable("SEED");
            return seed is not null
                ? [ulong.Parse(seed, CultureInfo.InvariantCulture)]
                : [.. Enumerable.Range(1, SeedsInOrdinaryRun).Select(static n => (ulong)n)];
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_promise_is_kept_whatever_the_weather(ulong seed)
    {
        RunResult result = SeedRunner.RunTwice(seed);
        Assert.True(result.Failure is null, SeedRunner.Describe(result));
    }
}
