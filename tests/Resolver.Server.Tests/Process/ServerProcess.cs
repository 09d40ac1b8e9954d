// The built program as a process of its own, on free ports of loopback. What it writes is waited for, never
// slept for.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Resolver.Server.Tests;

/// <summary>A running program.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly System.Diagnostics.Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _error = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _everything = new();

    private ServerProcess(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        ProcessStartInfo start = new(Environment.ProcessPath is { } host && IsDotnet(host) ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Resolver.Server.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = new System.Diagnostics.Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Pass(line.Data, _output);
        _process.ErrorDataReceived += (_, line) => Pass(line.Data, _error);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Everything written so far, for messages of failures.</summary>
    public string Everything => string.Join('\n', _everything);

    /// <summary>Starts the program.</summary>
    public static ServerProcess Start(params string[] arguments) =>
        new(arguments, new Dictionary<string, string>());

    /// <summary>Starts the program with variables of the environment.</summary>
    public static ServerProcess Start(
        IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        new(arguments, environment);

    /// <summary>Starts serve without a way out of this machine, and waits until it is ready.</summary>
    public static async Task<(ServerProcess Server, IPEndPoint Address)> ServeAsync(params string[] arguments)
    {
        ServerProcess server = Start(
            ["serve", "--set", "resolution.priming=false", "--listen", "127.0.0.1:0", .. arguments]);
        string ready = await server.ReadOutputAsync();
        string address = ready.Split(' ')[1]["udp=".Length..];
        return (server, IPEndPoint.Parse(address));
    }

    /// <summary>The next line of standard output.</summary>
    public async Task<string> ReadOutputAsync()
    {
        using CancellationTokenSource watchdog = new(TimeSpan.FromSeconds(60));
        try
        {
            return await _output.Reader.ReadAsync(watchdog.Token);
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException)
        {
            throw new InvalidOperationException("No line came. The program wrote:\n" + Everything, e);
        }
    }

    /// <summary>Waits for a line of standard error that holds a text.</summary>
    public async Task<string> WaitForErrorAsync(string text)
    {
        using CancellationTokenSource watchdog = new(TimeSpan.FromSeconds(60));
        try
        {
            while (true)
            {
                string line = await _error.Reader.ReadAsync(watchdog.Token);
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException)
        {
            throw new InvalidOperationException(
                $"'{text}' was not written. The program wrote:\n{Everything}", e);
        }
    }

    /// <summary>Sends a signal.</summary>
    public async Task SignalAsync(string signal)
    {
        string id = _process.Id.ToString(CultureInfo.InvariantCulture);
        using System.Diagnostics.Process kill = System.Diagnostics.Process.Start(
            "sh", ["-c", $"kill -{signal} {id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>
    /// Waits for the end; returns the exit status and the lines of standard output not read yet.
    /// </summary>
    public async Task<(int Status, string[] Output)> WaitForEndAsync()
    {
        using CancellationTokenSource watchdog = new(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(watchdog.Token);
        List<string> rest = [];
        await foreach (string line in _output.Reader.ReadAllAsync(watchdog.Token))
        {
            rest.Add(line);
        }

        return (_process.ExitCode, [.. rest]);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsDotnet(string host) => Path.GetFileNameWithoutExtension(host) == "dotnet";

    private void Pass(string? line, Channel<string> channel)
    {
        if (line is null)
        {
            channel.Writer.TryComplete();
            return;
        }

        _everything.Enqueue(line);
        channel.Writer.TryWrite(line);
    }
}
