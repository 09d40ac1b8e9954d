// All keys of the configuration file, in the order in which the file shows them. Data; the numbers under
// [limits] come from ResolverLimits.
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Resolver.Engine;

namespace Resolver.Server;

/// <summary>The keys.</summary>
internal static class ConfigurationTable
{
    /// <summary>The table of a zone whose servers recurse.</summary>
    public const string ForwardTable = "forward";

    /// <summary>Every key, section by section.</summary>
    public static ImmutableArray<ConfigurationKey> Keys { get; } =
    [
        .. ServerKeys.All, .. ResolutionKeys.All, .. CacheKeys.All, .. DnssecKeys.All, .. Limits(),
        .. OperationKeys.All,
    ];

    /// <summary>The sections, in order.</summary>
    public static ImmutableArray<string> Sections { get; } =
        [.. Keys.Select(static k => k.Section).Distinct()];

    /// <summary>Tables that may be repeated: servers for zones.</summary>
    public static ImmutableArray<string> RepeatedTables { get; } = [ForwardTable, "stub"];

    /// <summary>The key of a path such as server.listen; null when there is none.</summary>
    public static ConfigurationKey? Find(string path) => Keys.FirstOrDefault(k => k.Path == path);

    private static ImmutableArray<ConfigurationKey> Limits() =>
    [
        .. ResolverLimits.All.Select(Limit),
        new ConfigurationKey<int>(
            "limits",
            "client-queries-per-second",
            "Queries of one client that are answered in a second; 0: no bound.",
            ValueKinds.Integer(OptionRanges.ClientQueriesPerSecond))
        {
            Read = static c => c.Options.ClientQueriesPerSecond,
            With = static (c, v) => c with { Options = c.Options with { ClientQueriesPerSecond = v } },
        },
    ];

    private static ConfigurationKey<int> Limit(LimitBinding binding)
    {
        Limit limit = binding.Limit;
        string comment = string.Create(
            CultureInfo.InvariantCulture, $"{limit.Reason} {limit.Min} to {limit.Max}.");
        return new ConfigurationKey<int>(
            "limits", limit.Name, comment, ValueKinds.Integer(limit.Min, limit.Max))
        {
            Read = c => binding.Read(c.Options.Limits),
            With = (c, v) => c with
            {
                Options = c.Options with { Limits = binding.With(c.Options.Limits, v) },
            },
        };
    }
}
