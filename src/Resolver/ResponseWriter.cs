// Step 12: an outcome as a message, whole and without OPT; ReplyFinisher makes it fit one client.
using System;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>Writes responses.</summary>
internal static class ResponseWriter
{
    /// <summary>
    /// Writes the response to <paramref name="question"/>: header (ID 0), question, answer, authority.
    /// Returns its octets; 0 when <paramref name="buffer"/> (65,535 octets) cannot hold it.
    /// </summary>
    public static int Write(
        Span<byte> buffer, Question question, ResolutionOutcome outcome, in ResponseShape shape)
    {
        MessageWriter writer = new(buffer);
        bool whole = writer.TryWriteQuestion(question.Name.Wire, question.Type, RRClass.IN)
            && TryWriteAnswer(ref writer, outcome, shape)
            && TryWriteWildcardProofs(ref writer, outcome, shape)
            && TryWriteDenial(ref writer, outcome, shape);
        HeaderFlags flags = HeaderFlags.Response | HeaderFlags.RecursionAvailable
            | (outcome.IsLocal ? HeaderFlags.Authoritative : HeaderFlags.None)
            | (outcome.Security == SecurityStatus.Secure ? HeaderFlags.AuthenticData : HeaderFlags.None);
        return whole ? writer.Finish(0, MessageHeader.MakeWord(flags, Opcode.Query, outcome.Rcode)) : 0;
    }

    private static bool TryWriteAnswer(ref MessageWriter writer, ResolutionOutcome outcome, in ResponseShape shape)
    {
        for (int i = 0; i < outcome.Answer.Count; i++)
        {
            AnswerSet set = outcome.Answer[i];
            uint ttl = set.RemainingTtl(shape.Now);
            if (!writer.TryWriteRRset(MessageSection.Answer, set.Set, ttl, shape.WithSignatures))
            {
                return false;
            }
        }

        return true;
    }

    // RFC 4035 §3.1.3.3: an answer made from a wildcard goes with the proof that nothing closer exists.
    private static bool TryWriteWildcardProofs(
        ref MessageWriter writer, ResolutionOutcome outcome, in ResponseShape shape)
    {
        if (!shape.WithSignatures)
        {
            return true;
        }

        foreach ((RRset proof, uint ttl) in WildcardProofs.Of(outcome, shape.Now))
        {
            if (!writer.TryWriteRRset(MessageSection.Authority, proof, ttl, true))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryWriteDenial(
        ref MessageWriter writer, ResolutionOutcome outcome, in ResponseShape shape)
    {
        if (outcome.Denial is not { } denial)
        {
            return true;
        }

        uint ttl = outcome.DenialTtl(shape.Now);
        if (!denial.Soa.IsEmpty
            && !writer.TryWriteRRset(MessageSection.Authority, denial.Soa, ttl, shape.WithSignatures))
        {
            return false;
        }

        // Proofs are for those who can check them (RFC 4035 §3.2.1).
        foreach (RRset proof in shape.WithSignatures ? denial.Proofs : default)
        {
            if (!WildcardProofs.Has(outcome, proof)
                && !writer.TryWriteRRset(MessageSection.Authority, proof, ttl, true))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>What the response depends on besides its content.</summary>
/// <param name="WithSignatures">DO was set: RRSIGs and proofs go along.</param>
/// <param name="Now">Timestamp by which TTLs are counted.</param>
internal readonly record struct ResponseShape(bool WithSignatures, long Now);
