// One UDP socket with the port that was drawn for it, by us or by the system.
namespace Resolver.Transport;

/// <summary>A connected socket on its way through one exchange. The object is pooled.</summary>
internal sealed class BoundSocket
{
    /// <summary>The socket; null while the object is in its pool.</summary>
    public LoopSocket? Socket { get; set; }

    /// <summary>The port that we bound it to; 0 when the system draws one for each use.</summary>
    public ushort Port { get; set; }

    /// <summary>The family.</summary>
    public bool IsIPv6 { get; set; }

    /// <summary>Exchanges that it has served.</summary>
    public int Uses { get; set; }
}
