// What a command may touch beside its arguments.
using System;
using System.IO;

namespace Resolver.Server;

/// <summary>The surroundings of a command.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Time">The clock shown to people.</param>
internal sealed record CommandSurroundings(TextWriter Output, TextWriter Error, TimeProvider Time)
{
    /// <summary>Reads configuration; null after its mistakes have been printed.</summary>
    public ServerConfiguration? ReadConfiguration(ConfigurationSources sources)
    {
        ConfigurationResult result = ConfigurationReader.Read(sources);
        foreach (ConfigurationProblem problem in result.Problems)
        {
            Error.WriteLine(problem);
        }

        return result.IsGood ? result.Configuration : null;
    }
}
