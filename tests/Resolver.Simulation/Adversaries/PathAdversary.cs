// Someone on the way between the resolver and the servers of a signed internet, who alters, drops, replays
// and mixes whatever he likes, but cannot sign (RFC 4033 §3). He has read all zones, and has kept their
// signatures of long ago. Nothing he does may make a reply false that the zones prove.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Testing;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>Alters honest replies.</summary>
internal sealed class PathAdversary
{
    private const int MostRemembered = 64;

    private readonly double _zeal;
    private readonly PathTrick[] _tricks;
    private readonly List<Draft> _seen = [];
    private readonly Lazy<AuthoritativeResponder> _expired;

    /// <summary>
    /// Draws how often he acts and which tricks he knows; the zones as they are, and with signatures that
    /// have expired over data that was never true. Where <paramref name="mayAlter"/> is given he leaves
    /// alone what is said of other names, and whom referrals name.
    /// </summary>
    public PathAdversary(
        SeededRandom random,
        IReadOnlyList<AuthoritativeZone> zones,
        Func<IReadOnlyList<AuthoritativeZone>> expired,
        Func<DomainName, bool>? mayAlter = null)
    {
        Random = random;
        Zones = zones;
        _expired = new Lazy<AuthoritativeResponder>(() => new AuthoritativeResponder(expired()));
        _zeal = 0.05 + (random.NextBelow(60) / 100.0);
        MayAlter = mayAlter ?? (static _ => true);
        PathTrick[] all = [.. PathTrick.All.Where(t => mayAlter is null || t.SparesReferrals)];
        _tricks = random.Chance(0.4)
            ? [.. all]
            : [.. Enumerable.Range(0, 1 + random.NextBelow(4))
                .Select(_ => all[random.NextBelow(all.Length)])];
    }

    /// <summary>His draws.</summary>
    public SeededRandom Random { get; }

    /// <summary>All zones.</summary>
    public IReadOnlyList<AuthoritativeZone> Zones { get; }

    /// <summary>True for names of which he alters what is said.</summary>
    public Func<DomainName, bool> MayAlter { get; }

    /// <summary>The names of the tricks that he has played.</summary>
    public HashSet<string> Played { get; } = [];

    /// <summary>True once he is gone.</summary>
    public bool IsGone { get; set; }

    /// <summary>The packets for a query.</summary>
    public IReadOnlyList<ScriptedPacket> Answer(ServerTurn turn)
    {
        if (turn.Honest.Length == 0)
        {
            return [];
        }

        if (IsGone || !Random.Chance(_zeal) || Draft.Of(turn) is not { } draft || !MayAlter(draft.Name))
        {
            Remember(turn);
            return [new ScriptedPacket(TimeSpan.Zero, turn.Honest)];
        }

        for (int count = 1 + Random.NextBelow(3); count > 0; count--)
        {
            PathTrick trick = _tricks[Random.NextBelow(_tricks.Length)];
            trick.Alter(this, draft);
            _ = Played.Add(trick.Name);
        }

        return [new ScriptedPacket(TimeSpan.Zero, draft.Write())];
    }

    /// <summary>A reply of before, to the same name if there is one; null when there is none.</summary>
    public Draft? Recall(Draft draft) => _seen.Count == 0 ? null
        : _seen.Find(s => s.Name == draft.Name && s.Type != draft.Type && Random.Chance(0.7))
            ?? _seen[Random.NextBelow(_seen.Count)];

    /// <summary>What servers said when the signatures were good that have expired since.</summary>
    public Draft RecallExpired(Draft draft)
    {
        byte[] reply = new byte[ushort.MaxValue];
        byte[] query = draft.Query;
        int length = _expired.Value.Respond(query, isStream: true, reply);
        return Draft.Of(new ServerTurn(query, IsStream: true, reply[..length]));
    }

    /// <summary>The zone of a name.</summary>
    public AuthoritativeZone ZoneOf(DomainName name) =>
        Zones.Where(z => name.IsSubdomainOf(z.Origin)).MaxBy(static z => z.Origin.LabelCount)!;

    /// <summary>A zone: a name's own, the one above that, or any.</summary>
    public AuthoritativeZone DrawZone(DomainName near)
    {
        AuthoritativeZone own = ZoneOf(near);
        return Random.NextBelow(4) switch
        {
            0 => Draw(Zones),
            1 => own.Origin.IsRoot ? own : ZoneOf(own.Origin.Parent),
            _ => own,
        };
    }

    /// <summary>One of several.</summary>
    public T Draw<T>(IReadOnlyList<T> list) => list[Random.NextBelow(list.Count)];

    private void Remember(ServerTurn turn)
    {
        Draft seen = Draft.Of(turn);
        if (_seen.Count < MostRemembered)
        {
            _seen.Add(seen);
        }
        else
        {
            _seen[Random.NextBelow(MostRemembered)] = seen;
        }
    }
}
