// Reads the files that configuration names (root hints, trust anchors), so that a mistake in them is found by
// check and at start, not by the first query.
using System.Collections.Generic;
using System.Collections.Immutable;

namespace Resolver.Server;

/// <summary>Reads files named in configuration.</summary>
internal static class ConfiguredFiles
{
    /// <summary>Reads the files into the options; mistakes are reported.</summary>
    public static ServerConfiguration Load(
        ServerConfiguration configuration,
        Dictionary<string, ConfigurationPlace> places,
        List<ConfigurationProblem> problems)
    {
        string? hints = null;
        if (configuration.RootHintsFile.Length > 0)
        {
            hints = Read(configuration.RootHintsFile, places["resolution.root-hints"]);
        }

        if (hints is not null)
        {
            RecordFile.CheckHints(hints, configuration.RootHintsFile, problems);
        }

        ImmutableArray<string>.Builder anchors = ImmutableArray.CreateBuilder<string>();
        foreach (string file in configuration.TrustAnchorFiles)
        {
            if (Read(file, places["dnssec.trust-anchors"]) is { } text)
            {
                RecordFile.CheckAnchors(text, file, problems);
                anchors.Add(text);
            }
        }

        ImmutableArray<string> secrets = [];
        if (configuration.CookieSecret.Length > 0
            && Read(configuration.CookieSecret, places["server.cookie-secret"]) is { } lines)
        {
            secrets = SecretFile.Read(lines, configuration.CookieSecret, problems);
        }

        return configuration with
        {
            Options = configuration.Options with
            {
                CookieSecrets = secrets,
                RootHints = hints ?? configuration.Options.RootHints,
                TrustAnchors = configuration.TrustAnchorFiles.IsEmpty
                    ? configuration.Options.TrustAnchors
                    : anchors.ToImmutable(),
            },
        };
    }

    private static string? Read(string path, ConfigurationPlace place)
    {
        string? text = TextFile.TryRead(path, path, out string problem, out string advice);
        if (text is null)
        {
            place.Reading.Report(place.At, problem, advice);
        }

        return text;
    }
}
