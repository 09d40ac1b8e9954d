// What serve offers to operators beside answers: the control socket and the metrics page. Opened before
// anything is answered, so that a place that is taken is told at the start, not later.
using System;
using System.Net;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;

namespace Resolver.Server;

/// <summary>Control socket and metrics page of one server.</summary>
internal sealed class ServedOperations : IAsyncDisposable
{
    private ControlServer? _control;
    private MetricsServer? _metrics;

    private ServedOperations()
    {
    }

    /// <summary>Why they could not be opened; empty when all is well.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Opens what the configuration names.</summary>
    public static async Task<ServedOperations> OpenAsync(
        ServerConfiguration configuration, ServedResolver served, TimeProvider time, ILogger log)
    {
        ServedOperations operations = new();
        StatusReading status = new(served, time);
        if (IPEndPoint.TryParse(configuration.MetricsListen, out IPEndPoint? address))
        {
            await operations.OpenMetricsAsync(address, served, status, log);
        }

        if (operations.Problem.Length == 0 && configuration.ControlSocket.Length > 0)
        {
            NegativeAnchorRequests negative = new(served, log);
            operations.OpenControl(
                configuration.ControlSocket, new ControlRequests(served, status, negative), log);
        }

        return operations;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_control is not null)
        {
            await _control.DisposeAsync();
        }

        if (_metrics is not null)
        {
            await _metrics.DisposeAsync();
        }
    }

    private async Task OpenMetricsAsync(
        IPEndPoint address, ServedResolver served, StatusReading status, ILogger log)
    {
        _metrics = new MetricsServer(
            served.Resolver.Works.Meter.Meter, address, served.Resolver.Works.Limits.MaxMetricsConnections);
        string? problem = await _metrics.StartAsync();
        if (problem is not null)
        {
            Problem = $"cannot serve metrics on {address}: {problem.TrimEnd('.')}";
            return;
        }

        status.Metrics = _metrics.Address.ToString();
        ServerLog.MetricsListening(log, status.Metrics);
        if (!IPAddress.IsLoopback(address.Address))
        {
            ServerLog.MetricsOpen(log, status.Metrics);
        }
    }

    private void OpenControl(string path, ControlRequests requests, ILogger log)
    {
        _control = ControlServer.TryStart(path, requests, log, out string problem);
        Problem = _control is null ? $"cannot open the control socket {path}: {problem.TrimEnd('.')}" : "";
    }
}
