// Sizes of a listening UDP socket; all of its memory is allocated when it opens.
namespace Resolver.Transport;

/// <summary>How much a listening UDP socket takes and gives at once.</summary>
internal sealed record DatagramListenOptions
{
    /// <summary>Most datagrams per call to the kernel, in each direction.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>
    /// Longest query taken; longer ones are dropped and counted. Real queries stay far below.
    /// </summary>
    public int MaximumQuery { get; init; } = 4096;

    /// <summary>Room for one reply; 4096 is the most that any resolver sends over UDP today.</summary>
    public int MaximumReply { get; init; } = 4096;

    /// <summary>
    /// Queue of the kernel in octets (it may grant less): carries bursts over a pause of the loop.
    /// </summary>
    public int ReceiveBuffer { get; init; } = 4 * 1024 * 1024;
}
