// The sockets of the two kinds of loop.
namespace Resolver.Transport.Tests;

public sealed class EpollSocketTests : SocketContract
{
    private protected override LoopKind Kind => LoopKind.Epoll;
}

public sealed class PortableSocketTests : SocketContract
{
    private protected override LoopKind Kind => LoopKind.Portable;
}

public sealed class EpollStreamTests : StreamContract
{
    private protected override LoopKind Kind => LoopKind.Epoll;
}

public sealed class PortableStreamTests : StreamContract
{
    private protected override LoopKind Kind => LoopKind.Portable;
}
