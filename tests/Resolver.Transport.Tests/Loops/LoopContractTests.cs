// The contract over the two kinds of loop that have sockets.
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class EpollLoopContractTests : LoopContract
{
    private protected override LoopHarness Create(int count)
    {
        Assert.SkipUnless(Libc.IsSupported, "epoll is Linux's");
        return new SocketLoopHarness(LoopKind.Epoll, count);
    }
}

public sealed class PortableLoopContractTests : LoopContract
{
    private protected override LoopHarness Create(int count) =>
        new SocketLoopHarness(LoopKind.Portable, count);
}
