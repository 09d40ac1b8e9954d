// One seed: an internet, a resolver, bad weather, clients; then good weather, in which every name must
// resolve; then quiet, in which nothing may be left over.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Testing.Tests;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>Plays one seed.</summary>
internal sealed class SimulationRun : IDisposable
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private readonly SeededRandom _random;
    private readonly FaultLogger _logs = new();
    private readonly InternetPlan _plan;
    private readonly FaultPlan _weather;
    private readonly VirtualNetwork _network;
    private readonly Knobs _knobs;
    private readonly ResolverOptions _options;
    private readonly RecursiveResolver _resolver;
    private readonly VirtualClientLoop[] _loops;
    private readonly ReplyChecks _checks;
    private readonly List<ClientQuestion> _open = [];
    private readonly TraceHash _hash = new();
    private int _queries;
    private int _failures;

    private SimulationRun(ulong seed)
    {
        _random = new SeededRandom(seed);
        _plan = InternetPlan.Draw(_random.Fork());
        SimulatedInternet internet = _plan.Build(new SigningPlan(_random.Fork(), _plan.Zones));
        _weather = new FaultPlan(_random.Fork(), internet.Servers);
        _network = new VirtualNetwork(internet, _weather.Packets);
        _knobs = new Knobs(_random.Fork(), _network, _logs);
        _options = _knobs.Options;
        _resolver = RecursiveResolver.Create(_options);
        StubQueryHandler handler = new(_resolver.Works, new OpenPolicy());
        _loops = [.. _resolver.Works.Network.Loops.Select(l => new VirtualClientLoop(l, handler.Handle))];
        _checks = new ReplyChecks(new Oracle(internet), _options, new FetchTimes(_network.Log));
    }

    private TimeSpan Deadline => TimeSpan.FromMilliseconds(_options.Limits.QueryDeadlineMilliseconds);

    /// <summary>Plays a seed to its end, or to the first broken promise.</summary>
    public static RunResult Play(ulong seed)
    {
        RunResult result = new(seed);
        SimulationRun? run = null;
        try
        {
            run = new SimulationRun(seed);
            run.PlayBadWeather();
            run.PlayGoodWeather();
            run.Close();
        }
        catch (Exception failure) when (failure is SimulationFailure or InvalidOperationException)
        {
            result = result with { Failure = failure.Message, Story = run?.Tell() ?? failure.ToString() };
        }
        finally
        {
            run?.Dispose();
        }

        return run is null ? result : result with
        {
            Hash = run._hash.Value ^ run._network.Log.Hash.Value,
            Queries = run._queries,
            Failures = run._failures,
            Exchanges = run._network.Log.Exchanges.Count,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = _resolver.DisposeAsync().AsTask();
        _network.Advance(TimeSpan.Zero);
        _logs.Dispose();
    }

    private void PlayBadWeather()
    {
        int rounds = 20 + _random.NextBelow(40);
        for (int round = 0; round < rounds; round++)
        {
            PlannedQuestion question = DrawQuestion();
            int copies = _random.Chance(0.15) ? 2 + _random.NextBelow(20) : 1;
            for (; copies > 0; copies--)
            {
                Send(question);
            }

            Pass(_random.Chance(0.1)
                ? TimeSpan.FromSeconds(_random.NextBelow(400))
                : TimeSpan.FromMilliseconds(_random.NextBelow(1500)));
            Disturb();
        }

        Settle();
    }

    private void Disturb()
    {
        if (_random.Chance(0.1))
        {
            _weather.Change(everything: false);
        }

        if (_random.Chance(0.05))
        {
            // Within the time for which the zones are signed.
            TimeSpan since1970 = TimeSpan.FromDays(11_000 + _random.NextBelow(19_000));
            _network.SetUtcNow(DateTimeOffset.UnixEpoch + since1970);
        }

        if (_random.Chance(0.05))
        {
            _resolver.Flush(DomainName.Parse(DrawQuestion().Name));
        }
    }

    // Everything works again; once the memory of failures has faded, every name that can be resolved
    // resolves.
    private void PlayGoodWeather()
    {
        FaultPlan.Heal(_network);
        Pass(TimeSpan.FromMilliseconds(_options.Limits.LameMilliseconds + _options.Limits.MaxFailureTtlMilliseconds));
        foreach (PlannedQuestion question in _plan.Questions)
        {
            int before = _network.Log.Exchanges.Count;
            ClientQuestion asked = Send(question);
            Pass(Deadline + Slack);
            int spent = _network.Log.Exchanges.Count - before;
            Require(spent <= 2 * _options.Limits.MaxExchanges, $"{asked}: {spent} exchanges for it and for priming");
            Reply reply = _checks.Judge(asked, _loops[0].Now);
            bool isWrong = _checks.IsRight(asked, reply) == false && !reply.Has(HeaderFlags.Truncated);
            if (isWrong && !_knobs.IsTight)
            {
                throw new SimulationFailure(
                    $"{asked}: {reply.Rcode} though every server works ({reply.ExtendedError})");
            }
        }

        Settle();
    }

    private void Close()
    {
        Pass(TimeSpan.FromMinutes(1));
        Require(_resolver.Works.Counts.InFlight == 0, $"{_resolver.Works.Counts.InFlight} walks in flight at the end");
        Require(_resolver.Works.Engines.All(static e => e.Table.Count == 0), "walks in a table at the end");
        Require(_network.Simulators.All(static s => s.UnderWay == 0), "exchanges under way at the end");
        long counted = _resolver.Works.Counts.Exchanges;
        Require(counted == _network.Log.Exchanges.Count, $"{counted} exchanges counted of {_network.Log.Exchanges.Count}");
    }

    private PlannedQuestion DrawQuestion()
    {
        // Some names are asked for much more often than others.
        int count = _plan.Questions.Count;
        int bound = 1 + _random.NextBelow(count);
        return _plan.Questions[(_random.NextBelow(bound) * 7) % count];
    }

    private ClientQuestion Send(PlannedQuestion question)
    {
        bool isDatagram = _random.Chance(0.7);
        Query query = new(Recase(question.Name), question.Type)
        {
            Id = (ushort)_random.NextBelow(65536),
            IsRecursive = true,
            PayloadSize = _random.NextBelow(3) switch { 0 => 0, 1 => 512, _ => 1232 },
            DnssecOk = _random.Chance(0.2),
        };
        query = query with { DnssecOk = query.DnssecOk && query.PayloadSize > 0 };
        ClientQuestion asked = new(
            question,
            query,
            isDatagram ? ClientTransport.Udp : ClientTransport.Tcp,
            _loops[_random.NextBelow(_loops.Length)]);
        asked.Send();
        _open.Add(asked);
        _queries++;
        return asked;
    }

    private string Recase(string name) => !_random.Chance(0.3) ? name : string.Concat(
        name.Select(c => _random.Chance(0.5) ? char.ToUpperInvariant(c) : c));

    private void Settle()
    {
        Pass(Deadline + Slack);
        Require(_open.Count == 0, "questions without reply");
    }

    // Lets time pass, then judges what is answered or should be.
    private void Pass(TimeSpan span)
    {
        _network.Advance(span);
        Require(_logs.Faults.Count == 0, _logs.Faults.FirstOrDefault() ?? "");
        long now = _loops[0].Now;
        for (int index = 0; index < _open.Count; index++)
        {
            ClientQuestion asked = _open[index];
            if (asked.Replies == 0 && now - asked.SentAt <= Deadline.Ticks)
            {
                continue;
            }

            Reply reply = _checks.Judge(asked, now);
            bool isFailure = reply.Rcode == Rcode.ServFail && !asked.Question.IsHopeless;
            Require(
                !isFailure || !_weather.IsMild || _knobs.IsTight,
                $"{asked}: failed though another server lives ({reply.ExtendedError})");
            _failures += isFailure ? 1 : 0;
            _hash.Add(asked.RepliedAt);
            _hash.Add(asked.Octets);
            _open.RemoveAt(index--);
        }
    }

    private string Tell() => $"{_knobs}, weather {_weather}{Environment.NewLine}"
        + string.Join(Environment.NewLine, _network.Log.Exchanges.TakeLast(60));

    private static void Require(bool condition, string failure)
    {
        if (!condition)
        {
            throw new SimulationFailure(failure);
        }
    }
}
