// The header of a scenario, up to CONFIG_END: unbound.conf keys, of which those are taken that change what a
// standard resolver does. Keys that only tune Unbound are passed over by name; all others are reported.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;

namespace Resolver.Scenarios;

/// <summary>The configuration of one scenario.</summary>
internal sealed class ScenarioConfig
{
    // What these tune is either always so here (harden-...), or nothing that a scenario could see.
    private static readonly string[] PassedOver =
    [
        // ("domain-insecure" waits for validation.)
        "server", "stub-zone", "name", "stub-name", "target-fetch-policy", "minimal-responses",
        "rrset-roundrobin", "trust-anchor-signaling", "harden-referral-path", "harden-glue",
        "harden-dnssec-stripped", "fake-sha1", "fake-dsa", "domain-insecure", "force-ipv6",
        "access-control", "ede", "log-servfail",
    ];

    public List<IPAddress> RootAddresses { get; } = [];

    public List<string> TrustAnchors { get; } = [];

    public DateTimeOffset? Now { get; private set; }

    public bool? Minimises { get; private set; }

    public bool UsesIPv4 { get; private set; } = true;

    public bool UsesIPv6 { get; private set; } = true;

    public bool AsksLocalhost { get; private set; }

    public TimeSpan? MinTtl { get; private set; }

    public TimeSpan? MaxTtl { get; private set; }

    /// <summary>Takes one line; a sentence says what is not understood, or not there yet.</summary>
    public string? Take(string line)
    {
        (string key, string value) = Split(line, ':');
        switch (key)
        {
            case "stub-addr":
                RootAddresses.Add(IPAddress.Parse(value.Split('@')[0]));
                return null;
            case "trust-anchor":
                TrustAnchors.Add(Unquote(value));
                return null;
            case "val-override-date":
                Now = DateTimeOffset.ParseExact(
                    Unquote(value),
                    "yyyyMMddHHmmss",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal);
                return null;
            case "val-override-timestamp":
                long seconds = long.Parse(Unquote(value), CultureInfo.InvariantCulture);
                Now = DateTimeOffset.FromUnixTimeSeconds(seconds);
                return null;
            case "query-minimization" or "qname-minimisation":
                Minimises = IsOn(value);
                return null;
            case "do-ip4":
                UsesIPv4 = IsOn(value);
                return null;
            case "do-ip6":
                UsesIPv6 = IsOn(value);
                return null;
            case "do-not-query-localhost":
                AsksLocalhost = !IsOn(value);
                return null;
            case "features":
                return TakeFeature(value, line);
            default:
                return PassedOver.Contains(key) ? null : $"not understood: {line}";
        }
    }

    private string? TakeFeature(string text, string line)
    {
        (string key, string value) = Split(text, '=');
        switch (key)
        {
            case "min_ttl":
                MinTtl = TimeSpan.FromSeconds(int.Parse(value, CultureInfo.InvariantCulture));
                return null;
            case "max_ttl":
                MaxTtl = TimeSpan.FromSeconds(int.Parse(value, CultureInfo.InvariantCulture));
                return null;
            default:
                return $"not understood: {line}";
        }
    }

    private static bool IsOn(string value) => Unquote(value) is "on" or "yes" or "true";

    private static string Unquote(string value) => value.Trim().Trim('"').Trim();

    private static (string Key, string Value) Split(string line, char separator)
    {
        int at = line.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (line.Trim(), "") : (line[..at].Trim(), line[(at + 1)..].Trim());
    }
}
