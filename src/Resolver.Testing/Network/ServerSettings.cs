// What a simulated server is made of, as internet.toml or a test writes it.
using System;
using System.Collections.Immutable;
using System.Net;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>Describes one name server of a simulated internet.</summary>
public sealed record ServerSettings
{
    /// <summary>The addresses it answers at; no other server has them.</summary>
    public required ImmutableArray<IPAddress> Addresses { get; init; }

    /// <summary>The zones it serves; without any it refuses all.</summary>
    public ImmutableArray<DomainName> Zones { get; init; } = [];

    /// <summary>The round trip to it.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>
    /// The probability, from 0 to 1, that a datagram is lost: of each query and of each reply.
    /// </summary>
    public double Loss { get; init; }

    /// <summary>What is wrong with it.</summary>
    public ServerFault Fault { get; init; }
}
