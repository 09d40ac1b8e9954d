// What the upstream of one loop has done, as plain numbers: written by its loop alone, read by anyone (a
// reader may see a number a moment late).
namespace Resolver.Transport;

/// <summary>Counts of one loop, or the sum over loops.</summary>
internal sealed class UpstreamCounters
{
    /// <summary>UDP queries sent.</summary>
    public long DatagramsSent { get; set; }

    /// <summary>UDP replies handed to the engine.</summary>
    public long DatagramReplies { get; set; }

    /// <summary>Of these, replies larger than we had announced, handed on as truncated.</summary>
    public long Oversized { get; set; }

    /// <summary>TCP queries sent.</summary>
    public long StreamsSent { get; set; }

    /// <summary>TCP replies handed to the engine.</summary>
    public long StreamReplies { get; set; }

    /// <summary>Exchanges that ended without a reply in time.</summary>
    public long TimedOut { get; set; }

    /// <summary>Messages received that reply to something else, or to nothing.</summary>
    public long Mismatches { get; set; }

    /// <summary>Messages received that differ from a reply in the case of the question only.</summary>
    public long CaseMismatches { get; set; }

    /// <summary>Datagrams that lack a cookie which their server is known to send.</summary>
    public long CookieMismatches { get; set; }

    /// <summary>Exchanges given up because of mismatches.</summary>
    public long MismatchLimitReached { get; set; }

    /// <summary>ICMP errors reported for UDP sockets, and ignored.</summary>
    public long IcmpIgnored { get; set; }

    /// <summary>UDP sockets opened.</summary>
    public long SocketsOpened { get; set; }

    /// <summary>UDP sockets used again, on a port drawn anew.</summary>
    public long SocketsReused { get; set; }

    /// <summary>Draws of ports that were in use, repeated.</summary>
    public long PortsInUse { get; set; }

    /// <summary>Exchanges refused for lack of sockets or ports.</summary>
    public long Exhausted { get; set; }

    /// <summary>TCP connections begun.</summary>
    public long ConnectionsOpened { get; set; }

    /// <summary>TCP exchanges put on a connection that was there already.</summary>
    public long ConnectionsReused { get; set; }

    /// <summary>TCP connections that could not be made, or broke with exchanges under way.</summary>
    public long ConnectionsFailed { get; set; }

    /// <summary>TCP exchanges asked again because a kept connection had been closed by the server.</summary>
    public long StreamsRepeated { get; set; }

    /// <summary>Adds the counts of another loop to these.</summary>
    public void Add(UpstreamCounters other)
    {
        DatagramsSent += other.DatagramsSent;
        DatagramReplies += other.DatagramReplies;
        Oversized += other.Oversized;
        StreamsSent += other.StreamsSent;
        StreamReplies += other.StreamReplies;
        TimedOut += other.TimedOut;
        Mismatches += other.Mismatches;
        CaseMismatches += other.CaseMismatches;
        CookieMismatches += other.CookieMismatches;
        MismatchLimitReached += other.MismatchLimitReached;
        IcmpIgnored += other.IcmpIgnored;
        SocketsOpened += other.SocketsOpened;
        SocketsReused += other.SocketsReused;
        PortsInUse += other.PortsInUse;
        Exhausted += other.Exhausted;
        ConnectionsOpened += other.ConnectionsOpened;
        ConnectionsReused += other.ConnectionsReused;
        ConnectionsFailed += other.ConnectionsFailed;
        StreamsRepeated += other.StreamsRepeated;
    }
}
