// When each record last came from a server: read from the log of exchanges, as far as it has grown.
using System.Collections.Generic;
using System.Linq;
using Resolver.Testing;
using Resolver.Testing.Tests;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>The last arrival of each RRset in an answer section, and of each DS beside a referral.</summary>
internal sealed class FetchTimes(ExchangeLog log)
{
    private readonly Dictionary<(DomainName Owner, RRType Type), long> _last = [];
    private int _read;

    /// <summary>Reads what has been added to the log.</summary>
    public void Update()
    {
        for (; _read < log.Exchanges.Count; _read++)
        {
            ExchangeRecord exchange = log.Exchanges[_read];
            if (exchange.Reply.IsEmpty)
            {
                continue;
            }

            foreach (ReplyRecord record in Reply.Read(exchange.Reply.Span).Records.Where(
                static r => r.Section == MessageSection.Answer || r.Type == RRType.DS))
            {
                _last[(record.Owner, record.Type)] = exchange.Ended;
            }
        }
    }

    /// <summary>When a set with this owner and type last came; null when it never did.</summary>
    public long? LastOf(ReplyRecord record) =>
        _last.TryGetValue((record.Owner, record.Type), out long at) ? at : null;
}
