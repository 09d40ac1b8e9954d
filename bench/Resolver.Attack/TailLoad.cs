// How long the slowest hits take while misses are being resolved: popular names at one rate beside names
// never asked before at another. One thread that never sleeps: what is due is sent, then what came is taken.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Threading;

namespace Resolver.Attack;

internal sealed class TailLoad(IPEndPoint server, TailPlan plan) : IDisposable
{
    private readonly TimedClient _hits = new(server, plan.HitRate * plan.Seconds);
    private readonly TimedClient _misses = new(server, plan.MissRate * plan.Seconds);
    private readonly Random _random = new(plan.Seed);
    private string[] _names = [];
    private string[] _fresh = [];
    private long _missNumber;

    public void Run()
    {
        // Names are made before, so that no collection of this client falls into the measurement.
        _names = [.. Enumerable.Range(0, plan.HitRate * plan.Seconds).Select(_ => plan.PopularName(_random))];
        _fresh =
        [
            .. Enumerable.Range(0, plan.MissRate * (plan.Seconds + 1))
                .Select(i => plan.FreshName(_random, i)),
        ];
        MakeKnown();
        Load(1, count: false);
        Load(plan.Seconds, count: true);
        long end = TimedClient.Now + TimeSpan.TicksPerSecond;
        while (TimedClient.Now < end)
        {
            TakeReplies();
        }
    }

    /// <summary>
    /// Hits sent, answered, p50, p99, p99.9, greatest in ms; misses sent, answered, p50, p99 in ms.
    /// </summary>
    public string Report()
    {
        List<long> hits = [.. _hits.Times.Order()];
        List<long> misses = [.. _misses.Times.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{_hits.Sent} {hits.Count} {At(hits, 0.5):f3} "
            + $"{At(hits, 0.99):f3} {At(hits, 0.999):f3} {At(hits, 1):f3} "
            + $"{_misses.Sent} {misses.Count} {At(misses, 0.5):f3} {At(misses, 0.99):f3}");
    }

    public void Dispose()
    {
        _hits.Dispose();
        _misses.Dispose();
    }

    private static double At(List<long> times, double part) => times.Count == 0
        ? double.NaN
        : times[(int)(part * (times.Count - 1))] / (double)TimeSpan.TicksPerMillisecond;

    // Twice, for the first answer to each name is a miss.
    private void MakeKnown()
    {
        for (int i = 0; i < 2 * TailPlan.PopularNames; i++)
        {
            _hits.Ask(plan.NameOf(i % TailPlan.PopularNames));
            if (i % 4 == 3)
            {
                Thread.Sleep(1);
                TakeReplies();
            }
        }

        Thread.Sleep(1000);
        TakeReplies();
    }

    private void Load(int seconds, bool count)
    {
        if (count)
        {
            _hits.StartCounting();
            _misses.StartCounting();
        }

        long hits = 0;
        long misses = 0;
        long begun = TimedClient.Now;
        while (true)
        {
            long elapsed = TimedClient.Now - begun;
            if (elapsed >= seconds * TimeSpan.TicksPerSecond)
            {
                return;
            }

            if (hits < elapsed * plan.HitRate / TimeSpan.TicksPerSecond)
            {
                _hits.Ask(_names[hits++ % _names.Length]);
            }

            if (misses < elapsed * plan.MissRate / TimeSpan.TicksPerSecond)
            {
                misses++;
                _misses.Ask(_fresh[_missNumber++]);
            }

            TakeReplies();
        }
    }

    private void TakeReplies()
    {
        _ = _hits.TakeReplies();
        _ = _misses.TakeReplies();
    }
}
