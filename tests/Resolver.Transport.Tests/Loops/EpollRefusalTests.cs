// A socket that the kernel will not watch would be deaf: that is told, not left to be found out.
using System;
using System.Threading.Tasks;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class EpollRefusalTests
{
    [Fact]
    public async Task A_socket_that_the_kernel_will_not_watch_is_told_with_the_reason()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "epoll is Linux's");
        await using var harness = new SocketLoopHarness(LoopKind.Automatic, 1);
        var loop = (EpollLoop)harness.Group.Loops[0];
        await harness.RunAsync(loop, () =>
        {
            Assert.False(loop.Control(Libc.ControlAdd, -1, Libc.EventIn, 0));
            return Task.CompletedTask;
        });
        Exception fault = Assert.Single(harness.Faults);
        harness.Faults.Clear();
        Assert.Contains("Bad file descriptor", fault.Message, StringComparison.Ordinal);
        Assert.Contains("fs.epoll.max_user_watches", fault.Message, StringComparison.Ordinal);
    }
}
