// The header of a scenario, up to CONFIG_END: unbound.conf keys, of which those are taken that change what a
// standard resolver does. Keys that only tune Unbound are passed over by name; all others are reported.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using Resolver.Wire;

namespace Resolver.Scenarios;

/// <summary>The configuration of one scenario.</summary>
internal sealed class ScenarioConfig
{
    // What these tune is either always so here (harden-...), or nothing that a scenario could see.
    private static readonly string[] PassedOver =
    [
        "server", "target-fetch-policy", "minimal-responses", "rrset-roundrobin", "trust-anchor-signaling",
        "harden-referral-path", "harden-glue", "harden-dnssec-stripped", "harden-below-nxdomain",
        "harden-algo-downgrade", "harden-large-queries", "harden-short-bufsize", "harden-unknown-additional",
        "fake-sha1", "fake-dsa", "access-control", "ede", "log-servfail", "module-config", "num-threads",
        "outbound-msg-retry", "qname-minimisation-strict", "do-tcp", "do-udp", "edns-buffer-size",
        "max-udp-size", "msg-cache-size", "rrset-cache-size", "stub-prime", "stub-first", "forward-first",
        "val-clean-additional", "val-log-level", "log-queries", "log-replies", "verbosity",
        "root-key-sentinel",
        "unwanted-reply-threshold", "infra-cache-numhosts", "so-reuseport", "iter-scrub-promiscuous",
    ];

    private static readonly Dictionary<string, Action<ScenarioConfig, string>> Taken = new()
    {
        ["name"] = static (c, v) => c._zone = DomainName.Parse(v),
        ["stub-zone"] = static (c, v) => c._zone = DomainName.Root,
        ["forward-zone"] = static (c, v) => c._zone = DomainName.Root,
        ["stub-name"] = static (c, v) => c.RootName = DomainName.Parse(v),
        ["stub-addr"] = static (c, v) => c.AddServer(c.StubServers, v),
        ["forward-addr"] = static (c, v) => c.AddServer(c.ForwardServers, v),
        ["trust-anchor"] = static (c, v) => c.TrustAnchors.Add(v),
        ["domain-insecure"] = static (c, v) => c.InsecureDomains.Add(DomainName.Parse(v)),
        ["val-override-date"] = static (c, v) => c.Now = ReadDate(v),
        ["val-override-timestamp"] = static (c, v) => c.Now = DateTimeOffset.FromUnixTimeSeconds(Number(v)),
        ["query-minimization"] = static (c, v) => c.Minimises = IsOn(v),
        ["qname-minimisation"] = static (c, v) => c.Minimises = IsOn(v),
        ["use-caps-for-id"] = static (c, v) => c.RandomizesCase = IsOn(v),
        ["do-ip4"] = static (c, v) => c.UsesIPv4 = IsOn(v),
        ["do-ip6"] = static (c, v) => c.UsesIPv6 = IsOn(v),
        ["force-ipv6"] = static (c, v) => c.UsesIPv4 = !IsOn(v),
        ["do-not-query-localhost"] = static (c, v) => c._asksLocalhost = !IsOn(v),
        ["aggressive-nsec"] = static (c, v) => c.AggressiveNsec = IsOn(v),
        ["prefetch"] = static (c, v) => c.Prefetches = IsOn(v),
        ["serve-expired"] = static (c, v) => c.ServesStale = IsOn(v),
        ["cache-min-ttl"] = static (c, v) => c.MinTtl = TimeSpan.FromSeconds(Number(v)),
        ["cache-max-ttl"] = static (c, v) => c.MaxTtl = TimeSpan.FromSeconds(Number(v)),
        ["cache-max-negative-ttl"] = static (c, v) => c.MaxNegativeTtl = TimeSpan.FromSeconds(Number(v)),
        ["private-address"] = static (c, v) => c.PrivateAddresses.Add(v),
        ["private-domain"] = static (c, v) => c.PrivateDomains.Add(DomainName.Parse(v)),
    };

    // Deckard's features, as "features: key = value; key = value".
    private static readonly Dictionary<string, string> Features = new()
    {
        ["min_ttl"] = "cache-min-ttl",
        ["max_ttl"] = "cache-max-ttl",
        ["max_neg_ttl"] = "cache-max-negative-ttl",
    };

    private DomainName _zone = DomainName.Root;
    private bool? _asksLocalhost;

    /// <summary>The zones of stub-addr; those of the root are its hints.</summary>
    public Dictionary<DomainName, List<IPEndPoint>> StubServers { get; } = [];

    public Dictionary<DomainName, List<IPEndPoint>> ForwardServers { get; } = [];

    public DomainName RootName { get; private set; } = DomainName.Parse("k.root-servers.net.");

    public List<string> TrustAnchors { get; } = [];

    public List<DomainName> InsecureDomains { get; } = [];

    public List<string> PrivateAddresses { get; } = [];

    public List<DomainName> PrivateDomains { get; } = [];

    /// <summary>The wall clock at the beginning; null for that of the simulation.</summary>
    public DateTimeOffset? Now { get; private set; }

    public bool? Minimises { get; private set; }

    public bool? RandomizesCase { get; private set; }

    public bool UsesIPv4 { get; private set; } = true;

    public bool UsesIPv6 { get; private set; } = true;

    public bool AggressiveNsec { get; private set; }

    public bool Prefetches { get; private set; }

    public bool ServesStale { get; private set; }

    public TimeSpan? MinTtl { get; private set; }

    public TimeSpan? MaxTtl { get; private set; }

    public TimeSpan? MaxNegativeTtl { get; private set; }

    public IEnumerable<IPAddress> RootAddresses =>
        StubServers.TryGetValue(DomainName.Root, out List<IPEndPoint>? servers)
            ? servers.ConvertAll(static s => s.Address)
            : [];

    /// <summary>
    /// Loopback addresses may be asked: said so, or a server configured by the scenario has one.
    /// </summary>
    public bool AsksLocalhost
    {
        get
        {
            bool asks = _asksLocalhost ?? false;
            foreach (IPAddress root in RootAddresses)
            {
                asks |= _asksLocalhost is null && IPAddress.IsLoopback(root);
            }

            return asks;
        }
    }

    /// <summary>Takes one line; a sentence says what is not understood.</summary>
    public string? Take(string line)
    {
        (string key, string value) = Split(line, ':');
        if (key == "features")
        {
            return TakeFeatures(value, line);
        }

        return TryTake(key, value) || Array.IndexOf(PassedOver, key) >= 0 ? null : $"not understood: {line}";
    }

    private string? TakeFeatures(string text, string line)
    {
        string[] features = text.Split(';', StringSplitOptions.RemoveEmptyEntries);
        foreach (string feature in features)
        {
            // What follows the first feature without "=" is a comment.
            (string key, string value) = Split(feature, '=');
            if (value.Length == 0 && feature != features[0])
            {
                break;
            }

            if (!Features.TryGetValue(key, out string? known) || !TryTake(known, value))
            {
                return $"not understood: {line}";
            }
        }

        return null;
    }

    private bool TryTake(string key, string text)
    {
        string value = text.Trim().Trim('"').Trim();
        if (Taken.TryGetValue(key, out Action<ScenarioConfig, string>? take))
        {
            take(this, value);
            return true;
        }

        return false;
    }

    private void AddServer(Dictionary<DomainName, List<IPEndPoint>> zones, string text)
    {
        string[] parts = text.Split('@');
        if (!zones.TryGetValue(_zone, out List<IPEndPoint>? servers))
        {
            zones[_zone] = servers = [];
        }

        servers.Add(new IPEndPoint(IPAddress.Parse(parts[0]), parts.Length > 1 ? (int)Number(parts[1]) : 53));
    }

    private static DateTimeOffset ReadDate(string value) => DateTimeOffset.ParseExact(
        value, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static long Number(string value) => long.Parse(value, CultureInfo.InvariantCulture);

    private static bool IsOn(string value) => value is "on" or "yes" or "true";

    private static (string Key, string Value) Split(string line, char separator)
    {
        int at = line.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (line.Trim(), "") : (line[..at].Trim(), line[(at + 1)..].Trim());
    }
}
