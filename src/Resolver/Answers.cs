// Between outcomes and the answer cache: keys, and which answers are kept whole.
using System;
using System.Runtime.CompilerServices;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>A response as written, without OPT, on its way to the answer cache.</summary>
internal readonly ref struct AnswerToKeep
{
    /// <summary>The message.</summary>
    public required ReadOnlySpan<byte> Message { get; init; }

    /// <summary>The flags under which it is asked for.</summary>
    public required AnswerFlags Flags { get; init; }

    /// <summary>Timestamp by which its TTLs were counted.</summary>
    public required long Now { get; init; }
}

/// <summary>Keys and keeping of whole answers.</summary>
internal static class Answers
{
    // On the stack: an answer of more parts is made anew each time, not refused.
    private const int MaxParts = 16;

    /// <summary>Room for the parts of one answer, on the stack.</summary>
    [InlineArray(MaxParts)]
    private struct PartList
    {
        private CacheEntry _first;
    }

    /// <summary>The flags of a query that change its answer.</summary>
    public static AnswerFlags FlagsOf(HeaderFlags flags, bool dnssecOk) =>
        ((flags & HeaderFlags.RecursionDesired) != 0 ? AnswerFlags.RecursionDesired : AnswerFlags.None)
        | ((flags & HeaderFlags.CheckingDisabled) != 0 ? AnswerFlags.CheckingDisabled : AnswerFlags.None)
        | (dnssecOk ? AnswerFlags.DnssecOk : AnswerFlags.None);

    /// <summary>Keeps an answer whole, when all of it stands in the caches.</summary>
    public static void Keep(
        AnswerCache cache, Question question, ResolutionOutcome outcome, in AnswerToKeep answer)
    {
        PartList parts = default;
        int count = 0;
        for (int i = 0; i < outcome.Answer.Count; i++)
        {
            AnswerSet set = outcome.Answer[i];
            if (set.Entry is null || count == MaxParts)
            {
                return;
            }

            parts[count++] = set.Entry;
        }

        if (outcome.Denial is { } denial)
        {
            if (count == MaxParts || denial.ExpiresAt == long.MaxValue)
            {
                return;
            }

            parts[count++] = denial;
        }

        AnswerKey key = cache.KeyOf(
            new QuestionName(question.Name.Wire, question.Type, RRClass.IN), answer.Flags, question.View);
        _ = cache.Store(key, answer.Message, parts[..count], answer.Now);
    }
}
