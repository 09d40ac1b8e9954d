// What the cache of RRsets promises, written down plainly: one map, no tiers, no eviction.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;
using static Resolver.Engine.Tests.CacheSamples;

namespace Resolver.Engine.Tests;

/// <summary>A set as the model knows it.</summary>
internal sealed record ModelSet(byte[] Data, DataRank Rank, SecurityStatus Security, uint Ttl, long StoredAt)
{
    public long ExpiresAt { get; init; } = StoredAt + (Ttl * Second);

    /// <summary>True once other data took its place, or it was removed.</summary>
    public bool IsDisplaced { get; set; }

    public bool SaysTheSameAs(ModelSet other) =>
        Security == other.Security && Data.AsSpan().SequenceEqual(other.Data);

    /// <summary>True when the two cannot be told apart by anyone.</summary>
    public bool IsTwinOf(ModelSet other) => SaysTheSameAs(other)
        && (Rank, Ttl, StoredAt, ExpiresAt) == (other.Rank, other.Ttl, other.StoredAt, other.ExpiresAt);

    public bool IsShownBy(CachedRRset set) =>
        set.Set.First.SequenceEqual(Data)
        && (set.Rank, set.Security, set.Ttl) == (Rank, Security, Ttl)
        && (set.StoredAt, set.ExpiresAt) == (StoredAt, ExpiresAt);
}

/// <summary>The map.</summary>
internal sealed class TierModel
{
    private readonly Dictionary<string, ModelSet> _sets = [];
    private readonly Dictionary<string, int> _changes = [];

    public int Count => _sets.Count;

    /// <summary>
    /// How often data of a name was displaced before its time was over: then answers made of the same data
    /// end, whichever set they had it from.
    /// </summary>
    public int ChangesOf(string name) => _changes.GetValueOrDefault(name);

    public ModelSet? Held(string name) => _sets.GetValueOrDefault(name);

    /// <summary>Puts a set in; returns what prevails.</summary>
    public ModelSet Put(string name, ModelSet candidate, ModelSet? judged, long now)
    {
        if (Held(name) is { } held)
        {
            bool yields = now >= held.ExpiresAt || (judged is not null && held.IsTwinOf(judged))
                || DataPrecedence.Prevails(candidate.Security, candidate.Rank, held.Security, held.Rank);
            if (!yields)
            {
                return held;
            }

            if (!held.SaysTheSameAs(candidate))
            {
                Displace(name, held, now);
            }
        }

        _sets[name] = candidate;
        return candidate;
    }

    /// <summary>Somebody says that the set does not exist.</summary>
    public void Contradict(string name, SecurityStatus security, long now)
    {
        if (Held(name) is { } held
            && (DataPrecedence.MayContradict(security, held.Security)
                || (now >= held.ExpiresAt && security != SecurityStatus.Bogus)))
        {
            Displace(name, held, now);
            _sets.Remove(name);
        }
    }

    public void Flush(string ancestor, long now)
    {
        foreach (string name in _sets.Keys.Where(name => ("." + name).EndsWith("." + ancestor)).ToList())
        {
            Displace(name, _sets[name], now);
            _sets.Remove(name);
        }
    }

    private void Displace(string name, ModelSet held, long now)
    {
        held.IsDisplaced = true;
        _changes[name] = ChangesOf(name) + (now < held.ExpiresAt ? 1 : 0);
    }
}
