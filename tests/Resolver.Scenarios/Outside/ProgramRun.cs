// One playing of a scenario against the program: real sockets, real waits, clocks shifted from outside. The
// steps are those of ScenarioRun.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;

namespace Resolver.Scenarios;

/// <summary>The program inside a scenario.</summary>
internal sealed class ProgramRun : IDisposable
{
    // What the program sends on its own account may come after the reply.
    private static readonly TimeSpan LongestEcho = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan PatienceWithNoise = TimeSpan.FromMilliseconds(5);

    private readonly Scenario _scenario;
    private readonly ShiftedClock _clock;
    private readonly LabServers _servers;
    private readonly ServedProgram _program;
    private LabReply? _got;
    private ScriptMessage? _reply;
    private int _logAtQuery;

    public ProgramRun(Scenario scenario, ProgramSettings settings)
    {
        _scenario = scenario;
        TimeSpan? shift = scenario.Config.Now - TimeProvider.System.GetUtcNow();
        _clock = new ShiftedClock(settings, shift ?? TimeSpan.Zero);
        _servers = new LabServers(scenario) { Step = scenario.Steps.Count > 0 ? scenario.Steps[0].Id : 0 };
        try
        {
            _program = ServedProgram.Start(scenario.Config, settings, _clock);
        }
        catch (InvalidOperationException)
        {
            _servers.Dispose();
            _clock.Dispose();
            throw;
        }
    }

    /// <summary>The longest time that a reply took.</summary>
    public TimeSpan LongestWait { get; private set; }

    /// <summary>Replies that were too long for UDP.</summary>
    public int RepliesByTcp { get; private set; }

    /// <summary>Plays a step; a sentence says what is not as the script has it.</summary>
    public string? Play(ScenarioStep step)
    {
        _servers.Step = step.Id;
        switch (step.Kind)
        {
            case StepKind.Query:
                Ask(step);
                return _program.Fault;
            case StepKind.CheckAnswer:
                return _reply is null ? "there is no answer" : EntryMatcher.Compare(step.Entry!, _reply);
            case StepKind.CheckOutQuery:
                return _scenario.PassesOverSentQueries ? null : CheckSent(step.Entry);
            case StepKind.TimePasses:
                _clock.Advance(step.Elapse);
                return null;
            case StepKind.Flush:
                _program.Flush(step.Name, _clock);
                return null;
            case StepKind.Reply or StepKind.Timeout or StepKind.Error or StepKind.Nothing:
                return null;
            case StepKind.RoundTrip:
            default:
                throw new ArgumentOutOfRangeException(nameof(step));
        }
    }

    /// <summary>What is wrong when all steps are played.</summary>
    public string? End()
    {
        _ = Wait(() => _servers.FindUnused() is null);
        return _servers.FindUnused() is { } unused ? $"no query met the entry of line {unused.Line}"
            : _servers.Faults.Count > 0 ? _servers.Faults[0]
            : _program.Fault ?? _program.Stop();
    }

    /// <summary>Expected, got, the queries that the servers saw, and what the program logged.</summary>
    public IReadOnlyList<string> Describe(ScenarioStep? failed)
    {
        List<string> lines = [];
        if (failed?.Entry is { } entry)
        {
            lines.Add($"expected ({string.Join(' ', entry.Matches)}), line {entry.Line}: {entry.Message}");
        }

        lines.Add($"got after {_got?.Elapsed.TotalSeconds:F1} s: {(object?)_reply ?? "nothing"}");
        lines.AddRange(_servers.Log.Select(static q => q.Describe()));
        lines.AddRange(_servers.Faults);
        lines.AddRange(_program.Log);
        return lines;
    }

    public void Dispose()
    {
        _program.Dispose();
        _servers.Dispose();
        _clock.Dispose();
    }

    // A raw query stands for noise: only that it does no harm is looked at.
    private void Ask(ScenarioStep step)
    {
        ScenarioEntry entry = step.Entry!;
        _logAtQuery = _servers.Log.Count;
        if (entry.Raw is { } raw)
        {
            _ = LabClient.AskByUdp(raw, PatienceWithNoise);
            _reply = null;
            return;
        }

        ScenarioStep? check = _scenario.Steps
            .Find(s => s.Kind == StepKind.CheckAnswer && s.Id > step.Id);
        entry.Message.Id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue);
        _got = LabClient.Ask(new LabQuery(
            entry.Message.Write(),
            entry.Matches.Contains(MatchField.Tcp),
            check?.Entry?.Message.Flags.HasFlag(Wire.HeaderFlags.Truncated) ?? false));
        LongestWait = TimeSpan.FromTicks(Math.Max(LongestWait.Ticks, _got.Elapsed.Ticks));
        RepliesByTcp += _got.ByTcp ? 1 : 0;
        _reply = _got.Octets is { } octets ? ScriptMessage.Read(octets) : null;
        _reply = _reply?.Id == entry.Message.Id ? _reply : null;
    }

    private string? CheckSent(ScenarioEntry? entry)
    {
        bool found = Wait(() => _servers.Log.Skip(_logAtQuery).Any(
            q => entry is null || EntryMatcher.Compare(entry, q.Query, q.Transport) is null));
        return found ? null
            : entry is null ? "no query was sent"
            : $"no query was sent for {entry.Message.Question}";
    }

    private static bool Wait(Func<bool> happened)
    {
        long began = Stopwatch.GetTimestamp();
        while (!happened())
        {
            if (Stopwatch.GetElapsedTime(began) > LongestEcho)
            {
                return false;
            }

            Thread.Sleep(Pause);
        }

        return true;
    }
}
