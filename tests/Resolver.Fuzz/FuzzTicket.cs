// The listener of a run in process: hands out tickets that judge their reply, and counts those still open.
using System;
using Resolver.Engine;
using Resolver.Transport;

namespace Resolver.Fuzz;

/// <summary>A source of tickets for the query at hand.</summary>
internal sealed class FuzzReplySource(ReplyJudge judge) : IReplySource
{
    private byte[] _query = [];

    /// <summary>Tickets taken and neither completed nor abandoned.</summary>
    public int Open { get; private set; }

    /// <summary>The client of the query at hand.</summary>
    public ClientContext Client { get; private set; }

    /// <summary>Makes a query the one at hand.</summary>
    public void Begin(ReadOnlySpan<byte> query, in ClientContext client)
    {
        _query = query.ToArray();
        Client = client;
    }

    public ReplyTicket TakeTicket()
    {
        Open++;
        return new FuzzTicket(this, _query, Client);
    }

    private void End(byte[] query, ReadOnlySpan<byte> reply, ClientTransport transport)
    {
        Open--;
        judge.Judge(query, reply, transport);
    }

    private sealed class FuzzTicket : ReplyTicket
    {
        private readonly FuzzReplySource _source;
        private readonly byte[] _query;
        private bool _ended;

        public FuzzTicket(FuzzReplySource source, byte[] query, in ClientContext client)
        {
            _source = source;
            _query = query;
            Client = client;
        }

        public override bool IsClientGone => false;

        public override void Complete(ILoop current, ReadOnlySpan<byte> reply) => End(reply);

        public override void Abandon() => End(default);

        private void End(ReadOnlySpan<byte> reply)
        {
            if (_ended)
            {
                throw new InvalidOperationException("A ticket was used twice.");
            }

            _ended = true;
            _source.End(_query, reply, Client.Transport);
        }
    }
}
