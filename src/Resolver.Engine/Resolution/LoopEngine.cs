// The engine of one loop: answers a question by following its aliases, each link from the caches, by joining
// a walk under way or by a walk of its own. RFC 1034 §5.3.3 steps 1 and 4c; everything on the loop, without a
// lock.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Resolves questions on one loop.</summary>
internal sealed class LoopEngine : IDisposable
{
    private readonly ILogger _logger;
    private readonly RootServers _root;

    public LoopEngine(EngineOptions options, LoopParts parts, ILogger logger)
    {
        Options = options;
        Parts = parts;
        _logger = logger;
        Table = new ResolutionTable(options.Limits);
        Classifier = new ResponseClassifier(options.Limits);
        Memory = new ServerMemory(parts.Histories, options.Limits, parts.Loop);
        StandIn = new StandIn(options, parts);
        Store = new ReplyStore(parts.Caches, parts.Local, StandIn);
        Validator = new Validator(this);
        Judge = new ContentJudge(this);
        Ranges = new RangeDenial(options, parts);
        NameServerSelector selector = new(parts.Histories, parts.Random, options.Limits);
        Room = new IterationRoom(options, selector, parts);
        Watchdog = new Watchdog(this);
        _root = new RootServers(this);
        Late = new LateWatch(parts.Loop);
        Spares = new WalkSpares(this);
        Known = new LocalAnswers(this);
        Refresher = new Refresher(this);
        Requests = new RequestWriter(parts, options);
    }

    /// <summary>The settings.</summary>
    public EngineOptions Options { get; }

    /// <summary>Loop, randomness and the shared stores.</summary>
    public LoopParts Parts { get; }

    /// <summary>The questions in flight.</summary>
    public ResolutionTable Table { get; }

    /// <summary>Classifies replies.</summary>
    public ResponseClassifier Classifier { get; }

    /// <summary>Writes the memory of servers.</summary>
    public ServerMemory Memory { get; }

    /// <summary>Stores what replies bring.</summary>
    public ReplyStore Store { get; }

    /// <summary>Judges what walks find.</summary>
    public Validator Validator { get; }

    /// <summary>Has what walks find judged, and says what follows.</summary>
    public ContentJudge Judge { get; }

    /// <summary>Denials made of proven ranges.</summary>
    public RangeDenial Ranges { get; }

    /// <summary>Expired data that stands in for what cannot be had.</summary>
    public StandIn StandIn { get; }

    /// <summary>Renews popular answers.</summary>
    public Refresher Refresher { get; }

    /// <summary>Answers without asking anybody.</summary>
    public LocalAnswers Known { get; }

    /// <summary>What walks borrow.</summary>
    public WalkSpares Spares { get; }

    /// <summary>What walks may look at.</summary>
    public IterationRoom Room { get; }

    /// <summary>Writes queries to servers.</summary>
    public RequestWriter Requests { get; }

    /// <summary>Watches for late replies.</summary>
    public LateWatch Late { get; }

    /// <summary>Ends walks that do not end by themselves.</summary>
    public Watchdog Watchdog { get; }

    private long Now => Parts.Loop.Time.GetTimestamp();

    /// <summary>A full budget for a query that begins now.</summary>
    public WorkBudget MakeBudget(TimeSpan? timeout = null)
    {
        TimeSpan limit = TimeSpan.FromMilliseconds(Options.Limits.QueryDeadlineMilliseconds);
        TimeSpan span = timeout is { } wish && wish < limit ? wish : limit;
        return new WorkBudget(Options.Limits, Now + span.Ticks);
    }

    /// <summary>
    /// Asks the root's servers for themselves (RFC 9609), unless that is known or under way.
    /// </summary>
    public Task PrimeAsync() => _root.PrimeAsync();

    /// <summary>Where the walk for a question begins.</summary>
    public Delegation FindStart(Question question) => _root.FindStart(question);

    /// <summary>Answers a question, aliases followed. Never throws for anything the network does.</summary>
    public async ValueTask<ResolutionOutcome> ResolveAsync(Question question, Asker asker)
    {
        AnswerChain chain = Begin(question, asker);
        while (true)
        {
            bool isFull = asker.Budget.IsFull;
            LinkOutcome link = await ResolveLinkAsync(chain.Link, asker);
            if (TakeLink(chain, link, asker, isFull) is { } outcome)
            {
                return outcome;
            }
        }
    }

    /// <summary>Begins the chain of a question, whose links are resolved and taken in one by one.</summary>
    public AnswerChain Begin(Question question, Asker asker, AnswerChain? spare = null)
    {
        Tell.Started(asker, question);
        return (spare ?? new AnswerChain(Options.Limits)).Begin(question, asker.IsSpared);
    }

    /// <summary>
    /// Takes in how a link ended, for which the budget was full or not: the whole outcome, or null when an
    /// alias leads on to <see cref="AnswerChain.Link"/>.
    /// </summary>
    public ResolutionOutcome? TakeLink(AnswerChain chain, LinkOutcome outcome, Asker asker, bool wasFull)
    {
        Question link = chain.Link;
        outcome = StandIn.For(outcome, link, asker, wasFull);
        chain.Append(outcome, link.Name);
        if (outcome.End != LinkEnd.Alias)
        {
            return Finish(chain.Question, asker, chain, outcome);
        }

        Tell.AliasFollowed(asker, link, outcome.LastName);
        chain.Link = link.For(outcome.LastName);
        if (chain.WhyItEnds(chain.Link.Name) is not { } text)
        {
            return null;
        }

        Tell.Limit(asker, chain.Link, text);
        return Finish(chain.Question, asker, chain, LinkOutcome.Failed(ExtendedErrorCode.Other, text));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Late.Dispose();
        Watchdog.Dispose();
    }

    /// <summary>Answers a question by what is known or by a walk, aliases not followed.</summary>
    public ValueTask<LinkOutcome> ResolveLinkAsync(Question link, Asker asker) =>
        FindLocally(link, asker, out LinkOutcome? seen) is { } found
            ? new ValueTask<LinkOutcome>(found)
            : WalkAsync(link, asker, seen);

    /// <summary>Logs a fault in the engine itself.</summary>
    public void Report(Exception fault, Question question) =>
        EngineLog.Fault(_logger, question.ToString(), fault);

    /// <summary>Logs a walk that did not end by itself, with its steps.</summary>
    public void ReportOverdue(Walk walk)
    {
        if (_logger.IsEnabled(LogLevel.Critical))
        {
            EngineLog.Overdue(_logger, walk.Question.ToString(), TraceLines.Format(walk.Waiters.OwnersTrace));
        }
    }

    /// <summary>Logs that the root's servers could not be asked for themselves.</summary>
    public void ReportPriming(string reason) => EngineLog.PrimingFailed(_logger, reason);

    /// <summary>The end of a question: its answer, guarded and told.</summary>
    public ResolutionOutcome Finish(Question question, Asker asker, AnswerChain chain, LinkOutcome last)
    {
        ExtendedError? guarded = last.End == LinkEnd.Failure ? null : Guard(question, asker, chain.Sets);
        ResolutionOutcome outcome = chain.Finish(last, guarded);
        Tell.Finished(asker, question, outcome);
        return outcome;
    }

    /// <summary>
    /// What built-in knowledge or the caches say of one link; null when they say nothing. What is found but
    /// was not validated yet is handed on in <paramref name="seen"/>, for those who need it validated.
    /// </summary>
    public LinkOutcome? FindLocally(Question link, Asker asker, out LinkOutcome? seen)
    {
        seen = null;
        if (Parts.Local.TryAnswerLocally(link, out LinkOutcome? local))
        {
            Tell.LocalAnswer(asker, link, local.End.ToString());
            return local;
        }

        _ = Parts.Local.TryFind(link, Now, out LinkOutcome? found);
        if (Validator.Admit(ref found, link, asker, out seen))
        {
            Tell.CacheHit(asker, link, found.End.ToString());
            return found;
        }

        if (seen is null && Ranges.Find(link, asker) is { } denied)
        {
            Tell.Denied(asker, link, denied);
            return denied;
        }

        return null;
    }

    /// <summary>Joins the walk for one link, or begins it with what was seen of it already.</summary>
    public ValueTask<LinkOutcome> WalkAsync(Question link, Asker asker, LinkOutcome? seen)
    {
        switch (Table.Join(link, asker, out Walk? walk))
        {
            case JoinVerdict.Join:
                Parts.Counts.Join();
                Tell.Joined(asker, link);
                return walk!.WaitAsync(asker);
            case JoinVerdict.Served:
                return new ValueTask<LinkOutcome>(walk!.Content!);
            case JoinVerdict.Cycle:
                return RefuseAsync(
                    asker, link, LinkOutcome.Spent("name servers depend on each other in a circle"));
            case JoinVerdict.Crowded:
                return RefuseAsync(asker, link, LinkOutcome.Barred("limit max-waiters-per-resolution met"));
            case JoinVerdict.Begin when asker.Depth - asker.ChainDepth > Options.Limits.MaxRecursionDepth:
                return RefuseAsync(asker, link, LinkOutcome.Barred("limit max-recursion-depth met"));
            case JoinVerdict.Begin when Parts.Counts.InFlight >= MostInFlight(asker):
                return RefuseAsync(asker, link, LinkOutcome.Barred("limit max-resolutions-in-flight met"));
            case JoinVerdict.Begin when !asker.Budget.TrySpendWalk():
                return RefuseAsync(asker, link, LinkOutcome.Barred("limit max-walks met"));
            case JoinVerdict.Begin:
                return BeginWalkAsync(link, asker, seen);
            default:
                throw new InvalidOperationException("no such verdict");
        }
    }

    // A quarter of the places is kept for clients' own questions: resolutions that need many others must not
    // keep out those that need none.
    private int MostInFlight(Asker asker) => asker.Depth == 0
        ? Options.Limits.MaxResolutionsInFlight
        : Options.Limits.MaxResolutionsInFlight / 4 * 3;

    private ValueTask<LinkOutcome> BeginWalkAsync(Question link, Asker asker, LinkOutcome? seen)
    {
        Watchdog.Watch();
        Delegation start = FindStart(link);
        if (start.Tally.TryEnter(Options.Limits, Parts.Loop) is not ZoneVerdict.Admitted and var verdict)
        {
            return RefuseAsync(asker, link, LinkOutcome.Barred(ZoneTally.Describe(verdict, start.Zone)));
        }

        Tell.ZoneEntered(asker, link, start);

        // In lower case: what is stored must not show how its first client spelt it.
        Walk walk = new(this, link.For(link.Name.ToCanonical()), start) { Content = seen };
        Table.Add(walk);
        ValueTask<LinkOutcome> outcome = walk.WaitAsync(asker);
        walk.Run();
        return outcome;
    }

    private static ValueTask<LinkOutcome> RefuseAsync(Asker asker, Question link, LinkOutcome refusal)
    {
        Tell.Limit(asker, link, refusal.Error!.Text);
        return new ValueTask<LinkOutcome>(refusal);
    }

    // For clients: a server's address that the resolver needs for itself is do-not-query's matter.
    private ExtendedError? Guard(Question question, Asker asker, List<AnswerSet> answer)
    {
        LocalRules rules = Parts.Local.Rules;
        if (rules.Guard is null || asker.Depth > 0 || rules.Guard.Apply(answer, rules.Zones) is not { } told)
        {
            return null;
        }

        Tell.Guarded(asker, question, told.Text);
        return told;
    }
}
