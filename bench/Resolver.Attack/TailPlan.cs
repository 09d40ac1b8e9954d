// Who asks what, how fast, in the measurement of tails.
using System;
using System.Globalization;

namespace Resolver.Attack;

/// <summary>Its numbers.</summary>
/// <param name="Zones">Zones z1.com … that work.</param>
/// <param name="HitRate">Popular names a second.</param>
/// <param name="MissRate">Fresh names a second.</param>
/// <param name="Seconds">How long it lasts, the time to warm up not counted.</param>
/// <param name="Seed">Of names and draws.</param>
internal sealed record TailPlan(int Zones, int HitRate, int MissRate, int Seconds, int Seed)
{
    public const int PopularNames = 1_000;

    public string NameOf(int rank) =>
        string.Create(CultureInfo.InvariantCulture, $"n{rank}.z{1 + (rank % Zones)}.com");

    /// <summary>By Zipf's law, exponent 1.</summary>
    public string PopularName(Random random) =>
        NameOf((int)Math.Exp(random.NextDouble() * Math.Log(PopularNames + 1)) - 1);

    public string FreshName(Random random, long number) => string.Create(
        CultureInfo.InvariantCulture, $"t{Seed}-{number}.z{1 + random.Next(Zones)}.com");
}
