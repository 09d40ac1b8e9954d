// One row for each configuration key: a value other than the default, what the field must then be, and a bad
// value.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.Extensions.Logging;
using Resolver.Engine;

namespace Resolver.Server.Tests;

/// <summary>What is expected of a key.</summary>
/// <param name="Good">A value other than the default.</param>
/// <param name="Field">The field, as text.</param>
/// <param name="Expected">What it must be.</param>
/// <param name="Bad">A value to be refused.</param>
internal sealed record KeyCase(
    string Good, Func<ServerConfiguration, object?> Field, string Expected, string Bad)
{
    /// <summary>All rows by path.</summary>
    public static IReadOnlyDictionary<string, KeyCase> All { get; } = Make();

    /// <summary>The field as text.</summary>
    public string Read(ServerConfiguration configuration) => Field(configuration) switch
    {
        string text => text,
        System.Collections.IEnumerable list => string.Join(' ', list.Cast<object>()),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        { } value => value.ToString()!,
        null => "",
    };

    private static Dictionary<string, KeyCase> Make()
    {
        Dictionary<string, KeyCase> cases = new()
        {
            ["server.listen"] = new(
                "[\"127.0.0.2:5300\", \"[::1]:0\"]", c => c.Listen, "127.0.0.2:5300 [::1]:0", "[\"10\"]"),
            ["server.threads"] = new("3", c => c.Threads, "3", "-1"),
            ["server.allow"] = new("[\"192.0.2.0/24\"]", c => c.Allow, "192.0.2.0/24", "[\"192.0.2.1/24\"]"),
            ["server.state-dir"] = new("\"state\"", c => c.StateDirectory, "/folder/state", "1"),
            ["server.identity"] = new("\"alpha\"", c => c.Options.Identity, "alpha", "1"),
            ["server.version"] = new("\"beta\"", c => c.Options.Version, "beta", "true"),
            ["server.cookie-secret"] = new("\"secret\"", c => c.CookieSecret, "/folder/secret", "[]"),
            ["resolution.root-hints"] = new("\"hints\"", c => c.RootHintsFile, "/folder/hints", "2"),
            ["resolution.qname-minimization"] =
                new("\"strict\"", c => c.Options.QnameMinimization, "Strict", "\"Strict\""),
            ["resolution.case-randomization"] = new("false", c => c.Options.CaseRandomization, "False", "0"),
            ["resolution.ipv4"] = new("false", c => c.Options.UseIPv4, "False", "\"no\""),
            ["resolution.ipv6"] = new("false", c => c.Options.UseIPv6, "False", "1.5"),
            ["resolution.upstream-port"] = new("5353", c => c.Options.UpstreamPort, "5353", "65536"),
            ["resolution.do-not-query"] =
                new("[\"2001:db8::/32\"]", c => c.Options.DoNotQuery, "2001:db8::/32", "\"::/0\""),
            ["resolution.priming"] = new("false", c => c.Options.Priming, "False", "\"false\""),
            ["resolution.special-use-names"] = new(
                "false", c => c.Options.SpecialUseNames, "False", "{ a = 1 }"),
            ["resolution.source-addresses"] =
                new("[\"192.0.2.7\"]", c => c.Options.SourceAddresses, "192.0.2.7", "[\"192.0.2\"]"),
            ["resolution.private-addresses"] =
                new("[\"10.0.0.0/8\"]", c => c.Options.PrivateAddresses, "10.0.0.0/8", "[\"10.0.0.0/33\"]"),
            ["resolution.private-domains"] = new("[\"lan.\"]", c => c.Options.PrivateDomains, "lan.", "[1]"),
            ["cache.size"] = new("\"16MiB\"", c => c.Options.CacheSize, "16777216", "\"16MB\""),
            ["cache.min-ttl"] = new("\"5s\"", c => c.Options.MinTtl, "00:00:05", "\"2h\""),
            ["cache.max-ttl"] = new("\"2d\"", c => c.Options.MaxTtl, "2.00:00:00", "\"8d\""),
            ["cache.max-negative-ttl"] = new("\"3h\"", c => c.Options.MaxNegativeTtl, "03:00:00", "3600"),
            ["cache.serve-stale"] = new("false", c => c.Options.ServeStale, "False", "\"on\""),
            ["cache.stale-ttl"] = new("\"10s\"", c => c.Options.StaleTtl, "00:00:10", "\"0s\""),
            ["cache.stale-max-age"] = new("\"1h\"", c => c.Options.StaleMaxAge, "01:00:00", "\"1 h\""),
            ["cache.prefetch"] = new("false", c => c.Options.Prefetch, "False", "1"),
            ["dnssec.validation"] = new("false", c => c.Options.Validation, "False", "\"yes\""),
            ["dnssec.trust-anchors"] =
                new("[\"root.ds\"]", c => c.TrustAnchorFiles, "/folder/root.ds", "\"root.ds\""),
            ["dnssec.negative-trust-anchors"] =
                new("[\"example.\"]", c => c.Options.NegativeTrustAnchors, "example.", "[1]"),
            ["dnssec.time-servers"] =
                new("[\"example.\"]", c => c.Options.TimeServers, "example.", "[1]"),
            ["dnssec.aggressive-nsec"] = new("false", c => c.Options.AggressiveNsec, "False", "[]"),
            ["limits.client-queries-per-second"] = new("9", c => c.Options.ClientQueriesPerSecond, "9", "[]"),
            ["control.socket"] = new("\"control\"", c => c.ControlSocket, "/folder/control", "1"),
            ["metrics.listen"] = new("\"127.0.0.1:9153\"", c => c.MetricsListen, "127.0.0.1:9153", "\"x:9\""),
            ["log.level"] = new("\"debug\"", c => c.LogLevel, nameof(LogLevel.Debug), "\"verbose\""),
            ["log.queries"] = new("true", c => c.LogQueries, "True", "2"),
        };
        AddLimits(cases);
        return cases;
    }

    private static void AddLimits(Dictionary<string, KeyCase> cases)
    {
        foreach (LimitBinding binding in ResolverLimits.All)
        {
            Limit limit = binding.Limit;
            int good = limit.Default < limit.Max ? limit.Default + 1 : limit.Default - 1;
            string text = good.ToString(CultureInfo.InvariantCulture);
            string bad = (limit.Max + 1L).ToString(CultureInfo.InvariantCulture);
            cases.Add("limits." + limit.Name, new(text, c => binding.Read(c.Options.Limits), text, bad));
        }
    }
}
