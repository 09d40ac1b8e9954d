// The arguments of the command query.
using System.Net;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>What query was told to do.</summary>
/// <param name="Name">NAME.</param>
/// <param name="Type">TYPE.</param>
/// <param name="Server">--server; null: resolve from the roots.</param>
internal sealed record QueryRequest(DomainName Name, RRType Type, IPEndPoint? Server)
{
    /// <summary>--tcp.</summary>
    public bool ByTcp { get; init; }

    /// <summary>--dnssec.</summary>
    public bool DnssecOk { get; init; }

    /// <summary>--json.</summary>
    public bool AsJson { get; init; }
}
