// Who asks what: twenty good clients, five bad ones, and their names.
using System;
using System.Globalization;
using System.Net;

namespace Resolver.Attack;

/// <summary>The attack's numbers.</summary>
/// <param name="Server">The resolver.</param>
/// <param name="Zones">Zones z1.com … that work.</param>
/// <param name="Seconds">How long it lasts, the quiet second before not counted.</param>
/// <param name="Seed">Of names and draws.</param>
internal sealed record AttackPlan(IPEndPoint Server, int Zones, int Seconds, int Seed)
{
    public const int GoodClients = 20;
    public const int BadClients = 5;
    public const int GoodRate = 1_000;
    public const int BadRate = 10_000;
    public const int BadZones = 20;
    public const int PopularNames = 1_000;

    /// <summary>An answer later than this is not counted as one.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>127.0.1.1 to 127.0.1.20, and 127.0.2.1 to 127.0.2.5.</summary>
    public static IPAddress AddressOf(bool isGood, int client) =>
        new([127, 0, (byte)(isGood ? 1 : 2), (byte)(1 + client)]);

    /// <summary>Half popular by Zipf's law, half never asked before.</summary>
    public string GoodName(Random random, long number)
    {
        if (number % 2 == 0)
        {
            int rank = (int)Math.Exp(random.NextDouble() * Math.Log(PopularNames + 1)) - 1;
            return PopularName(rank);
        }

        return string.Create(
            CultureInfo.InvariantCulture, $"a{Seed}-{number}.z{1 + random.Next(Zones)}.com");
    }

    public string PopularName(int rank) =>
        string.Create(CultureInfo.InvariantCulture, $"n{rank}.z{1 + (rank % Zones)}.com");

    /// <summary>A random name in a zone whose servers are dead (d1.com …) or slow (s1.com …).</summary>
    public string BadName(Random random, long number) => string.Create(
        CultureInfo.InvariantCulture,
        $"{random.Next():x8}{Seed}-{number}.{(number % 2 == 0 ? 'd' : 's')}{1 + random.Next(BadZones)}.com");
}
