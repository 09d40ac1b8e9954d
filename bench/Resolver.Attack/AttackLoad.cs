// The load: a quiet second in which the popular names become known, then good and bad clients at their rates,
// then a moment for late answers. One thread; every millisecond what is due is sent, and what came is read.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace Resolver.Attack;

internal sealed class AttackLoad : IDisposable
{
    private readonly AttackPlan _plan;
    private readonly Random _random;
    private readonly Client[] _good;
    private readonly Client[] _bad;
    private readonly Client[] _clients;
    private long _goodNumber;
    private long _badNumber;

    public AttackLoad(AttackPlan plan)
    {
        _plan = plan;
        _random = new Random(plan.Seed);
        _good = Make(isGood: true, AttackPlan.GoodClients);
        _bad = Make(isGood: false, AttackPlan.BadClients);
        _clients = [.. _good, .. _bad];
    }

    public void Run()
    {
        for (int rank = 0; rank < AttackPlan.PopularNames; rank++)
        {
            _good[rank % _good.Length].Ask(_plan.PopularName(rank));
            Wait(1);
        }

        Wait(1000);
        foreach (Client client in _clients)
        {
            client.StartCounting();
        }

        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < _plan.Seconds)
        {
            Send(clock.Elapsed.TotalSeconds);
            Wait(1);
        }

        Wait(1000);
    }

    /// <summary>
    /// Of the good sent, in time, answered, refused, p50, p99, p99.9 in ms; of the bad sent, answered,
    /// refused.
    /// </summary>
    public string Report()
    {
        List<long> times = [.. _good.SelectMany(static c => c.Times).Order()];
        long patience = (long)(AttackPlan.Patience.TotalSeconds * Stopwatch.Frequency);
        return string.Create(CultureInfo.InvariantCulture, $"{_good.Sum(static c => c.Sent)} "
            + $"{times.Count(t => t <= patience)} {times.Count} {_good.Sum(static c => c.Refused)} "
            + $"{At(times, 0.5):f2} {At(times, 0.99):f2} {At(times, 0.999):f2} "
            + $"{_bad.Sum(static c => c.Sent)} {_bad.Sum(static c => c.Answered)} "
            + $"{_bad.Sum(static c => c.Refused)}");
    }

    public void Dispose()
    {
        foreach (Client client in _clients)
        {
            client.Dispose();
        }
    }

    private static double At(List<long> times, double part) => times.Count == 0
        ? double.NaN
        : times[(int)(part * (times.Count - 1))] * 1000.0 / Stopwatch.Frequency;

    private Client[] Make(bool isGood, int count) =>
    [
        .. Enumerable.Range(0, count)
            .Select(i => new Client(AttackPlan.AddressOf(isGood, i), _plan.Server)),
    ];

    private void Send(double elapsed)
    {
        for (long due = (long)(elapsed * AttackPlan.BadRate); _badNumber < due; _badNumber++)
        {
            _bad[_badNumber % _bad.Length].Ask(_plan.BadName(_random, _badNumber));
        }

        for (long due = (long)(elapsed * AttackPlan.GoodRate); _goodNumber < due; _goodNumber++)
        {
            _good[_goodNumber % _good.Length].Ask(_plan.GoodName(_random, _goodNumber));
        }
    }

    /// <summary>Reads what comes, so that an answer's time is its own.</summary>
    private void Wait(int milliseconds)
    {
        for (int i = 0; i < milliseconds; i++)
        {
            Thread.Sleep(1);
            foreach (Client client in _clients)
            {
                client.TakeReplies();
            }
        }
    }
}
