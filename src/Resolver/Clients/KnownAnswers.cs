// For a client that may not wait: what is known already, at once, or the reason why there is no more. A
// share that is used up must not cost anybody what the caches hold.
using System;
using System.Buffers.Binary;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>Answers without asking anybody. Used on one loop.</summary>
internal sealed class KnownAnswers(LoopEngine engine, ReplyFinisher finisher)
{
    private byte[]? _buffer;

    /// <summary>
    /// Writes the answer, if it is known, else SERVFAIL with the reason; returns its octets.
    /// </summary>
    public int Write(Question question, in ReplyTarget target, ExtendedError reason, Span<byte> reply)
    {
        bool takesUnchecked = (target.Flags & HeaderFlags.CheckingDisabled) != 0;
        ResolutionOutcome? known = engine.Known.TryResolve(question, takesUnchecked);
        if (known is null || known.Rcode == Rcode.ServFail)
        {
            return WriteFailure(question, target, known?.Error ?? reason, reply);
        }

        if (!takesUnchecked && known.Security == SecurityStatus.Secure
            && engine.Parts.Trust.FailsSentinel(question.Name, question.Type))
        {
            return WriteFailure(question, target, StubErrors.KeySentinel, reply);
        }

        byte[] buffer = _buffer ??= new byte[ushort.MaxValue];
        ResponseShape shape = new(target.DnssecOk, engine.Parts.Loop.Time.GetTimestamp());
        int length = ResponseWriter.Write(buffer, question, known, shape);
        if (length == 0)
        {
            return WriteFailure(question, target, reason, reply);
        }

        int final = finisher.Finish(buffer, length, question.Name.Wire, target, known.Error);
        buffer.AsSpan(0, final).CopyTo(reply);
        return final;
    }

    private int WriteFailure(Question question, in ReplyTarget target, ExtendedError reason, Span<byte> reply)
    {
        Span<byte> octets = stackalloc byte[NameOctets.MaxLength + 4];
        int length = question.Name.Wire.Length;
        question.Name.Wire.CopyTo(octets);
        BinaryPrimitives.WriteUInt16BigEndian(octets[length..], question.Type.Value);
        BinaryPrimitives.WriteUInt16BigEndian(octets[(length + 2)..], RRClass.IN.Value);
        engine.Parts.Counts.Limits.Add(reason);
        return finisher.WriteBare(reply, octets[..(length + 4)], Rcode.ServFail, target, reason);
    }
}
