// From the header of a scenario to the program's configuration file, with documented keys alone.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using Resolver.Wire;

namespace Resolver.Scenarios;

/// <summary>Writes configuration files.</summary>
internal sealed class ProgramConfiguration
{
    private readonly StringBuilder _text = new();
    private readonly ScenarioConfig _config;
    private readonly ProgramSettings _settings;

    private ProgramConfiguration(ScenarioConfig config, ProgramSettings settings)
    {
        _config = config;
        _settings = settings;
    }

    /// <summary>Writes the file and those that it names; returns its path.</summary>
    public static string Write(ScenarioConfig config, ProgramSettings settings)
    {
        ProgramConfiguration configuration = new(config, settings);
        configuration.WriteAll();
        string path = Path.Combine(settings.Folder, "resolver.toml");
        File.WriteAllText(path, configuration._text.ToString());
        return path;
    }

    private void WriteAll()
    {
        Section("server");
        Set("listen", [ProgramSettings.Listen.ToString()]);
        if (_settings.KeepsState)
        {
            Set("state-dir", MakeStateFolder());
        }

        Section("control");
        Set("socket", "control");
        WriteResolution();
        WriteCache();
        WriteDnssec();
        WriteZones("forward", _config.ForwardServers);
        WriteZones("stub", _config.StubServers.Where(z => _settings.RootAsStub || !z.Key.IsRoot));
    }

    private string MakeStateFolder()
    {
        string folder = Path.Combine(_settings.Folder, "state");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        return "state";
    }

    private void WriteResolution()
    {
        Section("resolution");
        if (_config.RootAddresses.Any() && !_settings.RootAsStub)
        {
            File.WriteAllText(Path.Combine(_settings.Folder, "root.hints"), ScenarioOptions.Hints(_config));
            Set("root-hints", "root.hints");
        }

        Set("ipv4", _config.UsesIPv4);
        Set("ipv6", _config.UsesIPv6);
        if (_config.Minimises is { } minimises)
        {
            Set("qname-minimization", minimises ? "relaxed" : "off");
        }

        if (_config.RandomizesCase is { } randomizes)
        {
            Set("case-randomization", randomizes);
        }

        if (_config.AsksLocalhost)
        {
            Set("do-not-query", Array.Empty<string>());
        }

        // The script's servers are the whole world: it may give meaning to any name.
        SetOff("special-use-names", false);
        SetList("private-addresses", _config.PrivateAddresses);
        SetList("private-domains", [.. _config.PrivateDomains.Select(static d => d.ToString())]);
    }

    private void WriteCache()
    {
        Section("cache");
        SetTime("min-ttl", _config.MinTtl);
        SetTime("max-ttl", _config.MaxTtl);
        SetTime("max-negative-ttl", _config.MaxNegativeTtl);
        SetOff("serve-stale", _config.ServesStale);
        SetOff("prefetch", _config.Prefetches);
    }

    // Without a trust anchor of its own a scenario knows no secure zone.
    private void WriteDnssec()
    {
        Section("dnssec");
        SetOff("aggressive-nsec", _config.AggressiveNsec);
        SetList("negative-trust-anchors", [.. _config.InsecureDomains.Select(static d => d.ToString())]);
        if (_config.TrustAnchors.Count == 0)
        {
            Set("validation", false);
            return;
        }

        File.WriteAllLines(Path.Combine(_settings.Folder, "anchors"), _config.TrustAnchors);
        Set("trust-anchors", ["anchors"]);
    }

    private void WriteZones(string table, IEnumerable<KeyValuePair<DomainName, List<IPEndPoint>>> zones)
    {
        foreach ((DomainName zone, List<IPEndPoint> servers) in zones)
        {
            _text.Append(CultureInfo.InvariantCulture, $"[[{table}]]\n");
            Set("zone", zone.ToString());
            Set("servers", [.. servers.Select(static s => s.ToString())]);
        }
    }

    private void Section(string name) => _text.Append(CultureInfo.InvariantCulture, $"[{name}]\n");

    private void Set(string key, string value) =>
        _text.Append(CultureInfo.InvariantCulture, $"{key} = \"{value}\"\n");

    private void Set(string key, bool value) =>
        _text.Append(CultureInfo.InvariantCulture, $"{key} = {(value ? "true" : "false")}\n");

    private void Set(string key, string[] values)
    {
        string list = string.Join(", ", values.Select(static v => $"\"{v}\""));
        _text.Append(CultureInfo.InvariantCulture, $"{key} = [{list}]\n");
    }

    private void SetList(string key, List<string> values)
    {
        if (values.Count > 0)
        {
            Set(key, [.. values]);
        }
    }

    private void SetTime(string key, TimeSpan? value)
    {
        if (value is { } time)
        {
            Set(key, string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s"));
        }
    }

    // These are on by default, and off in a scenario that does not speak of them.
    private void SetOff(string key, bool wanted)
    {
        if (wanted || !_settings.Defaults)
        {
            Set(key, wanted);
        }
    }
}
