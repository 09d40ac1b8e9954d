// What the network between resolver and servers does to packets: the knobs of a simulation, all off by
// default.
using System;

namespace Resolver.Testing;

/// <summary>Chances and delays of the simulated network, beside those of each server.</summary>
public sealed record PacketSimulatorOptions
{
    /// <summary>A network that loses and delays nothing by itself.</summary>
    public static PacketSimulatorOptions Default { get; } = new();

    /// <summary>The seed of all chance: equal seeds give equal runs.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The probability that a datagram is lost: of each query and of each reply.</summary>
    public double Loss { get; init; }

    /// <summary>
    /// After a lost datagram none is lost for so long, on each loop: losses that come one by one. Zero:
    /// chance alone decides.
    /// </summary>
    public TimeSpan LossPause { get; init; }

    /// <summary>The probability that a datagram arrives twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>
    /// The probability that someone who guessed the port races the reply with forged ones, whose ID or
    /// question is wrong and whose records are lies.
    /// </summary>
    public double Forgery { get; init; }

    /// <summary>The probability that a TCP connection ends before the reply.</summary>
    public double BrokenStream { get; init; }

    /// <summary>
    /// Each packet takes longer by a time drawn below this one, so that packets overtake each other.
    /// </summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>False: this host has no way to IPv4 addresses.</summary>
    public bool HasIPv4 { get; init; } = true;

    /// <summary>False: this host has no way to IPv6 addresses.</summary>
    public bool HasIPv6 { get; init; } = true;
}
