// One query that reached a scripted server, and the ways to answer it.
using System;
using System.Net;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>A query at a server.</summary>
internal sealed class Exchange
{
    public required Message Query { get; init; }

    public required IPAddress Server { get; init; }

    public required IPEndPoint Client { get; init; }

    public required bool IsTcp { get; init; }

    /// <summary>Since the world began.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>Sends octets back, from the address and port asked.</summary>
    public required Func<byte[], Task> Send { get; init; }

    /// <summary>
    /// Sends a message; by UDP one above the client's size is truncated, as honest servers do.
    /// </summary>
    public Task SendAsync(Message message)
    {
        byte[] octets = MessageCodec.Encode(message);
        if (!IsTcp && octets.Length > (Query.PayloadSize ?? 512))
        {
            Message empty = Query.Reply(message.Rcode);
            empty.Flags |= Message.Truncated;
            octets = MessageCodec.Encode(empty);
        }

        return Send(octets);
    }
}
