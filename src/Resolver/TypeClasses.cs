// The types that queries are counted by: those that clients ask for, each by itself, all others together. A
// closed set, because a type is the client's choice and each label costs whoever stores the figures.
using System.Collections.Immutable;
using Resolver.Wire;

namespace Resolver;

/// <summary>Classes of types.</summary>
internal static class TypeClasses
{
    /// <summary>The names, by class.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "other", "A", "AAAA", "HTTPS", "PTR", "MX", "TXT", "NS", "SOA", "SRV", "CNAME", "DS", "DNSKEY",
        "SVCB", "ANY",
    ];

    /// <summary>Count of classes.</summary>
    public const int Count = 15;

    /// <summary>The class of a type.</summary>
    public static int Of(RRType type) => type.Value switch
    {
        1 => 1,
        28 => 2,
        65 => 3,
        12 => 4,
        15 => 5,
        16 => 6,
        2 => 7,
        6 => 8,
        33 => 9,
        5 => 10,
        43 => 11,
        48 => 12,
        64 => 13,
        255 => 14,
        _ => 0,
    };
}
