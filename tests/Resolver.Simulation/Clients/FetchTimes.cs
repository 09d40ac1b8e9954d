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
                (DomainName Owner, RRType Type) key = (record.Owner, record.Type);
                if (!_arrivals.TryGetValue(key, out List<Arrival>? times))
                {
                    _arrivals.Add(key, times = []);
                }

                times.Add(new Arrival(exchange.Ended, record.Ttl));
            }
        }
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

    /// <summary>When sets with this owner and type came, up to <paramref name="at"/>, oldest first.</summary>
    public IReadOnlyList<Arrival> Of(ReplyRecord record, long at) =>
    [
        .. _arrivals.GetValueOrDefault((record.Owner, record.Type), []).Concat(_unreadable)
            .Where(a => a.At <= at).OrderBy(static a => a.At),
    ];
}

/// <summary>A set came from a server.</summary>
/// <param name="At">When.</param>
/// <param name="Ttl">With which TTL, which somebody on the path may have lowered.</param>
internal readonly record struct Arrival(long At, uint Ttl);
