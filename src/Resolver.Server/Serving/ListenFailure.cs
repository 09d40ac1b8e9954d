// Why an address cannot be listened on, as a value: an address in use is no programming error.
using System.Net;
using Resolver.Transport;

namespace Resolver.Server;

/// <summary>An address that cannot be listened on.</summary>
/// <param name="Address">The address.</param>
/// <param name="Result">What the system said.</param>
internal sealed record ListenFailure(IPEndPoint Address, SocketResult Result)
{
    /// <summary>True when another program is there: never a matter to pass over.</summary>
    public bool IsOccupied => Result == SocketResult.AddressInUse;

    /// <summary>The reason, for people.</summary>
    public string Reason => Result switch
    {
        SocketResult.AddressInUse => "the address is in use by another program",
        SocketResult.Unreachable => "this machine has no such address",
        SocketResult.Denied =>
            "ports below 1024 need a right that this user lacks (root, or CAP_NET_BIND_SERVICE)",
        SocketResult.Exhausted => "too many files are open, or memory is short",
        SocketResult.Done or SocketResult.WouldBlock or SocketResult.InProgress or SocketResult.PeerError =>
            "the system refused",
        _ => "the system refused",
    };
}
