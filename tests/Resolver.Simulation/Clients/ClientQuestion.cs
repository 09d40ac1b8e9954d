// One query of a simulated client, from the moment it is sent until its reply, or the lack of one, has been
// judged.
using System;
using Resolver.Engine;
using Resolver.Testing.Tests;
using Resolver.Transport;

namespace Resolver.Simulation;

/// <summary>A query under way; it is the ticket for its own reply.</summary>
internal sealed class ClientQuestion : ReplyTicket, IReplySource
{
    private readonly byte[] _query;
    private readonly VirtualClientLoop _loop;

    public ClientQuestion(
        PlannedQuestion question, Query query, ClientTransport transport, VirtualClientLoop loop)
    {
        Question = question;
        Query = query;
        _query = query.Write();
        _loop = loop;
        Client = new ClientContext(default, default, transport);
        SentAt = loop.Now;
    }

    /// <summary>What is asked.</summary>
    public PlannedQuestion Question { get; }

    /// <summary>How it is asked.</summary>
    public Query Query { get; }

    /// <summary>When it was sent.</summary>
    public long SentAt { get; }

    /// <summary>When the reply came.</summary>
    public long RepliedAt { get; private set; }

    /// <summary>How many replies came.</summary>
    public int Replies { get; private set; }

    /// <summary>The reply's octets.</summary>
    public byte[] Octets { get; private set; } = [];

    /// <inheritdoc/>
    public override bool IsClientGone => false;

    /// <inheritdoc/>
    public override TimeSpan IdleTimeout => TimeSpan.FromSeconds(10);

    /// <summary>Sends it.</summary>
    public void Send() => _loop.Loop.Post(_ => Arrive(), null);

    /// <inheritdoc/>
    public ReplyTicket TakeTicket() => this;

    /// <inheritdoc/>
    public override void Complete(ILoop current, ReadOnlySpan<byte> reply)
    {
        if (!current.IsCurrent)
        {
            throw new InvalidOperationException("A reply was sent off its loop.");
        }

        Take(reply);
    }

    /// <inheritdoc/>
    public override void Abandon() => Take([]);

    /// <summary>One line for people.</summary>
    public override string ToString() => $"{Question.Name} {Question.Type} by {Client.Transport}";

    private void Arrive()
    {
        byte[] reply = new byte[ushort.MaxValue];
        QueryArrival arrival = new(_loop.Loop, Client, this);
        int length = _loop.Handler(_query, ref arrival, reply);
        if (length != QueryArrival.Pending)
        {
            Take(reply.AsSpan(0, length));
        }
    }

    private void Take(ReadOnlySpan<byte> reply)
    {
        Replies++;
        RepliedAt = _loop.Now;
        Octets = reply.ToArray();
    }
}

/// <summary>A loop of the resolver as a client's packets reach it.</summary>
/// <param name="Loop">The loop.</param>
/// <param name="Handler">What answers on it.</param>
internal sealed record VirtualClientLoop(ILoop Loop, QueryHandler Handler)
{
    /// <summary>The time.</summary>
    public long Now => Loop.Time.GetTimestamp();
}
