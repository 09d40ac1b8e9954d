// One query of one client of a crowd, in virtual time: the ticket for its own reply.
using System;
using System.Text;
using Resolver.Engine;
using Resolver.Transport;
using Resolver.Wire;

namespace Resolver.Tests;

/// <summary>A query and what became of it.</summary>
internal sealed class CrowdQuery : ReplyTicket, IReplySource
{
    private readonly byte[] _query;
    private readonly ILoop _loop;

    public CrowdQuery(ILoop loop, in ClientContext client, byte[] query)
    {
        _loop = loop;
        _query = query;
        Client = client;
        SentAt = loop.Time.GetTimestamp();
    }

    public long SentAt { get; }

    public long RepliedAt { get; private set; }

    /// <summary>Replies and deliberate drops.</summary>
    public int Ends { get; private set; }

    /// <summary>The reply; empty when there is none (yet).</summary>
    public byte[] Octets { get; private set; } = [];

    public int Sent => _query.Length;

    public TimeSpan Took => TimeSpan.FromTicks(RepliedAt - SentAt);

    public Rcode? Rcode => Octets.Length == 0 ? null : new Rcode((ushort)(Octets[3] & 0xF));

    /// <summary>The reply as characters: an extended error can be read in it.</summary>
    public string Text => Encoding.ASCII.GetString(Octets);

    public bool IsTruncated => Octets.Length > 0 && (Octets[2] & 2) != 0;

    public bool IsGood => Ends == 1 && Rcode == Wire.Rcode.NoError && !IsTruncated;

    public override bool IsClientGone => false;

    public void Arrive(StubQueryHandler handler)
    {
        byte[] reply = new byte[Client.Transport == ClientTransport.Udp ? 4096 : ushort.MaxValue];
        QueryArrival arrival = new(_loop, Client, this);
        int length = handler.Handle(_query, ref arrival, reply);
        if (length != QueryArrival.Pending)
        {
            Take(reply.AsSpan(0, length));
        }
    }

    public ReplyTicket TakeTicket() => this;

    public override void Complete(ILoop current, ReadOnlySpan<byte> reply) => Take(reply);

    public override void Abandon() => Take([]);

    private void Take(ReadOnlySpan<byte> reply)
    {
        Ends++;
        RepliedAt = _loop.Time.GetTimestamp();
        Octets = reply.ToArray();
    }
}
