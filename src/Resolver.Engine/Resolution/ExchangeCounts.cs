// How exchanges with name servers ended, by family, transport and end: what status tells of IPv4's and
// IPv6's health, and what metrics read.
using System;
using System.Threading;

namespace Resolver.Engine;

/// <summary>Ends of exchanges. Thread-safe.</summary>
internal sealed class ExchangeCounts
{
    private static readonly int Statuses = Enum.GetValues<ExchangeStatus>().Length;

    private readonly long[] _counts = new long[4 * Statuses];
    private long _lastReply4;
    private long _lastReply6;

    /// <summary>One more.</summary>
    public void Add(in InetEndpoint server, ExchangeTransport transport, ExchangeStatus status, long now)
    {
        bool isIPv6 = server.Address.IsIPv6;
        Interlocked.Increment(ref _counts[IndexOf(isIPv6, transport, status)]);
        if (status == ExchangeStatus.Reply)
        {
            Volatile.Write(ref isIPv6 ? ref _lastReply6 : ref _lastReply4, now);
        }
    }

    /// <summary>The count of one kind of end.</summary>
    public long Read(bool isIPv6, ExchangeTransport transport, ExchangeStatus status) =>
        Volatile.Read(ref _counts[IndexOf(isIPv6, transport, status)]);

    /// <summary>All ends of one kind in a family.</summary>
    public long Read(bool isIPv6, ExchangeStatus status) =>
        Read(isIPv6, ExchangeTransport.Udp, status) + Read(isIPv6, ExchangeTransport.Tcp, status);

    /// <summary>All ends in a family.</summary>
    public long ReadAll(bool isIPv6)
    {
        long sum = 0;
        foreach (ExchangeStatus status in Enum.GetValues<ExchangeStatus>())
        {
            sum += Read(isIPv6, status);
        }

        return sum;
    }

    /// <summary>Timestamp of the last reply in a family; 0 for none.</summary>
    public long LastReply(bool isIPv6) => Volatile.Read(ref isIPv6 ? ref _lastReply6 : ref _lastReply4);

    private static int IndexOf(bool isIPv6, ExchangeTransport transport, ExchangeStatus status) =>
        ((((isIPv6 ? 2 : 0) + (int)transport) * Statuses) + (int)status);
}
