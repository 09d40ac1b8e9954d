// What the listeners of one loop have done, as plain numbers: written by its loop alone, read by anyone (a
// reader may see a number a moment late).
namespace Resolver.Transport;

/// <summary>Counts of one loop, or the sum over loops.</summary>
internal sealed class ListenerCounters
{
    /// <summary>Queries by UDP.</summary>
    public long Datagrams { get; set; }

    /// <summary>Replies by UDP given to the kernel or queued for it.</summary>
    public long DatagramReplies { get; set; }

    /// <summary>Queries by UDP deliberately left without a reply.</summary>
    public long DatagramsDropped { get; set; }

    /// <summary>Datagrams too long for a query.</summary>
    public long DatagramsTooLong { get; set; }

    /// <summary>Replies by UDP that the kernel did not take.</summary>
    public long DatagramsUnsent { get; set; }

    /// <summary>Connections accepted.</summary>
    public long Connections { get; set; }

    /// <summary>Connections refused because the client's share was used up.</summary>
    public long RefusedByShare { get; set; }

    /// <summary>Connections refused because all were in use and none was idle.</summary>
    public long RefusedFull { get; set; }

    /// <summary>Idle connections closed in favour of a new one.</summary>
    public long Evicted { get; set; }

    /// <summary>Connections closed after being idle.</summary>
    public long IdleClosed { get; set; }

    /// <summary>Connections closed because the client did not read its replies, in time or at all.</summary>
    public long UnreadClosed { get; set; }

    /// <summary>Times that accepting paused for lack of descriptors.</summary>
    public long AcceptPauses { get; set; }

    /// <summary>Queries by TCP.</summary>
    public long StreamQueries { get; set; }

    /// <summary>Replies by TCP.</summary>
    public long StreamReplies { get; set; }

    /// <summary>Queries by TCP deliberately left without a reply.</summary>
    public long StreamsDropped { get; set; }

    /// <summary>Replies by TCP whose client had gone.</summary>
    public long ClientsGone { get; set; }

    /// <summary>Adds the counts of another loop to these.</summary>
    public void Add(ListenerCounters other)
    {
        Datagrams += other.Datagrams;
        DatagramReplies += other.DatagramReplies;
        DatagramsDropped += other.DatagramsDropped;
        DatagramsTooLong += other.DatagramsTooLong;
        DatagramsUnsent += other.DatagramsUnsent;
        Connections += other.Connections;
        RefusedByShare += other.RefusedByShare;
        RefusedFull += other.RefusedFull;
        Evicted += other.Evicted;
        IdleClosed += other.IdleClosed;
        UnreadClosed += other.UnreadClosed;
        AcceptPauses += other.AcceptPauses;
        StreamQueries += other.StreamQueries;
        StreamReplies += other.StreamReplies;
        StreamsDropped += other.StreamsDropped;
        ClientsGone += other.ClientsGone;
    }
}
