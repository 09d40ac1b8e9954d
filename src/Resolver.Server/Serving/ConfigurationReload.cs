// SIGHUP: reads the configuration again and goes over to it, cache kept. A configuration with a mistake
// changes nothing. What cannot change while queries are under way is named in the log, never silently
// ignored.
using System;
using System.Threading;
using Microsoft.Extensions.Logging;

namespace Resolver.Server;

/// <summary>Goes over to a new configuration while serving.</summary>
internal sealed class ConfigurationReload(
    ConfigurationSources sources, ServerConfiguration first, QueryPolicy policy, LogThreshold threshold)
{
    private readonly Lock _oneAtATime = new();
    private readonly ServerConfiguration _started = first;
    private ServerConfiguration _current = first;

    /// <summary>Where the resolver's own part of a new configuration goes.</summary>
    public Action<ServerConfiguration>? Adopt { get; set; }

    /// <summary>The configuration in force.</summary>
    public ServerConfiguration Current => Volatile.Read(ref _current);

    /// <summary>Reads the sources again; true when they were good.</summary>
    public bool Run(ILogger log)
    {
        lock (_oneAtATime)
        {
            ConfigurationResult result = ConfigurationReader.Read(sources);
            if (!result.IsGood)
            {
                foreach (ConfigurationProblem problem in result.Problems)
                {
                    ServerLog.ReloadRefused(log, problem.ToString());
                }

                return false;
            }

            threshold.Level = result.Configuration.LogLevel;
            foreach (ConfigurationKey key in ConfigurationText.Changes(_started, result.Configuration))
            {
                if (!key.IsLive)
                {
                    ServerLog.WaitsForStart(log, key.Path);
                }
            }

            policy.Replace(result.Configuration);
            Adopt?.Invoke(result.Configuration);
            Volatile.Write(ref _current, result.Configuration);
            ServerLog.Reloaded(log);
            return true;
        }
    }
}
