// How many packets and from which seed: the environment's choice, or a short run from a new seed.
using System;
using System.Globalization;
using System.Security.Cryptography;

namespace Resolver.Fuzz;

/// <summary>The size and the seed of a run.</summary>
internal static class FuzzSettings
{
    private const int OrdinaryPackets = 300_000;
    private const int SocketShare = 20;

    /// <summary>Packets for the run in process.</summary>
    public static int Packets { get; } = Read("FUZZ_PACKETS") is { } count
        ? int.Parse(count, CultureInfo.InvariantCulture)
        : OrdinaryPackets;

    /// <summary>Packets for the run over sockets.</summary>
    public static int SocketPackets { get; } = Read("FUZZ_SOCKET_PACKETS") is { } count
        ? int.Parse(count, CultureInfo.InvariantCulture)
        : Packets / SocketShare;

    /// <summary>The seed.</summary>
    public static ulong Seed { get; } = Read("FUZZ_SEED") is { } seed
        ? ulong.Parse(seed, CultureInfo.InvariantCulture)
        : (ulong)RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>The command that repeats a run.</summary>
    public static string Replay => string.Create(
        CultureInfo.InvariantCulture,
        $"FUZZ_PACKETS={Packets} FUZZ_SEED={Seed} dotnet run -c Release --project tests/Resolver.Fuzz");

    private static string? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
