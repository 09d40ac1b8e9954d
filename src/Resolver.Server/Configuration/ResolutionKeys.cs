// The keys of [resolution].
using System.Collections.Immutable;
using System.Net;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>The keys.</summary>
internal static class ResolutionKeys
{
    private const string Section = "resolution";

    /// <summary>In the order of the file.</summary>
    public static ImmutableArray<ConfigurationKey> All { get; } =
    [
        new ConfigurationKey<string>(
            Section, "root-hints", "File of root hints; empty: the built-in copy.", ValueKinds.FilePath)
        {
            Read = static c => c.RootHintsFile,
            With = static (c, v) => c with { RootHintsFile = v },
        },
        new ConfigurationKey<QnameMinimization>(
            Section,
            "qname-minimization",
            "Show parents only the labels that they need (RFC 9156): \"off\", \"relaxed\" or \"strict\".",
            ValueKinds.Choice(
                ("off", QnameMinimization.Off),
                ("relaxed", QnameMinimization.Relaxed),
                ("strict", QnameMinimization.Strict)))
        {
            Read = static c => c.Options.QnameMinimization,
            With = static (c, v) => c with { Options = c.Options with { QnameMinimization = v } },
        },
        Switch(
            "case-randomization", "Draw the case of a query's letters, a check of its reply (0x20).") with
        {
            Read = static c => c.Options.CaseRandomization,
            With = static (c, v) => c with { Options = c.Options with { CaseRandomization = v } },
        },
        Switch("ipv4", "Ask name servers by IPv4.") with
        {
            Read = static c => c.Options.UseIPv4,
            With = static (c, v) => c with { Options = c.Options with { UseIPv4 = v } },
        },
        Switch("ipv6", "Ask name servers by IPv6.") with
        {
            Read = static c => c.Options.UseIPv6,
            With = static (c, v) => c with { Options = c.Options with { UseIPv6 = v } },
        },
        new ConfigurationKey<int>(
            Section, "upstream-port", "The port on which name servers are asked.", ValueKinds.Integer(
                OptionRanges.Port))
        {
            Read = static c => c.Options.UpstreamPort,
            With = static (c, v) => c with { Options = c.Options with { UpstreamPort = v } },
        },
        new ConfigurationKey<ImmutableArray<AddressPrefix>>(
            Section,
            "do-not-query",
            "Never asked, whether learned from the network or from hints; forward and stub servers are.",
            ValueKinds.ListOf(ValueKinds.Prefix))
        {
            Read = static c => c.Options.DoNotQuery,
            With = static (c, v) => c with { Options = c.Options with { DoNotQuery = v } },
        },
        Switch("priming", "Ask for the root's servers at first use (RFC 9609).") with
        {
            Read = static c => c.Options.Priming,
            With = static (c, v) => c with { Options = c.Options with { Priming = v } },
        },
        Switch("special-use-names", "Answer the names of RFC 6761, 6303, 7686 and 8375 locally.") with
        {
            Read = static c => c.Options.SpecialUseNames,
            With = static (c, v) => c with { Options = c.Options with { SpecialUseNames = v } },
        },
        new ConfigurationKey<ImmutableArray<IPAddress>>(
            Section,
            "source-addresses",
            "Local addresses to ask from; empty: the system chooses.",
            ValueKinds.ListOf(ValueKinds.Address))
        {
            Read = static c => c.Options.SourceAddresses,
            With = static (c, v) => c with { Options = c.Options with { SourceAddresses = v } },
        },
        new ConfigurationKey<ImmutableArray<AddressPrefix>>(
            Section,
            "private-addresses",
            "Answers from the internet that hold these are removed (rebinding guard); empty: off.",
            ValueKinds.ListOf(ValueKinds.Prefix))
        {
            Read = static c => c.Options.PrivateAddresses,
            With = static (c, v) => c with { Options = c.Options with { PrivateAddresses = v } },
            IsLive = true,
        },
        new ConfigurationKey<ImmutableArray<DomainName>>(
            Section,
            "private-domains",
            "Exempt from it; so are forward and stub zones, except for \".\".",
            ValueKinds.ListOf(ValueKinds.Name))
        {
            Read = static c => c.Options.PrivateDomains,
            With = static (c, v) => c with { Options = c.Options with { PrivateDomains = v } },
            IsLive = true,
        },
    ];

    private static ConfigurationKey<bool> Switch(string name, string comment) =>
        new(Section, name, comment, ValueKinds.Boolean)
        {
            Read = static _ => false,
            With = static (c, _) => c,
        };
}
