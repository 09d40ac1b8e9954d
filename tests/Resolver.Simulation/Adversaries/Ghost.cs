// A zone whose delegation is withdrawn while its servers prolong it with every reply: new NS sets, new glue,
// the longest TTLs. Once the time of what the parent said last is over nobody may go there.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>The zone that does not want to die.</summary>
internal sealed class Ghost
{
    private readonly PlannedZone _zone;
    private readonly DomainName _name;
    private int _names;

    public Ghost(PlannedZone zone)
    {
        _zone = zone;
        _name = DomainName.Parse(zone.Name);
    }

    /// <summary>When the parent stopped naming it; null: not yet.</summary>
    public long? WithdrawnAt { get; private set; }

    /// <summary>A question for it: each time for another name.</summary>
    public PlannedQuestion NextQuestion() => new(
        _zone.Below(string.Create(CultureInfo.InvariantCulture, $"q{_names++ % 40}")), "A")
    {
        Realm = _zone.Name,
    };

    /// <summary>
    /// Withdraws the delegation: all honest servers serve the zones as they are without it.
    /// </summary>
    public void Withdraw(SimulatedInternet internet, SimulatedInternet without, long now)
    {
        WithdrawnAt = now;
        foreach (SimulatedServer server in internet.Servers.Where(s => !IsOwn(s)))
        {
            server.Adopt(without.FindServer(server.Addresses[0])!);
        }
    }

    /// <summary>The packets for a query.</summary>
    public IReadOnlyList<ScriptedPacket> Answer(ServerTurn turn)
    {
        Draft draft = Draft.Of(turn);
        draft.Records.RemoveAll(static r => r.Section != MessageSection.Answer);
        if (draft.Records.Count == 0)
        {
            draft.Clear().Add(MessageSection.Answer, draft.Name, Lies.Address(20));
        }

        string label = string.Create(CultureInfo.InvariantCulture, $"new{_names}");
        foreach (PlannedHost host in _zone.Servers)
        {
            DomainName server = Lies.Below(label, _name);
            draft.Add(MessageSection.Authority, _name, RRType.NS, server);
            draft.Add(MessageSection.Authority, _name, RRType.NS, DomainName.Parse(host.Name));
            draft.Add(MessageSection.Additional, server, host.Addresses[0]);
            draft.Add(MessageSection.Additional, DomainName.Parse(host.Name), host.Addresses[0]);
        }

        return [new ScriptedPacket(TimeSpan.Zero, draft.Write())];
    }

    /// <summary>
    /// An exchange with its servers that began when the delegation must have been forgotten; null when there
    /// is none.
    /// </summary>
    public ExchangeRecord? FindRevenant(ExchangeLog log, ResolverOptions options)
    {
        if (WithdrawnAt is not { } withdrawn)
        {
            return null;
        }

        double ttl = Math.Min(
            Math.Max(_zone.DelegationTtl, options.MinTtl.TotalSeconds), options.MaxTtl.TotalSeconds);
        TimeSpan walk = TimeSpan.FromMilliseconds(options.Limits.QueryDeadlineMilliseconds + 1000);
        long last = withdrawn + (TimeSpan.FromSeconds(ttl) + walk).Ticks;
        HashSet<InetAddress> own =
            [.. _zone.Servers.SelectMany(static s => s.Addresses).Select(InetAddress.From)];
        return log.Exchanges.FirstOrDefault(e => e.Began > last && own.Contains(e.Server));
    }

    private bool IsOwn(SimulatedServer server) =>
        _zone.Servers.Exists(h => h.Addresses.Contains(server.Addresses[0]));
}
