// Step 3 of the life of a query: may this client ask, and in which view.
namespace Resolver.Engine;

/// <summary>The transport by which a client asked.</summary>
internal enum ClientTransport : byte
{
    /// <summary>Datagram.</summary>
    Udp,

    /// <summary>Plain stream.</summary>
    Tcp,

    /// <summary>An embedding program, by method call.</summary>
    InProcess,
}

/// <summary>Who asked, from where, over what.</summary>
/// <param name="Remote">The client's address and port.</param>
/// <param name="Local">The address and port that were asked.</param>
/// <param name="Transport">The transport.</param>
internal readonly record struct ClientContext(
    InetEndpoint Remote, InetEndpoint Local, ClientTransport Transport);

/// <summary>
/// A number that separates caches and joins of clients who may see different answers. 0 is the default view.
/// </summary>
/// <param name="Value">The number.</param>
internal readonly record struct ViewId(ushort Value);

/// <summary>What to do with a query.</summary>
internal enum PolicyVerdict : byte
{
    /// <summary>Answer it in the view given.</summary>
    Continue,

    /// <summary>Reply REFUSED.</summary>
    Refuse,

    /// <summary>Reply with TC=1 and nothing else, so that a real client comes back by TCP.</summary>
    Truncate,

    /// <summary>No reply at all.</summary>
    Drop,
}

/// <summary>A verdict and the view it was given in.</summary>
/// <param name="Verdict">What to do.</param>
/// <param name="View">The view, meaningful for Continue.</param>
internal readonly record struct PolicyDecision(PolicyVerdict Verdict, ViewId View);

/// <summary>
/// Decides on each query of each client. Thread-safe; called on the fast lane: allocates nothing.
/// </summary>
internal interface IQueryPolicy
{
    /// <summary>
    /// Judges a query by its sender alone (the question is not parsed for refused clients).
    /// </summary>
    PolicyDecision Decide(in ClientContext client);
}
