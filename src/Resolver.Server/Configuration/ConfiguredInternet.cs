// --internet: a simulated internet in place of the real one. It brings its own hints and trust anchors, which
// stand back behind those that the user names.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Resolver.Testing;

namespace Resolver.Server;

/// <summary>Loads simulated internets.</summary>
internal static class ConfiguredInternet
{
    /// <summary>The name of the built-in one.</summary>
    public const string Sample = "sample";

    /// <summary>Puts the internet into the configuration; mistakes in it are reported.</summary>
    public static ServerConfiguration Load(
        ServerConfiguration configuration, ConfigurationSources sources, List<ConfigurationProblem> problems)
    {
        if (sources.Internet is not { } name)
        {
            return configuration;
        }

        string folder = Path.GetFullPath(name, sources.Directory);
        if (name != Sample && !Directory.Exists(folder))
        {
            const string Advice = "name a folder with internet.toml, or sample";
            problems.Add(
                new ConfigurationProblem("--internet " + name, 0, 0, "there is no such folder", Advice));
            return configuration;
        }

        try
        {
            SimulatedInternet internet = name == Sample
                ? SimulatedInternet.LoadSample()
                : SimulatedInternet.Load(folder);
            return configuration with
            {
                Options = configuration.Options with
                {
                    Network = internet,
                    RootHints = internet.RootHints,
                    TrustAnchors = internet.TrustAnchors.Length > 0 ? [internet.TrustAnchors] : [],
                },
            };
        }
        catch (InternetFormatException e)
        {
            problems.AddRange(e.Mistakes.Select(m => new ConfigurationProblem(
                "--internet " + name, 0, 0, m, "correct the simulated internet")));
            return configuration;
        }
    }
}
