// The scripted internet: a root, the top-level zone lab., and servers that act by script on addresses of
// 198.18.0.0/15, all of which are this machine's inside the namespace. Every query is counted, also at
// addresses where nobody answers.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>Servers and what they were asked.</summary>
internal sealed class World : IDisposable
{
    public const string RootAddress = "198.18.0.1";
    public const string LabAddress = "198.18.0.2";

    private readonly ConcurrentDictionary<IPAddress, Func<Exchange, Task>> _scripts = new();
    private readonly ConcurrentDictionary<string, Delegation> _delegations = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Exchange> _seen = new();
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly ServerSockets _sockets;

    /// <param name="sharesPort">The resolver listens on the same port, at addresses of its own.</param>
    public World(bool sharesPort = false)
    {
        _sockets = new ServerSockets(TakeAsync, () => Stopwatch.GetElapsedTime(_began), sharesPort);
        Serve(RootAddress, AnswerRootAsync);
        Serve(LabAddress, AnswerLabAsync);
    }

    /// <summary>What a parent says of a zone.</summary>
    internal sealed record Delegation(IReadOnlyList<Record> Servers, IReadOnlyList<Record> Glue)
    {
        /// <summary>DS records.</summary>
        public IReadOnlyList<Record> Signers { get; init; } = [];
    }

    /// <summary>What lab. delegates.</summary>
    public IEnumerable<Delegation> Delegations => _delegations.Values;

    /// <summary>All queries so far.</summary>
    public IEnumerable<Exchange> Seen => _seen;

    /// <summary>Queries so far that reached the address.</summary>
    public int CountAt(string address)
    {
        IPAddress server = IPAddress.Parse(address);
        return _seen.Count(e => e.Server.Equals(server));
    }

    /// <summary>Queries so far for names at or below one.</summary>
    public int CountBelow(string name) => _seen.Count(e => IsBelow(e.Query.Name, name));

    /// <summary>Lets a server act by a script.</summary>
    public void Serve(string address, Func<Exchange, Task> script)
    {
        IPAddress server = IPAddress.Parse(address);
        _scripts[server] = script;
        _sockets.Bind(server);
    }

    /// <summary>Makes lab. delegate a zone to ns.ZONE at an address, which acts by a script.</summary>
    public void Zone(string zone, string address, Func<Exchange, Task> script, uint ttl = 300)
    {
        Delegate(zone, [Record.NS(zone, "ns." + zone, ttl)], Record.A("ns." + zone, address, ttl));
        Serve(address, script);
    }

    /// <summary>Makes lab. delegate a zone.</summary>
    public void Delegate(string zone, IReadOnlyList<Record> servers, params Record[] glue) =>
        Delegate(zone, new Delegation(servers, glue));

    /// <summary>Makes lab. delegate a zone.</summary>
    public void Delegate(string zone, Delegation delegation) => _delegations[zone] = delegation;

    /// <summary>Takes a delegation away.</summary>
    public void Undelegate(string zone) => _delegations.TryRemove(zone, out _);

    /// <summary>True for the name itself and names below it.</summary>
    public static bool IsBelow(string name, string zone) =>
        name == zone || name.EndsWith("." + zone, StringComparison.Ordinal);

    public void Dispose() => _sockets.Dispose();

    private async Task TakeAsync(Exchange exchange)
    {
        _seen.Enqueue(exchange);
        if (_scripts.TryGetValue(exchange.Server, out Func<Exchange, Task>? script))
        {
            await script(exchange);
        }
    }

    private Task AnswerRootAsync(Exchange exchange)
    {
        Message reply = exchange.Query.Reply();
        if (IsBelow(exchange.Query.Name, "lab."))
        {
            Refer(reply, new Delegation([Record.NS("lab.", "ns.lab.")], [Record.A("ns.lab.", LabAddress)]));
        }
        else if (exchange.Query.Name != ".")
        {
            reply.Rcode = 3;
            reply.Authority.Add(Soa("."));
        }
        else if (exchange.Query.Type == Types.NS)
        {
            reply.Answer.Add(Record.NS(".", "root.lab-servers.", 86400));
            reply.Additional.Add(Record.A("root.lab-servers.", RootAddress, 86400));
        }
        else
        {
            reply.Authority.Add(Soa("."));
        }

        return exchange.SendAsync(reply);
    }

    private Task AnswerLabAsync(Exchange exchange)
    {
        Message reply = exchange.Query.Reply();
        string name = exchange.Query.Name;
        while (name.Length > 0 && name != "lab." && !_delegations.ContainsKey(name))
        {
            name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        }

        if (_delegations.TryGetValue(name, out Delegation? delegation)
            && !(exchange.Query.Type == Types.DS && exchange.Query.Name == name))
        {
            Refer(reply, delegation);
        }
        else
        {
            reply.Rcode = exchange.Query.Name == "lab." || delegation is not null ? 0 : 3;
            reply.Authority.Add(Soa("lab."));
        }

        return exchange.SendAsync(reply);
    }

    private static Record Soa(string zone) => zone == "."
        ? new Record(".", Types.Soa, 60, [0, 0, .. new byte[19], 60])
        : Record.Soa(zone);

    private static void Refer(Message reply, Delegation delegation)
    {
        reply.Flags &= unchecked((ushort)~Message.Authoritative);
        reply.Authority.AddRange(delegation.Servers);
        reply.Additional.AddRange(delegation.Glue);
    }
}
