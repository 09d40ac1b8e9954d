// The work that one client query may cause, as one object passed into everything it causes: alias restarts,
// name server addresses, retries, validation. It only shrinks; nothing on the way may reset or re-create it.
// Reason: NXNSAttack, NRDelegation, CAMP and KeyTrap were loops that some counter forgot.
using System;
using System.Globalization;
using Resolver.Dnssec;

namespace Resolver.Engine;

/// <summary>Which limit of a budget was met.</summary>
internal enum BudgetLimit : byte
{
    /// <summary>None: work may go on.</summary>
    None,

    /// <summary>Exchanges with name servers.</summary>
    Exchanges,

    /// <summary>Octets received from name servers.</summary>
    Octets,

    /// <summary>Walks begun.</summary>
    Walks,

    /// <summary>Time.</summary>
    Deadline,

    /// <summary>The client is gone or gave up.</summary>
    Cancelled,
}

/// <summary>The budget of one client query. Used on one loop.</summary>
internal sealed class WorkBudget
{
    /// <summary>What is left for signatures and hashes; passed by reference to whatever spends it.</summary>
    public CryptoBudget Crypto;

    private readonly int _maxExchanges;
    private readonly int _maxFailures;
    private readonly int _maxWalks;
    private int _octetsLeft;
    private int _walks;

    /// <summary>A full budget that ends at <paramref name="deadline"/> (a timestamp).</summary>
    public WorkBudget(ResolverLimits limits, long deadline)
        : this(limits, deadline, limits.MaxExchanges)
    {
    }

    /// <summary>A budget of so many exchanges.</summary>
    public WorkBudget(ResolverLimits limits, long deadline, int maxExchanges)
    {
        _maxExchanges = maxExchanges;
        _octetsLeft = limits.MaxUpstreamOctets;
        _maxWalks = limits.MaxWalks;
        Deadline = deadline;
        Crypto = new CryptoBudget
        {
            ChecksLeft = limits.MaxSignatureChecks,
            FailuresLeft = limits.MaxSignatureFailures,
            HashUnitsLeft = limits.MaxNsec3HashUnits,
        };
        _maxFailures = limits.MaxSignatureFailures;
    }

    /// <summary>Timestamp at which the client has its answer or nothing.</summary>
    public long Deadline { get; }

    /// <summary>Exchanges counted so far.</summary>
    public int Exchanges { get; private set; }

    /// <summary>Exchanges still allowed.</summary>
    public int ExchangesLeft => _maxExchanges - Exchanges;

    /// <summary>The part of the exchanges that is left, 0 to 1.</summary>
    public double Headroom => Math.Max(0, (double)ExchangesLeft / _maxExchanges);

    /// <summary>
    /// True until the first exchange or the second walk: a failure met by a full budget is the question's
    /// own.
    /// </summary>
    public bool IsFull => Exchanges == 0 && _walks <= 1;

    /// <summary>True once nobody wants the result.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Nobody wants the result any more.</summary>
    public void Cancel() => IsCancelled = true;

    /// <summary>Counts one exchange about to be made.</summary>
    public void SpendExchange() => Exchanges++;

    /// <summary>
    /// Counts one walk about to begin; false when it may not, which spends the budget: others who wait for
    /// the walk that asked pay from theirs.
    /// </summary>
    public bool TrySpendWalk() => ++_walks <= _maxWalks;

    /// <summary>Counts octets received.</summary>
    public void SpendOctets(int octets) => _octetsLeft -= octets;

    /// <summary>
    /// True until the first signature that fails: what a full budget finds bogus is bogus for everyone.
    /// </summary>
    public bool HasFailedNoCheck => Crypto.FailuresLeft == _maxFailures;

    /// <summary>Counts checks that were made elsewhere than on the loop.</summary>
    public void SpendChecks(int checks, int failures)
    {
        Crypto.ChecksLeft -= checks;
        Crypto.FailuresLeft -= failures;
    }

    /// <summary>The limit that stands in the way of one more exchange.</summary>
    public BudgetLimit Check(long now) =>
        IsCancelled ? BudgetLimit.Cancelled
        : now >= Deadline ? BudgetLimit.Deadline
        : ExchangesLeft <= 0 ? BudgetLimit.Exchanges
        : _octetsLeft <= 0 ? BudgetLimit.Octets
        : _walks > _maxWalks ? BudgetLimit.Walks
        : BudgetLimit.None;

    /// <summary>Time left before the deadline, not below zero.</summary>
    public TimeSpan TimeLeft(long now) => new(Math.Max(0, Deadline - now));

    /// <summary>The limit's sentence, for the extended error.</summary>
    public string Describe(BudgetLimit limit) => limit switch
    {
        BudgetLimit.Exchanges =>
            string.Create(CultureInfo.InvariantCulture, $"limit max-exchanges ({_maxExchanges}) met"),
        BudgetLimit.Octets => "limit max-upstream-octets met",
        BudgetLimit.Walks => "limit max-walks met",
        BudgetLimit.Deadline => "limit query-deadline-ms met",
        BudgetLimit.Cancelled => "cancelled",
        BudgetLimit.None => "within limits",
        _ => throw new ArgumentOutOfRangeException(nameof(limit)),
    };
}
