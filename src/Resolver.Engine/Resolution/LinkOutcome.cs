// How the walk for one name and type ended, handed to everyone who waited for it.
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>
/// An RRset on its way to an answer, with the cache entry by which it ends; built-in data has none.
/// </summary>
/// <param name="Set">The set.</param>
/// <param name="Entry">The entry; a CNAME made of a DNAME has the DNAME's.</param>
internal readonly record struct AnswerSet(RRset Set, CachedRRset? Entry)
{
    /// <summary>Seconds that expired data is said to live; 0 for data that was fresh when found.</summary>
    public uint StaleTtl { get; init; }

    /// <summary>
    /// What validation found. Built-in data is signed by nobody; the signatures of expired data may have
    /// expired too, so it is not vouched for.
    /// </summary>
    public SecurityStatus Security => StaleTtl > 0
        ? SecurityOrder.Weaker(SecurityStatus.Indeterminate, Entry?.Security ?? SecurityStatus.Insecure)
        : Entry?.Security ?? SecurityStatus.Insecure;

    /// <summary>Seconds to live at <paramref name="now"/>; built-in data does not count down.</summary>
    public uint RemainingTtl(long now) =>
        StaleTtl > 0 ? StaleTtl : Entry is null ? Set.Ttl : Entry.RemainingTtl(now);
}

/// <summary>The ends of one link of an alias chain.</summary>
internal enum LinkEnd : byte
{
    /// <summary>The last set is the one asked for.</summary>
    Answer,

    /// <summary>The sets are aliases; go on with <see cref="LinkOutcome.LastName"/>.</summary>
    Alias,

    /// <summary>The name exists without the type.</summary>
    NoData,

    /// <summary>The name does not exist.</summary>
    NameError,

    /// <summary>A DNAME makes a name that is too long (RFC 6672 §2.2).</summary>
    NameTooLong,

    /// <summary>It could not be found out.</summary>
    Failure,
}

/// <summary>How one link ended. Immutable.</summary>
internal sealed class LinkOutcome
{
    /// <summary>The end.</summary>
    public required LinkEnd End { get; init; }

    /// <summary>Aliases and answer, in their order.</summary>
    public AnswerSet[] Sets { get; init; } = [];

    /// <summary>The name at the end of the aliases.</summary>
    public DomainName LastName { get; init; }

    /// <summary>The denial, for NoData and NameError.</summary>
    public CachedDenial? Denial { get; init; }

    /// <summary>Why it failed, or what clients are told beside the answer.</summary>
    public ExtendedError? Error { get; init; }

    /// <summary>True for a failure that says: a chain of trust exists and is broken.</summary>
    public bool IsBogus { get; init; }

    /// <summary>What validation found: the status of the part that is the least to be believed.</summary>
    public SecurityStatus Security
    {
        get
        {
            SecurityStatus least = End != LinkEnd.Failure ? SecurityStatus.Secure
                : IsBogus ? SecurityStatus.Bogus
                : SecurityStatus.Indeterminate;
            foreach (AnswerSet set in Sets)
            {
                least = SecurityOrder.Weaker(least, set.Security);
            }

            SecurityStatus denial = IsLocal ? SecurityStatus.Insecure
                : StaleTtl > 0 ? SecurityStatus.Indeterminate
                : Denial?.Security ?? least;
            return Denial is null ? least : SecurityOrder.Weaker(least, denial);
        }
    }

    /// <summary>
    /// The first cause of a failure that was remembered: <see cref="Error"/> says then that it was.
    /// </summary>
    public ExtendedErrorCode? Cause { get; init; }

    /// <summary>Seconds that an expired denial is said to live; 0 for a fresh one.</summary>
    public uint StaleTtl { get; init; }

    /// <summary>True when it comes from built-in knowledge.</summary>
    public bool IsLocal { get; init; }

    /// <summary>True when it failed for the asker's own budget: says nothing of the question.</summary>
    public bool IsBudgetSpent { get; init; }

    /// <summary>The same with something to tell beside it.</summary>
    public LinkOutcome With(ExtendedError note) => new()
    {
        End = End,
        Sets = Sets,
        LastName = LastName,
        Denial = Denial,
        Error = note,
        IsLocal = IsLocal,
    };

    /// <summary>A failure of the question.</summary>
    public static LinkOutcome Failed(ExtendedErrorCode code, string text) =>
        new() { End = LinkEnd.Failure, Error = new ExtendedError(code, text) };

    /// <summary>A failure of one asker.</summary>
    public static LinkOutcome Spent(string text) => Barred(ExtendedErrorCode.NoReachableAuthority, text);

    /// <summary>A bound of this resolver keeps one asker from it.</summary>
    public static LinkOutcome Barred(string text) => Barred(ExtendedErrorCode.Other, text);

    /// <summary>One asker does not get it, for a cause that has a code.</summary>
    public static LinkOutcome Barred(ExtendedErrorCode code, string text) => new()
    {
        End = LinkEnd.Failure,
        Error = new ExtendedError(code, text),
        IsBudgetSpent = true,
    };
}
