// A timer without an allocation per use: the waiting thing itself (an exchange, a connection) derives from
// it, or holds one, and hands it to its loop again and again. Its place in the heap is kept in the timer.
namespace Resolver.Transport;

/// <summary>Something that a <see cref="SocketLoop"/> wakes at a time. Used on its loop only.</summary>
internal abstract class LoopTimer
{
    /// <summary>True while it waits.</summary>
    public bool IsScheduled => HeapIndex >= 0;

    /// <summary>Position in the heap of its loop; -1 when not scheduled.</summary>
    internal int HeapIndex { get; set; } = -1;

    /// <summary>
    /// The time has come; the timer is not scheduled any more and may be scheduled again.
    /// <paramref name="now"/> is a timestamp of the loop's clock.
    /// </summary>
    public abstract void OnTimer(long now);
}
