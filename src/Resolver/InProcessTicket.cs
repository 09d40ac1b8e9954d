// A query in wire form from the embedding program: takes the place of a listener for StubQueryHandler.
using System;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Transport;

namespace Resolver;

/// <summary>The reply's way back to the embedding program.</summary>
internal sealed class InProcessTicket : ReplyTicket, IReplySource
{
    private readonly TaskCompletionSource<ReadOnlyMemory<byte>> _completion =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public override bool IsClientGone => false;

    /// <summary>Runs the handler on the loop; the reply is empty for a silent drop.</summary>
    public Task<ReadOnlyMemory<byte>> AnswerAsync(ILoop loop, StubQueryHandler handler, ReadOnlyMemory<byte> query)
    {
        Client = new ClientContext(default, default, ClientTransport.InProcess);
        loop.Post(static s =>
        {
            (InProcessTicket ticket, ILoop on, StubQueryHandler answering, ReadOnlyMemory<byte> octets) =
                ((InProcessTicket, ILoop, StubQueryHandler, ReadOnlyMemory<byte>))s!;
            ticket.Handle(on, answering, octets);
        }, (this, loop, handler, query));
        return _completion.Task;
    }

    /// <summary>The resolver has ended; from any thread.</summary>
    public void Fail() =>
        _ = _completion.TrySetException(new ObjectDisposedException(nameof(RecursiveResolver)));

    /// <inheritdoc/>
    public ReplyTicket TakeTicket() => this;

    /// <inheritdoc/>
    public override void Complete(ILoop current, ReadOnlySpan<byte> reply) =>
        _completion.TrySetResult(reply.ToArray());

    /// <inheritdoc/>
    public override void Abandon() => _completion.TrySetResult(ReadOnlyMemory<byte>.Empty);

    private void Handle(ILoop loop, StubQueryHandler handler, ReadOnlyMemory<byte> query)
    {
        byte[] reply = new byte[ushort.MaxValue];
        QueryArrival arrival = new(loop, Client, this);
        int length = handler.Handle(query.Span, ref arrival, reply);
        if (length != QueryArrival.Pending)
        {
            _ = _completion.TrySetResult(reply.AsMemory(0, length));
        }
    }
}
