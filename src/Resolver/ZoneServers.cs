// Servers configured for a zone: those of a forward zone recurse, those of a stub zone are authoritative.
using System.Collections.Immutable;
using System.Net;
using Resolver.Wire;

namespace Resolver;

/// <summary>A zone and the servers to ask for it and everything below it.</summary>
/// <param name="Zone">The zone's apex; the root for everything.</param>
/// <param name="Servers">Addresses and ports, at least one.</param>
public sealed record ZoneServers(DomainName Zone, ImmutableArray<IPEndPoint> Servers);
