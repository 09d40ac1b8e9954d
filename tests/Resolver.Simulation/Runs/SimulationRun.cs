// One seed: an internet, a resolver, bad weather, clients; then good weather, in which every name must
// resolve; then quiet, in which nothing may be left over.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Testing.Tests;
using Resolver.Wire;
using static Resolver.Simulation.SimulationFailure;

namespace Resolver.Simulation;

/// <summary>Plays one seed.</summary>
internal sealed class SimulationRun : IDisposable
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private readonly SeededRandom _random;
    private readonly FaultLogger _logs = new();
    private readonly InternetPlan _plan;
    private readonly AdversaryPlan _adversaries;
    private readonly SigningPlan _signing;
    private readonly AnomalyPlan _anomalies;
    private readonly FaultPlan _weather;
    private readonly VirtualNetwork _network;
    private readonly Knobs _knobs;
    private readonly ResolverOptions _options;
    private readonly RecursiveResolver _resolver;
    private readonly VirtualClientLoop[] _loops;
    private readonly Crowd _crowd;
    private readonly ReplyChecks _checks;
    private readonly List<ClientQuestion> _open = [];
    private readonly TraceHash _hash = new();
    private int _queries;
    private int _failures;

    private SimulationRun(ulong seed, WorldKind kind)
    {
        _random = new SeededRandom(seed);
        _plan = InternetPlan.Draw(_random.Fork(), kind);
        _adversaries = new AdversaryPlan(_random.Fork(), _plan);
        _signing = new SigningPlan(_random.Fork(), _plan, kind == WorldKind.Signed);
        SimulatedInternet internet = _plan.Build(_signing);
        _adversaries.Enter(internet);
        _weather = new FaultPlan(_random.Fork(), internet.Servers, kind == WorldKind.Drizzle);
        Oracle oracle = new(internet, _signing);
        _adversaries.EnterPath(
            internet, _plan, _signing,
            new PathPlace(_weather.IsMild ? _weather.Spoilt : null, oracle.IsProvable));
        _anomalies = new AnomalyPlan(_random.Fork());
        _network = new VirtualNetwork(internet, _weather.Packets)
        {
            Disguise = _anomalies.Seam == Seam.None ? null : l => new StruckLoop(l, _anomalies),
        };
        _knobs = new Knobs(_random.Fork(), _network, _logs);
        _options = _knobs.Options;
        _resolver = RecursiveResolver.Create(_options);
        _resolver.Works.Caches.OnPublish = () => _anomalies.Pass(Seam.Store);
        StubQueryHandler handler = new(_resolver.Works, new OpenPolicy());
        _loops = [.. _resolver.Works.Network.Loops.Select(l => new VirtualClientLoop(l, handler.Handle))];
        _crowd = new Crowd(_random.Fork(), _plan, _adversaries, _loops);
        FetchTimes fetches = new(_network.Log, _adversaries.IsEvil);
        _checks = new ReplyChecks(oracle, _options, fetches) { IsPathOpen = _adversaries.Path is not null };
    }

    private TimeSpan Deadline => TimeSpan.FromMilliseconds(_options.Limits.QueryDeadlineMilliseconds);

    // Nothing stands in the way of what is asked: at most one server is faulty, or altered on the way.
    private bool MustResolve(ClientQuestion asked) => _weather.IsMild
        && (!_checks.IsPathOpen || (_adversaries.IsBeside && _checks.IsProvable(asked)));

    /// <summary>Plays a seed to its end, or to the first broken promise.</summary>
    public static RunResult Play(ulong seed, WorldKind kind)
    {
        RunResult result = new(seed);
        SimulationRun? run = null;
        try
        {
            run = new SimulationRun(seed, kind);
            run.PlayBadWeather();
            run.Heal();
            run.AskAdversaries();
            run.PlayGoodWeather();
            run.CallGhost();
            run.Close();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            string where = failure is SimulationFailure ? "" : $"\n{failure}";
            result = result with { Failure = failure.Message, Story = run?.Tell() + where };
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
            Proven = run._checks.Proven,
            Traits = [.. run._signing.Traits, .. run._adversaries.Traits],
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
            PlannedQuestion question = _crowd.DrawQuestion();
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

        if (_adversaries.Ghost is { WithdrawnAt: null } && _random.Chance(0.1))
        {
            WithdrawGhost();
        }

        if (_random.Chance(0.05))
        {
            // Within the time for which the zones are signed.
            TimeSpan since1970 = TimeSpan.FromDays(11_000 + _random.NextBelow(19_000));
            _network.SetUtcNow(DateTimeOffset.UnixEpoch + since1970);
        }

        if (_random.Chance(0.05))
        {
            _resolver.Flush(DomainName.Parse(_crowd.DrawQuestion().Name));
        }
    }

    // Everything works again, and the memory of failures fades; where someone on the path could lie, so does
    // all that was learned.
    private void Heal()
    {
        FaultPlan.Heal(_network);
        _anomalies.Heal();
        ResolverLimits limits = _options.Limits;
        Pass(TimeSpan.FromMilliseconds(limits.LameMilliseconds + limits.MaxFailureTtlMilliseconds));
        if (_adversaries.Path is { } path)
        {
            path.IsGone = true;
            Pass(_options.MaxTtl + _options.StaleMaxAge);
            _checks.IsPathOpen = false;
        }
    }

    // One at a time, so that the network counts what each costs; twice, so that failures are remembered.
    private void AskAdversaries()
    {
        foreach (PlannedQuestion question in _adversaries.Questions.Concat(_adversaries.Questions))
        {
            int before = _network.Log.Exchanges.Count;
            ClientQuestion asked = Send(question);
            Pass(Deadline + Slack);
            int spent = _network.Log.Exchanges.Skip(before).Count(static e => !e.Name.IsRoot);
            Require(spent <= _options.Limits.MaxExchanges, $"{asked}: {spent} exchanges");
        }
    }

    // Whatever can be resolved resolves.
    private void PlayGoodWeather()
    {
        foreach (PlannedQuestion question in _plan.Questions)
        {
            int before = _network.Log.Exchanges.Count;
            ClientQuestion asked = Send(question, wantsProof: _signing.IsSigned);
            Pass(Deadline + Slack);
            int spent = _network.Log.Exchanges.Count - before;
            Require(spent <= 2 * _options.Limits.MaxExchanges, $"{asked}: {spent} exchanges, with priming");
            Reply reply = _checks.Judge(asked, _loops[0].Now);
            bool isWrong = _checks.IsRight(asked, reply) == false && !reply.Has(HeaderFlags.Truncated);
            string failure = $"{asked}: {reply.Rcode} though every server works ({reply.ExtendedError})";
            Require(!isWrong || _knobs.IsTight, failure);
        }

        Settle();
    }

    private void WithdrawGhost() => _adversaries.Ghost!.Withdraw(
        _network.Internet, _plan.Build(_signing, _adversaries.GhostZone!.Name), _loops[0].Now);

    // A withdrawn zone is not there any more, however often it has been asked for.
    private void CallGhost()
    {
        if (_adversaries.Ghost is not { } ghost)
        {
            return;
        }

        if (ghost.WithdrawnAt is null)
        {
            WithdrawGhost();
        }

        foreach (TimeSpan wait in (TimeSpan[])[TimeSpan.FromHours(1), _options.MaxTtl, _options.MaxTtl])
        {
            Pass(wait);
            _ = Send(ghost.NextQuestion());
            Pass(Deadline + Slack);
        }

        Pass(_options.MaxTtl + _options.StaleMaxAge);
        ClientQuestion asked = Send(ghost.NextQuestion());
        Settle();
        Rcode rcode = Reply.Read(asked.Octets).Rcode;
        Require(rcode == Rcode.NXDomain || _knobs.IsTight, $"{asked}: {rcode}, though withdrawn long ago");
        ExchangeRecord? revenant = ghost.FindRevenant(_network.Log, _options);
        Require(revenant is null, $"a withdrawn zone was asked: {revenant}");
    }

    private void Close()
    {
        Pass(TimeSpan.FromMinutes(1));
        long inFlight = _resolver.Works.Counts.InFlight;
        Require(inFlight == 0, $"{inFlight} walks in flight at the end");
        Require(_resolver.Works.Waiting == 0, $"{_resolver.Works.Waiting} queries wait at the end");
        Require(_resolver.Works.Engines.All(static e => e.Table.Count == 0), "walks in a table at the end");
        Require(_network.Simulators.All(static s => s.UnderWay == 0), "exchanges under way at the end");
        long lost = _resolver.Works.Counts.Exchanges - _network.Log.Exchanges.Count;
        Require(lost >= 0 && lost <= _anomalies.Strikes, $"{lost} exchanges counted and not made");
    }

    private ClientQuestion Send(PlannedQuestion question, bool wantsProof = false)
    {
        ClientQuestion asked = _crowd.Put(question, wantsProof);
        asked.Send();
        _open.Add(asked);
        _queries++;
        return asked;
    }

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
            bool isFailure = reply.Rcode == Rcode.ServFail && !asked.Question.IsHopeless
                && !_checks.IsDoomed(asked);
            Require(
                !isFailure || !MustResolve(asked) || _knobs.IsTight || _anomalies.HasStruck(reply),
                $"{asked}: failed though another server lives ({reply.ExtendedError})");
            _failures += isFailure ? 1 : 0;
            _hash.Add(asked.RepliedAt);
            _hash.Add(asked.Octets);
            _open.RemoveAt(index--);
        }
    }

    private string Tell() => $"{_knobs}, {_signing}, weather {_weather}, adversaries {_adversaries}, "
        + $"{_anomalies} ({_anomalies.Strikes} times){Environment.NewLine}"
        + string.Join(Environment.NewLine, _network.Log.Exchanges.TakeLast(60));
}
