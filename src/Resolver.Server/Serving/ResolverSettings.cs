// From the program's configuration to the library's options: network, loops and logging are added here.
using Microsoft.Extensions.Logging;

namespace Resolver.Server;

/// <summary>The options of the resolver that a configuration means.</summary>
internal static class ResolverSettings
{
    /// <summary>Options with the network, loops and logging of the configuration.</summary>
    public static ResolverOptions From(ServerConfiguration configuration, ILoggerFactory loggers) =>
        configuration.Options with
        {
            LoopCount = configuration.Threads,
            LoggerFactory = loggers,
            StateDirectory = configuration.StateDirectory,
        };
}
