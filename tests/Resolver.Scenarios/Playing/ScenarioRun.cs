// One playing of a scenario: the resolver, the servers, the clock and the last reply. Steps of the script are
// the only thing that moves time, save that a query is waited for.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Engine;

namespace Resolver.Scenarios;

/// <summary>A resolver inside a scenario.</summary>
internal sealed class ScenarioRun : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly bool _checksSent;
    private readonly ScriptedServers _servers;
    private readonly ScenarioNetwork _network;
    private readonly RecursiveResolver _resolver;
    private readonly StubQueryHandler _handler;
    private readonly List<string> _faults = [];
    private ScriptMessage? _reply;
    private Trace? _trace;
    private int _logAtQuery;

    public ScenarioRun(Scenario scenario, ScenarioNetwork network, ResolverOptions options)
    {
        _checksSent = !scenario.PassesOverSentQueries;
        _network = network;
        _servers = network.Servers;
        _servers.Step = scenario.Steps.Count > 0 ? scenario.Steps[0].Id : 0;
        _network.Scheduler.OnFault += (_, fault) => _faults.Add(fault.ToString());
        if (scenario.Config.Now is { } now)
        {
            _network.Scheduler.WallClockAtBeginning = now;
        }

        _resolver = RecursiveResolver.Build(options);
        _handler = new StubQueryHandler(_resolver.Works, new OpenPolicy());
        _resolver.Start();
        _network.Scheduler.Advance(TimeSpan.FromMilliseconds(100));
    }

    private LoopEngine Engine => _resolver.Works.Engines[0];

    /// <summary>Plays a step; a sentence says what is not as the script has it.</summary>
    public string? Play(ScenarioStep step, bool traced)
    {
        _servers.Step = step.Id;
        switch (step.Kind)
        {
            case StepKind.Query:
                _logAtQuery = _servers.Log.Count;
                return traced ? AskTraced(step.Entry!) : Ask(step.Entry!);
            case StepKind.CheckAnswer:
                return _faults.Count > 0 ? _faults[0]
                    : _reply is null ? "there is no answer"
                    : EntryMatcher.Compare(step.Entry!, _reply);
            case StepKind.CheckOutQuery:
                return _checksSent ? CheckSent(step.Entry) : null;
            case StepKind.TimePasses:
                _network.Scheduler.Advance(step.Elapse);
                return null;
            case StepKind.Flush:
                _resolver.Works.Caches.Flush(step.Name);
                return null;
            case StepKind.RoundTrip:
                TeachRoundTrip(step);
                return null;
            case StepKind.Reply or StepKind.Timeout or StepKind.Error or StepKind.Nothing:
                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(step));
        }
    }

    /// <summary>Expected, got, the queries since the last QUERY step, and its trace.</summary>
    public IReadOnlyList<string> Describe(ScenarioStep? failed)
    {
        List<string> lines = [];
        if (failed?.Entry is { } entry)
        {
            lines.Add($"expected ({string.Join(' ', entry.Matches)}), line {entry.Line}: {entry.Message}");
        }

        lines.Add($"got: {(object?)_reply ?? "nothing"}");
        lines.AddRange(_servers.Log.Select(static q => q.Describe()));
        lines.AddRange((_trace?.Events ?? []).Select(TraceText.Format));
        return lines;
    }

    public void Dispose()
    {
        ValueTask ended = _resolver.DisposeAsync();
        _ = _network.Scheduler.RunUntil(() => ended.IsCompleted, TimeSpan.Zero);
    }

    private string? Ask(ScenarioEntry entry)
    {
        byte[] query = entry.Raw ?? entry.Message.Write();
        Task<ReadOnlyMemory<byte>> reply =
            new InProcessTicket().AnswerAsync(Engine.Parts.Loop, _handler, query);
        if (!_network.Scheduler.RunUntil(() => reply.IsCompleted, LongestWait))
        {
            return "the query was not replied to, whatever time passed";
        }

        // A raw query stands for noise: only that it does no harm is looked at.
        // The task has completed: nothing is waited for.
        ReadOnlyMemory<byte> octets = reply.GetAwaiter().GetResult();
        _reply = octets.IsEmpty || entry.Raw is not null ? null : ScriptMessage.Read(octets.Span);
        _network.Scheduler.Advance(TimeSpan.Zero);
        return null;
    }

    private void TeachRoundTrip(ScenarioStep step)
    {
        InetEndpoint server = new(InetAddress.From(step.Address!), Engine.Options.UpstreamPort);
        long now = _network.Scheduler.Now;
        Engine.Parts.Histories.Change(
            server,
            now,
            static (ref ServerHistory h, (TimeSpan Span, long Now) t) => h.AddRoundTrip(t.Span, t.Now),
            (step.Elapse, now));
    }

    // The engine is asked first, with a trace; then the reply is written as for any client.
    private string? AskTraced(ScenarioEntry entry)
    {
        if (entry.Message.Question is { } asked && entry.Raw is null)
        {
            _trace = new Trace(Engine.Parts.Loop.Time, Engine.Options.Limits.MaxTraceEvents);
            Asker asker = new(Engine.MakeBudget(), _trace, 0, null);
            Task<ResolutionOutcome>? work = null;
            Question question = new(asked.Name, asked.Type, default);
            Engine.Parts.Loop.Post(_ => work = Engine.ResolveAsync(question, asker).AsTask(), null);
            _ = _network.Scheduler.RunUntil(() => work is { IsCompleted: true }, LongestWait);
        }

        return Ask(entry);
    }

    private string? CheckSent(ScenarioEntry? entry)
    {
        List<SentQuery> sent = _servers.Log[_logAtQuery..];
        bool found = entry is null
            || sent.Exists(q => EntryMatcher.Compare(entry, q.Query, q.Transport) is null);
        return sent.Count == 0 ? "no query was sent"
            : found ? null
            : $"no query was sent for {entry!.Message.Question}";
    }
}
