// The keys of [server].
using System.Collections.Immutable;

namespace Resolver.Server;

/// <summary>The keys.</summary>
internal static class ServerKeys
{
    private const string Section = "server";

    /// <summary>In the order of the file.</summary>
    public static ImmutableArray<ConfigurationKey> All { get; } =
    [
        new ConfigurationKey<ImmutableArray<System.Net.IPEndPoint>>(
            Section, "listen", "Addresses to answer on, UDP and TCP.", ValueKinds.ListOf(ValueKinds.Endpoint))
        {
            Read = static c => c.Listen,
            With = static (c, v) => c with { Listen = v, IsListenDefault = false },
        },
        new ConfigurationKey<int>(
            Section, "threads", "Loops, one thread each; 0: one per core.", ValueKinds.Integer(
                OptionRanges.LoopCount))
        {
            Read = static c => c.Threads,
            With = static (c, v) => c with { Threads = v },
        },
        new ConfigurationKey<ImmutableArray<AddressPrefix>>(
            Section, "allow", "Clients that are answered; all others are refused.", ValueKinds.ListOf(
                ValueKinds.Prefix))
        {
            Read = static c => c.Allow,
            With = static (c, v) => c with { Allow = v },
            IsLive = true,
        },
        new ConfigurationKey<string>(
            Section,
            "state-dir",
            "Folder of trust anchor state and time floor; empty: none kept.",
            ValueKinds.FilePath)
        {
            Read = static c => c.StateDirectory,
            With = static (c, v) => c with { StateDirectory = v },
        },
        new ConfigurationKey<string>(
            Section, "identity", "The answer to id.server in class CH; empty: refused.", ValueKinds.ShortText)
        {
            Read = static c => c.Options.Identity,
            With = static (c, v) => c with { Options = c.Options with { Identity = v } },
        },
        new ConfigurationKey<string>(
            Section, "version", "The answer to version.bind in class CH; empty: refused.",
            ValueKinds.ShortText)
        {
            Read = static c => c.Options.Version,
            With = static (c, v) => c with { Options = c.Options with { Version = v } },
        },
        new ConfigurationKey<string>(
            Section, "cookie-secret",
            "File of the secrets of DNS cookies, 32 hex digits a line; empty: drawn at start.",
            ValueKinds.FilePath)
        {
            Read = static c => c.CookieSecret,
            With = static (c, v) => c with { CookieSecret = v },
        },
    ];
}
