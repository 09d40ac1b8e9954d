// A resolver with listeners on the configured addresses.
using System;
using System.Collections.Generic;
using System.Net;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Resolver.Engine;
using Resolver.Transport;

namespace Resolver.Server;

/// <summary>A resolver that answers on the network.</summary>
internal sealed class ServedResolver : IAsyncDisposable
{
    private readonly RecursiveResolver _resolver;
    private readonly List<IPEndPoint> _addresses = [];
    private readonly List<ListenFailure> _failures = [];

    private readonly QueryLog _queryLog;

    private ServedResolver(RecursiveResolver resolver, QueryListeners listeners, QueryLog queryLog)
    {
        _resolver = resolver;
        Listeners = listeners;
        _queryLog = queryLog;
        resolver.Works.Clients.Log = queryLog;
    }

    /// <summary>The resolver.</summary>
    public RecursiveResolver Resolver => _resolver;

    /// <summary>Its listeners.</summary>
    public QueryListeners Listeners { get; }

    /// <summary>Addresses listened on, UDP and TCP, with the ports that were found.</summary>
    public IReadOnlyList<IPEndPoint> Addresses => _addresses;

    /// <summary>Addresses that could not be listened on.</summary>
    public IReadOnlyList<ListenFailure> Failures => _failures;

    /// <summary>
    /// Makes the resolver and binds its addresses; nothing is answered before <see cref="Start"/>.
    /// </summary>
    public static ServedResolver Bind(
        ServerConfiguration configuration, IQueryPolicy policy, ILoggerFactory loggers)
    {
        RecursiveResolver resolver = RecursiveResolver.Build(ResolverSettings.From(configuration, loggers));
        QueryListeners listeners = resolver.MakeListeners(policy);
        ServedResolver served = new(
            resolver, listeners, new QueryLog(loggers) { IsOn = configuration.LogQueries });
        DatagramListenOptions options = new();
        foreach (IPEndPoint address in configuration.Listen)
        {
            if (listeners.Add(InetEndpoint.From(address), options, out SocketResult result) is { } bound)
            {
                served._addresses.Add(bound.ToIPEndPoint());
            }
            else
            {
                served._failures.Add(new ListenFailure(address, result));
            }
        }

        return served;
    }

    /// <summary>Begins to answer.</summary>
    public void Start() => _resolver.Start();

    /// <summary>Goes over to the configuration's zones, private addresses and log of queries.</summary>
    public void Adopt(ServerConfiguration configuration)
    {
        _queryLog.IsOn = configuration.LogQueries;
        _resolver.Adopt(configuration.Options);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _resolver.DisposeAsync();
}
