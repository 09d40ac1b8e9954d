// Reads file and options into one configuration, and collects every mistake on the way: unknown keys, bad
// values, contradictions. The order of power: defaults, file, --set, the other
// options.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using Tomlyn.Syntax;

namespace Resolver.Server;

/// <summary>What reading came to.</summary>
/// <param name="Configuration">The configuration; as far as it goes when there are mistakes.</param>
/// <param name="Problems">The mistakes; empty: it may be used.</param>
internal sealed record ConfigurationResult(
    ServerConfiguration Configuration, ImmutableArray<ConfigurationProblem> Problems)
{
    /// <summary>True when there is no mistake.</summary>
    public bool IsGood => Problems.IsEmpty;
}

/// <summary>Reads configuration; use one for one reading.</summary>
internal sealed class ConfigurationReader
{
    private readonly List<ConfigurationProblem> _problems = [];
    private readonly Dictionary<string, ConfigurationPlace> _places = [];
    private ServerConfiguration _configuration = ServerConfiguration.Default;

    private ConfigurationReader()
    {
    }

    /// <summary>Reads all sources, and the files of root hints and trust anchors that they name.</summary>
    public static ConfigurationResult Read(ConfigurationSources sources)
    {
        ConfigurationReader reader = new();
        reader.ReadFile(sources);
        foreach (string setting in sources.Settings)
        {
            reader.ReadSetting(setting, sources.Directory);
        }

        reader.ReadOptions(sources);
        ConfigurationChecks.Run(reader._configuration, reader._places);
        ServerConfiguration whole = ConfiguredFiles.Load(
            reader._configuration, reader._places, reader._problems);
        return new ConfigurationResult(whole, [.. reader._problems]);
    }

    /// <summary>Reads a text as if it were a file; paths in it are relative to the folder.</summary>
    public static ConfigurationResult ReadText(string text, string source, string directory)
    {
        ConfigurationReader reader = new();
        reader.ReadToml(text, new KeyReading(source, directory, true, reader._problems));
        ConfigurationChecks.Run(reader._configuration, reader._places);
        ServerConfiguration whole = ConfiguredFiles.Load(
            reader._configuration, reader._places, reader._problems);
        return new ConfigurationResult(whole, [.. reader._problems]);
    }

    private void ReadFile(ConfigurationSources sources)
    {
        if (sources.File is null)
        {
            return;
        }

        string path = Path.GetFullPath(sources.File, sources.Directory);
        if (TextFile.TryRead(path, "it", out string problem, out string advice) is not { } text)
        {
            _problems.Add(new ConfigurationProblem(sources.File, 0, 0, problem, advice));
            return;
        }

        string directory = Path.GetDirectoryName(path) ?? sources.Directory;
        ReadToml(text, new KeyReading(sources.File, directory, true, _problems));
    }

    private void ReadToml(string text, KeyReading reading)
    {
        HashSet<string> seen = [];
        foreach (TomlSection section in TomlDocument.Read(text, reading))
        {
            if (section.IsRepeated && ConfigurationTable.RepeatedTables.Contains(section.Name))
            {
                _configuration = ZoneTables.Apply(_configuration, section, reading);
                continue;
            }

            if (section.IsRepeated && ConfigurationTable.Sections.Contains(section.Name))
            {
                reading.Report(
                    section.At, $"[[{section.Name}]] cannot be repeated", $"write [{section.Name}]");
                continue;
            }

            if (section.Name.Length > 0 && !ConfigurationTable.Sections.Contains(section.Name))
            {
                reading.Report(
                    section.At, "there is no section " + section.Name, UnknownNames.AdviseSection(section));
                continue;
            }

            foreach (TomlAssignment assignment in section.Assignments)
            {
                ReadAssignment(assignment, seen, reading);
            }
        }
    }

    private void ReadAssignment(TomlAssignment assignment, HashSet<string> seen, KeyReading reading)
    {
        if (!seen.Add(assignment.Path))
        {
            reading.Report(
                assignment.At, assignment.Path + " stands here a second time", "keep one of the two");
            return;
        }

        if (ConfigurationTable.Find(assignment.Path) is { } key)
        {
            Apply(key, assignment.Value, reading);
        }
        else
        {
            reading.Report(
                assignment.At, "there is no key " + assignment.Path, UnknownNames.AdviseKey(assignment.Path));
        }
    }

    private void Apply(ConfigurationKey key, ValueSyntax value, KeyReading reading)
    {
        _configuration = key.Apply(_configuration, value, reading);
        _places[key.Path] = new ConfigurationPlace(reading, value);
    }

    private void ReadSetting(string setting, string directory)
    {
        KeyReading reading = new("--set " + setting, directory, false, _problems);
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            _problems.Add(new ConfigurationProblem(
                reading.Source, 0, 0, "there is no value",
                "write section.key=VALUE, for instance cache.size=64MiB"));
            return;
        }

        string path = setting[..equals].Trim();
        if (ConfigurationTable.Find(path) is not { } key)
        {
            _problems.Add(new ConfigurationProblem(
                reading.Source, 0, 0, "there is no key " + path, UnknownNames.AdviseKey(path)));
            return;
        }

        if (SettingValue.Read(setting[(equals + 1)..].Trim(), reading) is { } value)
        {
            Apply(key, value, reading);
        }
    }

    private void ReadOptions(ConfigurationSources sources)
    {
        ReadList("server.listen", "--listen", sources.Listen, sources.Directory);
        ReadList("dnssec.trust-anchors", "--trust-anchor", sources.TrustAnchors, sources.Directory);
        if (sources.RootHints is { } hints)
        {
            KeyReading reading = new("--root-hints " + hints, sources.Directory, false, _problems);
            Apply(ConfigurationTable.Find("resolution.root-hints")!, new StringValueSyntax(hints), reading);
        }

        _configuration = ConfiguredInternet.Load(_configuration, sources, _problems);
    }

    // Each entry is read as its own source, so that a mistake names the option as it was written.
    private void ReadList(string path, string option, ImmutableArray<string> entries, string directory)
    {
        if (entries.IsEmpty)
        {
            return;
        }

        bool isGood = true;
        ConfigurationKey key = ConfigurationTable.Find(path)!;
        foreach (string entry in entries)
        {
            int before = _problems.Count;
            KeyReading one = new($"{option} {entry}", directory, false, _problems);
            key.Apply(_configuration, new ArraySyntax([entry]), one);
            isGood &= _problems.Count == before;
        }

        if (isGood)
        {
            Apply(key, new ArraySyntax([.. entries]), new KeyReading(option, directory, false, _problems));
        }
    }
}
