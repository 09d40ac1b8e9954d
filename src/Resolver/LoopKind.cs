// Which event loop carries a resolver; all behave alike, they differ in cost.
namespace Resolver;

/// <summary>The kind of event loop.</summary>
public enum LoopKind : byte
{
    /// <summary>epoll on Linux, portable elsewhere.</summary>
    Automatic,

    /// <summary>epoll with batches of datagrams; Linux only.</summary>
    Epoll,

    /// <summary>The framework's sockets; everywhere.</summary>
    Portable,
}
