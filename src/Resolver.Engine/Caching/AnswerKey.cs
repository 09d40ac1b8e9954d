// What two queries must have in common to get the same stored answer.
using System;

namespace Resolver.Engine;

/// <summary>The flags of a query that change its answer.</summary>
[Flags]
internal enum AnswerFlags : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>RD.</summary>
    RecursionDesired = 1,

    /// <summary>CD (RFC 4035 §3.2.2).</summary>
    CheckingDisabled = 2,

    /// <summary>DO (RFC 3225).</summary>
    DnssecOk = 4,
}

/// <summary>
/// A question with its flags and view, and the keyed hash of all that. Made by <see cref="AnswerCache"/>;
/// lives on the stack, over the caller's name.
/// </summary>
internal readonly ref struct AnswerKey
{
    internal AnswerKey(QuestionName question, uint variant, ulong hash)
    {
        Question = question;
        Variant = variant;
        Hash = hash;
    }

    /// <summary>Name, type and class.</summary>
    public QuestionName Question { get; }

    /// <summary>Flags and view.</summary>
    internal uint Variant { get; }

    /// <summary>Keyed hash of all of it, case ignored; unpredictable from outside.</summary>
    internal ulong Hash { get; }
}

/// <summary>The random keys of an answer cache's hash.</summary>
/// <param name="OfName">For the name.</param>
/// <param name="OfRest">For all else.</param>
internal readonly record struct AnswerSecrets(ulong OfName, ulong OfRest);
