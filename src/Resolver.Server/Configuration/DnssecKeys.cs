// The keys of [dnssec].
using System.Collections.Immutable;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>The keys.</summary>
internal static class DnssecKeys
{
    private const string Section = "dnssec";

    /// <summary>In the order of the file.</summary>
    public static ImmutableArray<ConfigurationKey> All { get; } =
    [
        new ConfigurationKey<bool>(Section, "validation", "Judge signatures (RFC 4035).", ValueKinds.Boolean)
        {
            Read = static c => c.Options.Validation,
            With = static (c, v) => c with { Options = c.Options with { Validation = v } },
        },
        new ConfigurationKey<ImmutableArray<string>>(
            Section,
            "trust-anchors",
            "Files with DS or DNSKEY records; empty: the built-in anchors of the root.",
            ValueKinds.ListOf(ValueKinds.FilePath))
        {
            Read = static c => c.TrustAnchorFiles,
            With = static (c, v) => c with { TrustAnchorFiles = v },
        },
        new ConfigurationKey<ImmutableArray<DomainName>>(
            Section,
            "negative-trust-anchors",
            "Domains in which signatures are not judged (RFC 7646).",
            ValueKinds.ListOf(ValueKinds.Name))
        {
            Read = static c => c.Options.NegativeTrustAnchors,
            With = static (c, v) => c with { Options = c.Options with { NegativeTrustAnchors = v } },
        },
        new ConfigurationKey<ImmutableArray<DomainName>>(
            Section,
            "time-servers",
            "Domains in which signatures are not judged while the clock is behind what state-dir keeps.",
            ValueKinds.ListOf(ValueKinds.Name))
        {
            Read = static c => c.Options.TimeServers,
            With = static (c, v) => c with { Options = c.Options with { TimeServers = v } },
        },
        new ConfigurationKey<bool>(
            Section,
            "aggressive-nsec",
            "Deny names, and answer for wildcards, from ranges already proven (RFC 8198).",
            ValueKinds.Boolean)
        {
            Read = static c => c.Options.AggressiveNsec,
            With = static (c, v) => c with { Options = c.Options with { AggressiveNsec = v } },
        },
    ];
}
