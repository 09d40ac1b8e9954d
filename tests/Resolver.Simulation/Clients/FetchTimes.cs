// When each record came from a server: read from the log of exchanges, as far as it has grown.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Testing.Tests;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>The arrivals of each RRset in an answer section, and of each DS beside a referral.</summary>
internal sealed class FetchTimes(ExchangeLog log, Func<InetAddress, bool> isLiar)
{
    private readonly Dictionary<(DomainName Owner, RRType Type), List<Arrival>> _arrivals = [];
    private readonly Dictionary<(DomainName Encloser, RRType Type), List<Arrival>> _wildcards = [];
    private readonly List<Arrival> _unreadable = [];
    private int _read;

    /// <summary>Reads what has been added to the log.</summary>
    public void Update()
    {
        for (; _read < log.Exchanges.Count; _read++)
        {
            ExchangeRecord exchange = log.Exchanges[_read];
            if (exchange.Reply.IsEmpty || isLiar(exchange.Server))
            {
                continue;
            }

            if (Read(exchange) is not { } records)
            {
                _unreadable.Add(new Arrival(exchange.Ended, uint.MaxValue));
                continue;
            }

            foreach (ReplyRecord record in records.Where(
                static r => r.Section == MessageSection.Answer || r.Type == RRType.DS))
            {
                Arrival arrival = new(exchange.Ended, record.Ttl);
                Add(_arrivals, (record.Owner, record.Type), arrival);
                if (record.Type == RRType.Rrsig && record.Rdata[3] < record.Owner.LabelCount)
                {
                    RRType covered = new((ushort)((record.Rdata[0] << 8) | record.Rdata[1]));
                    Add(_wildcards, (record.Owner.Suffix(record.Rdata[3]), covered), arrival);
                }
            }
        }
    }

    private static void Add(
        Dictionary<(DomainName Name, RRType Type), List<Arrival>> to,
        (DomainName Name, RRType Type) key,
        Arrival arrival)
    {
        if (!to.TryGetValue(key, out List<Arrival>? times))
        {
            to.Add(key, times = []);
        }

        times.Add(arrival);
    }

    // Someone on the path may break one record; the resolver may take the others, whichever they are.
    private static IReadOnlyList<ReplyRecord>? Read(ExchangeRecord exchange)
    {
        try
        {
            return Reply.Read(exchange.Reply.Span).Records;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>
    /// When sets with this owner and type came, or were made from a wildcard above it (RFC 8198 §5.3), up to
    /// <paramref name="at"/>, oldest first.
    /// </summary>
    public IReadOnlyList<Arrival> Of(ReplyRecord record, long at)
    {
        IEnumerable<Arrival> all =
            _arrivals.GetValueOrDefault((record.Owner, record.Type), []).Concat(_unreadable);
        for (DomainName above = record.Owner; !above.IsRoot;)
        {
            above = above.Parent;
            all = all.Concat(_wildcards.GetValueOrDefault((above, record.Type), []));
        }

        return [.. all.Where(a => a.At <= at).OrderBy(static a => a.At)];
    }
}

/// <summary>A set came from a server.</summary>
/// <param name="At">When.</param>
/// <param name="Ttl">With which TTL, which somebody on the path may have lowered.</param>
internal readonly record struct Arrival(long At, uint Ttl);
