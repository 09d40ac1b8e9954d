// Scripts that many rows share.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>Makes scripts.</summary>
internal static class Scripts
{
    /// <summary>Every name of the zone has this address, and nothing else.</summary>
    public static Func<Exchange, Task> EveryName(string zone, string address) => exchange =>
    {
        Message reply = exchange.Query.Reply();
        if (exchange.Query.Type == Types.A)
        {
            reply.Answer.Add(Record.A(exchange.Query.Name, address));
        }
        else
        {
            reply.Authority.Add(Record.Soa(zone));
        }

        return exchange.SendAsync(reply);
    };

    /// <summary>An honest zone with these records.</summary>
    public static Func<Exchange, Task> Honest(string zone, params Record[] records) =>
        exchange => exchange.SendAsync(Answer(exchange.Query, zone, records));

    /// <summary>What an honest server of a zone says.</summary>
    public static Message Answer(Message query, string zone, IReadOnlyList<Record> records)
    {
        Message reply = query.Reply();
        string name = query.Name;
        for (int i = 0; i < 16; i++)
        {
            Record[] here = [.. records.Where(r => r.Owner == name)];
            Record[] found = [.. here.Where(r => r.Type == query.Type || query.Type == Types.Any)];
            Record? alias = here.FirstOrDefault(static r => r.Type == Types.Cname);
            reply.Answer.AddRange(found);
            if (found.Length > 0 || alias is null || reply.Answer.Contains(alias))
            {
                bool exists = here.Length > 0 || records.Any(r => World.IsBelow(r.Owner, name));
                if (found.Length == 0)
                {
                    reply.Rcode = exists || !World.IsBelow(name, zone) ? 0 : 3;
                    reply.Authority.Add(Record.Soa(zone));
                }

                return reply;
            }

            reply.Answer.Add(alias);
            name = alias.Target!;
        }

        return reply;
    }

    /// <summary>Always the same rcode.</summary>
    public static Func<Exchange, Task> Always(int rcode) =>
        exchange => exchange.SendAsync(exchange.Query.Reply(rcode));

    /// <summary>Says nothing.</summary>
    public static Func<Exchange, Task> Silent => static _ => Task.CompletedTask;
}
