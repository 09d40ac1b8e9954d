// One client query that the fast lane could not answer: carried to the question's home loop, resolved there,
// and replied to once, by the deadline at the latest.
using System;
using System.Buffers;
using System.Buffers.Binary;
using Resolver.Engine;
using Resolver.Transport;
using Resolver.Wire;

namespace Resolver;

/// <summary>A query on its way through steps 5 to 13.</summary>
internal sealed class ClientQuery
{
    private readonly ReplyTicket _ticket;
    private readonly ReplyTarget _target;
    private readonly QueryPlace _place;

    public ClientQuery(ReplyTicket ticket, Question question, in ReplyTarget target, in QueryPlace place)
    {
        _ticket = ticket;
        Question = question;
        _target = target;
        _place = place;
    }

    /// <summary>The question, in the client's spelling.</summary>
    public Question Question { get; }

    /// <summary>True when signatures and proofs belong into the reply.</summary>
    public bool DnssecOk => _target.DnssecOk;

    /// <summary>The flags that change the answer.</summary>
    public AnswerFlags Flags => Answers.FlagsOf(_target.Flags, _target.DnssecOk);

    /// <summary>Timestamp of its arrival.</summary>
    public long Began { get; init; }

    /// <summary>Where its end is noted; null when nobody notes.</summary>
    public ClientRecords? Records { get; init; }

    /// <summary>The steps of its walk, once the work has begun.</summary>
    public Trace? Walk { get; set; }

    /// <summary>The budget, once the work has begun.</summary>
    public WorkBudget? Budget { get; set; }

    /// <summary>The runner of its home loop, while it is on its way there.</summary>
    public QueryRunner? Runner { get; set; }

    /// <summary>Where replies wait that must not leave at once; null when none do.</summary>
    public LateReplies? Late { get; set; }

    /// <summary>Whom it is counted for.</summary>
    public ClientKey Client => _place.Client;

    /// <summary>True once the reply is made.</summary>
    public bool IsReplied { get; private set; }

    /// <summary>The list of deadlines in which it waits.</summary>
    public DeadlineList? List { get; set; }

    /// <summary>The query before this one in its loop's list of deadlines.</summary>
    public ClientQuery? Earlier { get; set; }

    /// <summary>The query behind this one in its loop's list of deadlines.</summary>
    public ClientQuery? Later { get; set; }

    // Step 13: Send
    /// <summary>
    /// Finishes a response without OPT that stands at the start of the buffer, and sends it.
    /// </summary>
    public void Reply(ILoop current, Span<byte> buffer, int length, ReplyFinisher finisher, ExtendedError? error)
    {
        int final = finisher.Finish(buffer, length, Question.Name.Wire, _target, error);
        Send(current, buffer[..final]);
    }

    /// <summary>Replies SERVFAIL with the reason.</summary>
    public void ReplyFailure(ILoop current, ReplyFinisher finisher, ExtendedError error)
    {
        Span<byte> question = stackalloc byte[NameOctets.MaxLength + 4];
        int length = Question.Name.Wire.Length;
        Question.Name.Wire.CopyTo(question);
        BinaryPrimitives.WriteUInt16BigEndian(question[length..], Question.Type.Value);
        BinaryPrimitives.WriteUInt16BigEndian(question[(length + 2)..], RRClass.IN.Value);
        byte[] reply = ArrayPool<byte>.Shared.Rent(1024);
        int final = finisher.WriteBare(reply, question[..(length + 4)], Rcode.ServFail, _target, error);
        Send(current, reply.AsSpan(0, final));
        ArrayPool<byte>.Shared.Return(reply);
    }

    /// <summary>Hands the reply to the listener; nothing when it is empty. Once.</summary>
    public void Deliver(ILoop current, ReadOnlySpan<byte> reply)
    {
        Records?.AnswerLater(current, _ticket.Client, this, reply);
        if (reply.IsEmpty || _ticket.IsClientGone)
        {
            _ticket.Abandon();
        }
        else
        {
            _ticket.Complete(current, reply);
        }
    }

    private void Send(ILoop current, ReadOnlySpan<byte> reply)
    {
        if (IsReplied)
        {
            return;
        }

        IsReplied = true;
        _place.GiveBack();
        if (Late is null)
        {
            Deliver(current, reply);
        }
        else
        {
            Late.Send(this, reply);
        }
    }
}
