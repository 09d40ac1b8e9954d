// What the choice of victims is worth: the share of questions that the store of RRsets answers, beside a
// list in order of last use (LRU) with room for as many entries, and beside a store that knew the
// popularity of all names. Names are drawn by Zipf's law; scans are runs of names that are asked for once.
using System;
using System.Collections.Generic;
using System.Globalization;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver.Benchmarks;

internal sealed class HitRates : IDisposable
{
    private const int Names = 200_000;
    private const int Questions = 1_000_000;
    private const int ScanLength = 20_000;
    private const int Seed = 1;

    private readonly RRsetBuilder _builder = new();
    private readonly ResolverCaches _caches;
    private readonly int _scanPercent;

    private HitRates(long size, int scanPercent)
    {
        CacheOptions options = new() { Size = size };
        _caches = new ResolverCaches(options, ResolverLimits.Default, new CryptographicRandomSource());
        _scanPercent = scanPercent;
    }

    public static void Report()
    {
        Console.WriteLine(
            "| cache | entries | scans, % of questions | the store | LRU | all popularity known |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (int mebibytes in (int[])[2, 8, 32])
        {
            foreach (int scanPercent in (int[])[0, 20, 50])
            {
                using HitRates run = new((long)mebibytes << 20, scanPercent);
                double store = run.AskStore();
                int entries = (int)run._caches.Entries;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {mebibytes} MiB | {entries} | {scanPercent} | {store:P1} | "
                    + $"{run.AskList(entries):P1} | {Best(entries):P1} |"));
            }
        }
    }

    public void Dispose() => _caches.Dispose();

    // Of the popular questions, the first half of the trace being there to fill the store.
    private double AskStore()
    {
        int asked = 0;
        int hits = 0;
        int position = 0;
        foreach (int name in Trace())
        {
            byte[] owner = OwnerOf(name);
            bool isHit = _caches.RRsets.TryGet(owner, RRType.A, 0, out _);
            if (!isHit)
            {
                _builder.Begin(owner, RRType.A, RRClass.IN);
                _builder.Add([192, 0, 2, 1], 3600);
                _ = _caches.RRsets.Store(_builder.Build(), DataRank.AnswerAuth, SecurityStatus.Unchecked, 0);
            }

            Count(name, isHit, position++, ref asked, ref hits);
        }

        return (double)hits / asked;
    }

    private double AskList(int room)
    {
        LinkedList<int> order = new();
        Dictionary<int, LinkedListNode<int>> held = [];
        int asked = 0;
        int hits = 0;
        int position = 0;
        foreach (int name in Trace())
        {
            bool isHit = held.TryGetValue(name, out LinkedListNode<int>? node);
            if (isHit)
            {
                order.Remove(node!);
                order.AddFirst(node!);
            }
            else
            {
                held[name] = order.AddFirst(name);
                if (held.Count > room)
                {
                    _ = held.Remove(order.Last!.Value);
                    order.RemoveLast();
                }
            }

            Count(name, isHit, position++, ref asked, ref hits);
        }

        return (double)hits / asked;
    }

    // The most popular are held from the beginning.
    private static double Best(int room) => Math.Min(1, Math.Log(room + 1) / Math.Log(Names + 1));

    private static void Count(int name, bool isHit, int position, ref int asked, ref int hits)
    {
        if (name < Names && position >= Questions / 2)
        {
            asked++;
            hits += isHit ? 1 : 0;
        }
    }

    // Ranks from 0, and numbers from Names on for names of a scan.
    private IEnumerable<int> Trace()
    {
        Random random = new(Seed);
        int fresh = Names;
        for (int i = 0; i < Questions;)
        {
            int popular = _scanPercent == 0 ? Questions : ScanLength * (100 - _scanPercent) / _scanPercent;
            for (int j = 0; j < popular && i < Questions; j++, i++)
            {
                yield return (int)Math.Exp(random.NextDouble() * Math.Log(Names + 1)) - 1;
            }

            for (int j = 0; j < ScanLength && i < Questions; j++, i++)
            {
                yield return fresh++;
            }
        }
    }

    private static byte[] OwnerOf(int name) =>
        DomainName.Parse(string.Create(CultureInfo.InvariantCulture, $"n{name}.example.com")).Wire.ToArray();
}
