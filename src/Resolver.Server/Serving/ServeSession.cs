// One run of serve, from configuration to the last reply: log, signals, systemd, ready line. Everything about
// DNS is behind ServedResolver.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Resolver.Testing;

namespace Resolver.Server;

/// <summary>Serves until told to stop.</summary>
internal sealed class ServeSession
{
    private readonly CommandSurroundings _surroundings;
    private readonly ServerConfiguration _configuration;
    private readonly QueryPolicy _policy;
    private readonly LogThreshold _threshold;
    private readonly ConfigurationReload _reload;
    private readonly SystemdNotifier _systemd = new();
    private ILogger _log = NullLogger.Instance;
    private volatile bool _isServing;

    /// <summary>
    /// A session with a configuration that was read from sources, which are read again on reload.
    /// </summary>
    public ServeSession(
        CommandSurroundings surroundings, ConfigurationSources sources, ServerConfiguration configuration)
    {
        _surroundings = surroundings;
        _configuration = configuration;
        _policy = new QueryPolicy(configuration);
        _threshold = new LogThreshold(configuration.LogLevel);
        _reload = new ConfigurationReload(sources, configuration, _policy, _threshold);
    }

    /// <summary>Runs until SIGTERM or SIGINT; returns the exit status.</summary>
    public async Task<int> RunAsync()
    {
        using StopSignals stop = new();
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnHangUp);
        using LoggerFactory loggers = ConsoleLog.Create(
            _threshold,
            _configuration.Options.Limits,
            new LogLineFormatter(_surroundings.Time, SystemdHelpers.IsSystemdService()));
        ILogger log = loggers.CreateLogger("Resolver.Server");
        _log = log;
        foreach (string warning in Warnings())
        {
            ServerLog.Warned(log, warning);
        }

        ServedResolver served = ServedResolver.Bind(_configuration, _policy, loggers);
        await using (served)
        {
            if (!Accept(served, log))
            {
                return ExitStatus.Failed;
            }

            await using ServedOperations operations = await ServedOperations.OpenAsync(
                _configuration, served, _surroundings.Time, log);
            if (operations.Problem.Length > 0)
            {
                await _surroundings.Error.WriteLineAsync($"resolver serve: {operations.Problem}.");
                return ExitStatus.Failed;
            }

            served.Start();
            _reload.Adopt = served.Adopt;
            _isServing = true;
            ServerLog.Listening(log, string.Join(", ", served.Addresses));
            if (!await TrySayReadyAsync(served))
            {
                return ExitStatus.Failed;
            }

            _systemd.Notify(ServiceState.Ready);
            await stop.Told;
            _isServing = false;
            _systemd.Notify(ServiceState.Stopping);
            ServerLog.Stopping(log);
        }

        return ExitStatus.Done;
    }

    private IEnumerable<string> Warnings()
    {
        if (_configuration.StateDirectory.Length > 0 && !_configuration.Options.Validation)
        {
            yield return "Nothing is kept in server.state-dir: validation is off";
        }

        ResolverOptions options = _configuration.Options;
        if (options.Network is SimulatedInternet { TrustAnchors: "" } && options is
            { Validation: true, TrustAnchors.IsEmpty: true })
        {
            yield return "The simulated internet has no trust anchor: nothing is validated inside it";
        }
    }

    private bool Accept(ServedResolver served, ILogger log)
    {
        bool isListening = served.Addresses.Count > 0;
        foreach (ListenFailure failure in served.Failures)
        {
            if (_configuration.IsListenDefault && isListening && !failure.IsOccupied)
            {
                ServerLog.SkippedDefault(log, failure.Address.ToString(), failure.Reason);
                continue;
            }

            _surroundings.Error.WriteLine(
                $"resolver serve: cannot listen on {failure.Address}: {failure.Reason}.");
            isListening = false;
        }

        return isListening;
    }

    // Who started the program waits for that line.
    private async Task<bool> TrySayReadyAsync(ServedResolver served)
    {
        try
        {
            await _surroundings.Output.WriteLineAsync(ReadyLine.Format(served.Addresses));
            await _surroundings.Output.FlushAsync();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await _surroundings.Error.WriteLineAsync(
                $"resolver serve: cannot write to standard output: {exception.Message.TrimEnd('.')}.");
            return false;
        }
    }

    // Before it serves, and once it stops, there is nothing to go over to: the signal does not end it either.
    private void OnHangUp(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!_isServing)
        {
            return;
        }

        long microseconds = (long)Stopwatch.GetElapsedTime(0).TotalMicroseconds;
        _systemd.Notify(new ServiceState(string.Create(
            CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={microseconds}")));
        try
        {
            _reload.Run(_log);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The root of the signal's thread: nobody above could say anything about it.
            ServerLog.ReloadFailed(_log, exception);
        }

        _systemd.Notify(ServiceState.Ready);
    }
}
