// Answers GET /metrics on an address of its own: Kestrel by itself, without host, routing or configuration.
// On loopback only requests that name loopback are answered: a web page whose name was rebound to 127.0.0.1
// must not read them. Elsewhere the operator has chosen who can reach the address.
using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Resolver.Server;

/// <summary>Serves the metrics page until disposed.</summary>
internal sealed class MetricsServer : IHttpApplication<IFeatureCollection>, IAsyncDisposable
{
    // No limits of the operator's: the one request that there is has a few hundred octets.
    private const int MaxRequestLine = 1024;
    private const int MaxHeaders = 8192;
    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(75);

    private readonly MetricsReader _reader;
    private readonly KestrelServer _server;

    /// <summary>A page of the figures of a meter, not served yet.</summary>
    public MetricsServer(Meter meter, IPEndPoint address, int maxConnections)
    {
        _reader = new MetricsReader(meter);
        Address = address;
        KestrelServerOptions options = new() { AddServerHeader = false };
        KestrelServerLimits limits = options.Limits;
        limits.MaxConcurrentConnections = maxConnections;
        limits.MaxRequestBodySize = 0;
        limits.MaxRequestLineSize = MaxRequestLine;
        limits.MaxRequestHeadersTotalSize = MaxHeaders;
        limits.RequestHeadersTimeout = HeadersWithin;
        limits.KeepAliveTimeout = KeepAlive;
        options.Listen(address, static listen => listen.Protocols = HttpProtocols.Http1);
        _server = new KestrelServer(
            Options.Create(options),
            new SocketTransportFactory(
                Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    /// <summary>The address, with the port that was found.</summary>
    public IPEndPoint Address { get; private set; }

    /// <summary>Begins to serve; returns why it cannot, or null.</summary>
    public async Task<string?> StartAsync()
    {
        try
        {
            await _server.StartAsync(this, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return e.Message;
        }

        string? bound = _server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        if (bound is not null)
        {
            Address = new IPEndPoint(Address.Address, new Uri(bound).Port);
        }

        return null;
    }

    /// <inheritdoc/>
    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    /// <inheritdoc/>
    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    /// <inheritdoc/>
    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        IHttpRequestFeature request = context.GetRequiredFeature<IHttpRequestFeature>();
        (int status, string body) = Answer(request);
        byte[] octets = Encoding.UTF8.GetBytes(body);
        IHttpResponseFeature response = context.GetRequiredFeature<IHttpResponseFeature>();
        response.StatusCode = status;
        response.Headers.ContentType = PrometheusText.ContentType;
        response.Headers.ContentLength = octets.Length;
        response.Headers.CacheControl = "no-store";
        if (request.Method != "HEAD")
        {
            await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(octets);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource atOnce = new();
        await atOnce.CancelAsync();
        await _server.StopAsync(atOnce.Token);
        _server.Dispose();
        _reader.Dispose();
    }

    private (int Status, string Body) Answer(IHttpRequestFeature request) =>
        !IsHostGood(request.Headers.Host.ToString())
            ? (403, "Ask by the address itself or as localhost.\n")
            : request.Path != "/metrics" ? (404, "The page is /metrics.\n")
            : request.Method is not ("GET" or "HEAD") ? (405, "GET the page.\n")
            : (200, _reader.Read());

    private bool IsHostGood(string host) =>
        !IPAddress.IsLoopback(Address.Address)
        || (Uri.TryCreate("http://" + host + "/", UriKind.Absolute, out Uri? uri)
            && (uri.Host == "localhost"
                || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? address)
                    && IPAddress.IsLoopback(address))));
}
