// From the header of a scenario to a configuration of Unbound: with it in the program's place the exam shows
// whether it is fair.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using Resolver.Wire;

namespace Resolver.Scenarios;

/// <summary>Writes unbound.conf.</summary>
internal static class UnboundConfiguration
{
    /// <summary>Writes the file; returns its path.</summary>
    public static string Write(ScenarioConfig config, ProgramSettings settings)
    {
        List<string> lines =
        [
            "server:", "do-daemonize: no", "username: \"\"", "chroot: \"\"",
            $"directory: \"{settings.Folder}\"",
            "pidfile: \"pid\"", "use-syslog: no", "logfile: \"\"", "num-threads: 1",
            $"interface: {ProgramSettings.Listen.Address}@{ProgramSettings.Listen.Port}",
            "access-control: 127.0.0.0/8 allow_snoop", "local-zone: \".\" always_transparent",
            "edns-buffer-size: 1232", "target-fetch-policy: \"0 0 0 0 0\"", "trust-anchor-signaling: no",
            "minimal-responses: no",
            $"do-ip4: {Word(config.UsesIPv4)}", $"do-ip6: {Word(config.UsesIPv6)}",
            $"do-not-query-localhost: {Word(!config.AsksLocalhost)}",
            $"aggressive-nsec: {Word(config.AggressiveNsec)}", $"prefetch: {Word(config.Prefetches)}",
            $"serve-expired: {Word(config.ServesStale)}",
            $"qname-minimisation: {Word(config.Minimises ?? true)}",
            $"use-caps-for-id: {Word(config.RandomizesCase ?? false)}",
            $"module-config: \"{(config.TrustAnchors.Count > 0 ? "validator " : "")}iterator\"",
        ];
        lines.AddRange(config.TrustAnchors.Select(static a => $"trust-anchor: \"{a}\""));
        lines.AddRange(config.InsecureDomains.Select(static d => $"domain-insecure: \"{d}\""));
        lines.AddRange(config.PrivateAddresses.Select(static a => $"private-address: {a}"));
        lines.AddRange(config.PrivateDomains.Select(static d => $"private-domain: \"{d}\""));
        lines.AddRange(["remote-control:", "control-enable: no"]);
        lines.AddRange(config.StubServers.SelectMany(static z => Zone("stub", z)));
        lines.AddRange(config.ForwardServers.SelectMany(static z => Zone("forward", z)));
        string path = Path.Combine(settings.Folder, "unbound.conf");
        File.WriteAllLines(path, lines);
        return path;
    }

    private static IEnumerable<string> Zone(string kind, KeyValuePair<DomainName, List<IPEndPoint>> zone) =>
        zone.Value.Select(s => $"{kind}-addr: {s.Address}@{s.Port}")
            .Prepend($"name: \"{zone.Key}\"").Prepend($"{kind}-zone:");

    private static string Word(bool isOn) => isOn ? "yes" : "no";
}
