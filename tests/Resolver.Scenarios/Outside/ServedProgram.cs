// The examined program as a process: started with a configuration file and shifted clocks, asked once it says
// that it is ready, stopped as a service manager does.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Wire;

namespace Resolver.Scenarios;

/// <summary>A running program.</summary>
internal sealed class ServedProgram : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ProgramSettings _settings;
    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource<string?> _firstLine =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServedProgram(ProgramSettings settings, ProcessStartInfo start)
    {
        _settings = settings;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _firstLine.TrySetResult(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it wrote on standard error.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            }
        }
    }

    /// <summary>What is wrong with the program itself: it has ended, or has logged an error.</summary>
    public string? Fault =>
        _process.HasExited ? $"the program ended with status {_process.ExitCode}"
            : Log.FirstOrDefault(static l => l.Contains(" fail: ", StringComparison.Ordinal)
                || l.Contains(" crit: ", StringComparison.Ordinal));

    /// <summary>Starts it and waits until it is ready.</summary>
    public static ServedProgram Start(ScenarioConfig config, ProgramSettings settings, ShiftedClock clock)
    {
        string[] arguments = settings.IsUnbound
            ? ["-d", "-p", "-c", UnboundConfiguration.Write(config, settings)]
            : ["serve", "--config", ProgramConfiguration.Write(config, settings)];
        ServedProgram program = new(settings, MakeStart(settings, clock, arguments));
        string? problem = settings.IsUnbound ? program.AwaitReply() : program.AwaitReadyLine();
        if (problem is null)
        {
            return program;
        }

        program.Dispose();
        throw new InvalidOperationException(string.Join('\n', [problem, .. program.Log]));
    }

    /// <summary>Makes it forget a name.</summary>
    public void Flush(DomainName name, ShiftedClock clock)
    {
        string[] arguments = ["flush", name.ToString(), "--control", _settings.Folder + "/control"];
        using Process flush = Process.Start(MakeStart(_settings, clock, arguments))!;
        flush.WaitForExit();
        if (flush.ExitCode != 0)
        {
            throw new InvalidOperationException($"flush {name}: {flush.StandardError.ReadToEnd()}");
        }
    }

    /// <summary>Ends it as a service manager does; a sentence says what was wrong with the end.</summary>
    public string? Stop()
    {
        if (_process.HasExited)
        {
            return null;
        }

        string signal = string.Create(CultureInfo.InvariantCulture, $"kill -TERM {_process.Id}");
        using Process kill = Process.Start("/bin/sh", ["-c", signal]);
        return !_process.WaitForExit(LongestStop) ? "the program did not stop"
            : _process.ExitCode != 0 ? $"the program stopped with status {_process.ExitCode}"
            : null;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _ = _process.WaitForExit(LongestStop);
        }

        _process.Dispose();
    }

    private static ProcessStartInfo MakeStart(
        ProgramSettings settings, ShiftedClock clock, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(settings.Program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in clock.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private void Note(string? line)
    {
        lock (_log)
        {
            _log.Append(line).Append('\n');
        }
    }

    private string? AwaitReadyLine() =>
        !_firstLine.Task.Wait(LongestStart) ? "the program printed nothing"
            : _firstLine.Task.Result is { } line && line.StartsWith("ready ", StringComparison.Ordinal) ? null
            : $"the program is not ready: {_firstLine.Task.Result ?? "it ended"}";

    private string? AwaitReply()
    {
        ScriptMessage query = new();
        query.Questions.Add(new ScriptQuestion(DomainName.Parse("version.bind."), RRType.Txt, RRClass.CH));
        byte[] octets = query.Write();
        long began = Stopwatch.GetTimestamp();
        while (LabClient.AskByUdp(octets, Pause) is null)
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > LongestStart)
            {
                return "Unbound does not reply";
            }

            Thread.Sleep(Pause);
        }

        return null;
    }
}
