// A walk is woken whenever something has happened, also while it works.
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class WalkPaceTests
{
    [Fact]
    public void One_that_rests_is_run_by_whoever_wakes_it()
    {
        WalkPace pace = default;
        Assert.True(pace.TryWake());
        Assert.True(pace.TryRest());
        Assert.True(pace.TryWake());
    }

    [Fact]
    public void One_that_works_is_not_run_again_and_looks_once_more_before_it_rests()
    {
        WalkPace pace = default;
        Assert.True(pace.TryWake());
        Assert.False(pace.TryWake());
        Assert.False(pace.TryWake());
        Assert.False(pace.TryRest());
        Assert.True(pace.TryRest());
    }
}
