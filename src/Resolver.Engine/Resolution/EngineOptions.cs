// What the engine lets an operator choose, as values; the face and the program fill it from their own forms.
using System;
using System.Collections.Immutable;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>How much of a name is disclosed to servers above its zone (RFC 9156).</summary>
internal enum Minimisation : byte
{
    /// <summary>The whole name is sent to every server.</summary>
    Off,

    /// <summary>
    /// One label more than needed; on an error that a broken server may cause, the whole name.
    /// </summary>
    Relaxed,

    /// <summary>One label more than needed, always.</summary>
    Strict,
}

/// <summary>A name server of the root as the hints file gives it (RFC 9609 §2).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Addresses">Its addresses, IPv4 and IPv6.</param>
internal sealed record RootHint(DomainName Name, ImmutableArray<InetAddress> Addresses);

/// <summary>The engine's settings; immutable.</summary>
internal sealed record EngineOptions
{
    /// <summary>The limits.</summary>
    public ResolverLimits Limits { get; init; } = ResolverLimits.Default;

    /// <summary>Where the walk starts before priming.</summary>
    public required ImmutableArray<RootHint> RootHints { get; init; }

    /// <summary>Disclosure of names.</summary>
    public Minimisation Minimisation { get; init; } = Minimisation.Relaxed;

    /// <summary>Random letter case in questions (0x20).</summary>
    public bool RandomizesCase { get; init; } = true;

    /// <summary>Whether servers are asked over IPv4.</summary>
    public bool UsesIPv4 { get; init; } = true;

    /// <summary>Whether servers are asked over IPv6.</summary>
    public bool UsesIPv6 { get; init; } = true;

    /// <summary>The port of name servers.</summary>
    public ushort UpstreamPort { get; init; } = 53;

    /// <summary>Asks the hints for the root's servers before relying on them (RFC 9609).</summary>
    public bool Primes { get; init; } = true;

    /// <summary>Answers special-use names locally (RFC 6761, 6303, 7686, 8375).</summary>
    public bool AnswersSpecialUseNames { get; init; } = true;

    /// <summary>Forward and stub zones and the rebinding guard, as of the start.</summary>
    public LocalRules Rules { get; init; } = LocalRules.None;

    /// <summary>Whether data is validated (RFC 4035).</summary>
    public bool Validates { get; init; }

    /// <summary>Whether validated denials serve other names in their ranges (RFC 8198).</summary>
    public bool UsesRanges { get; init; } = true;

    /// <summary>Answers with expired data when newer cannot be had (RFC 8767).</summary>
    public bool ServesStale { get; init; } = true;

    /// <summary>Seconds that such data is said to live.</summary>
    public uint StaleTtl { get; init; } = 30;

    /// <summary>
    /// False for addresses that must never be asked, whoever names them but the configuration of zones.
    /// </summary>
    public Func<InetAddress, bool> MayAsk { get; init; } = static _ => true;
}
