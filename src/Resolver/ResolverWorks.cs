// The parts of one resolver put together: composition by hand, readable from top to bottom. Shared by all
// loops: caches, memory of servers, counts. By loop: engine and runner. Nothing static: two resolvers live in
// one process.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Resolver.Dnssec;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>One resolver's parts.</summary>
internal sealed class ResolverWorks : IAsyncDisposable
{
    private readonly NetworkRun _network;
    private readonly QueryRunner[] _runners;
    private readonly LoopEngine[] _engines;
    private readonly KnownAnswers[] _known;
    private readonly ulong _homeKey;

    // Without a timer, so that it needs no disposal; whoever comes after the end finds it cancelled.
    private readonly CancellationTokenSource _end = new();

    public ResolverWorks(ResolverOptions options)
    {
        options = (options.Network ?? ResolverNetwork.System).Adapt(options);
        options.Check();
        Limits = options.Limits;
        ILogger logger = options.LoggerFactory.CreateLogger("Resolver");
        EngineOptions engineOptions = EngineSettings.From(options);
        Counts = new EngineCounts();
        Shares = new QueryShares(options.Limits.MaxWaitingQueries);
        Failures = new FailureRecords(options.Limits);
        Trust = TrustSettings.From(options, ValidationPolicy.Of(options.Limits));
        Finisher = new ReplyFinisher(options.Limits, options.Identity);
        Chaos = new ChaosAnswers(options.Version, options.Identity);
        _network = (options.Network ?? ResolverNetwork.System).Open(
            new NetworkRequest(options, (_, fault) => EngineLog.LoopFault(logger, fault)));

        // Randomness of the network, not of the system: in simulation one seed decides all.
        IRandomSource random = _network.MakeRandom(0);
        Histories = new ServerHistoryStore(options.Limits, random);
        Caches = new ResolverCaches(EngineSettings.CachesFrom(options), options.Limits, random);
        IReadOnlyList<ILoop> loops = _network.Loops;
        LocalSources local = new(Caches, engineOptions);
        _engines = new LoopEngine[loops.Count];
        _runners = new QueryRunner[loops.Count];
        _known = new KnownAnswers[loops.Count];
        LatePace pace = new(Limits);
        for (int i = 0; i < loops.Count; i++)
        {
            LoopParts parts = new(loops[i], _network.MakeRandom(i), Caches, Histories, local, Counts)
            {
                Trust = Trust,
            };
            _engines[i] = new LoopEngine(engineOptions, parts, logger);
            _runners[i] = new QueryRunner(_engines[i], Finisher, Failures, pace);
            _known[i] = new KnownAnswers(_engines[i], Finisher);
        }

        Prefetcher = options.Prefetch ? new Prefetcher(this, loops) : null;
        _homeKey = ((ulong)random.NextUInt32() << 32) | random.NextUInt32();
        ImmutableArray<SipHash24> secrets = ServerCookies.ReadSecrets(options.CookieSecrets);
        Cookies = new ServerCookies(secrets.IsEmpty ? [SipHash24.Draw(random)] : secrets);
        RateLimit = options.ClientQueriesPerSecond > 0
            ? new ClientRateLimit(options.ClientQueriesPerSecond, EntryKey.DrawSecret(random))
            : null;
        Clients = new ClientRecords(loops.Count);
        Meter = new ResolverMeter(options.MeterFactory, this);
    }

    /// <summary>The limits.</summary>
    public ResolverLimits Limits { get; }

    /// <summary>All caches.</summary>
    public ResolverCaches Caches { get; }

    /// <summary>What is remembered of servers.</summary>
    public ServerHistoryStore Histories { get; }

    /// <summary>Counts of work.</summary>
    public EngineCounts Counts { get; }

    /// <summary>Who may have how many queries waiting.</summary>
    public QueryShares Shares { get; }

    /// <summary>The cookies of replies.</summary>
    public ServerCookies Cookies { get; }

    /// <summary>How many queries of a client are answered; null: all.</summary>
    public ClientRateLimit? RateLimit { get; }

    /// <summary>The last failed queries.</summary>
    public FailureRecords Failures { get; }

    /// <summary>What is noted of client queries.</summary>
    public ClientRecords Clients { get; }

    /// <summary>The instruments.</summary>
    public ResolverMeter Meter { get; }

    /// <summary>Client queries that wait for a reply.</summary>
    public int Waiting => _runners.Sum(static r => r.Waiting);

    /// <summary>How long the oldest of them has waited; zero when none waits.</summary>
    public TimeSpan OldestAge
    {
        get
        {
            long now = _engines[0].Parts.Loop.Time.GetTimestamp();
            long full = Limits.QueryDeadlineMilliseconds * TimeSpan.TicksPerMillisecond;
            long oldest = _runners.Max(r => r.OldestDeadline is { } deadline ? now - (deadline - full) : 0);
            return new TimeSpan(Math.Max(0, oldest));
        }
    }

    /// <summary>What is trusted.</summary>
    public TrustState Trust { get; }

    /// <summary>Finishes replies.</summary>
    public ReplyFinisher Finisher { get; }

    /// <summary>Answers of class CH.</summary>
    public ChaosAnswers Chaos { get; }

    /// <summary>Fetches popular answers ahead; null when that is off.</summary>
    public Prefetcher? Prefetcher { get; }

    /// <summary>Cancelled when no loop runs any more: who waits for one then waits in vain.</summary>
    public CancellationToken End => _end.Token;

    /// <summary>The network.</summary>
    public NetworkRun Network => _network;

    /// <summary>The engines by loop.</summary>
    public ImmutableArray<LoopEngine> Engines => [.. _engines];

    // Step 5: Join (a question has one home loop, so equal questions meet there)
    /// <summary>Hands a client query to its home loop.</summary>
    public void Begin(ILoop current, ClientQuery query)
    {
        QueryRunner runner = _runners[HomeIndexOf(query.Question)];
        if (runner.Loop == current)
        {
            runner.Run(query);
        }
        else
        {
            query.Runner = runner;
            runner.Loop.Post(static q => ((ClientQuery)q!).Runner!.Run((ClientQuery)q), query);
        }
    }

    /// <summary>What answers on a loop those who may not wait.</summary>
    public KnownAnswers KnownOn(ILoop loop) => _known[loop.Index];

    /// <summary>Takes a place for a query that has to wait.</summary>
    public ShareVerdict TryTakePlace(ILoop current, in ClientKey client)
    {
        ShareVerdict verdict = Shares.TryTake(client);
        return verdict == ShareVerdict.Full && _runners[current.Index].TryEndOldest()
            ? Shares.TryTake(client)
            : verdict;
    }

    /// <summary>The engine on which a question is worked on.</summary>
    public LoopEngine HomeOf(Question question) => _engines[HomeIndexOf(question)];

    /// <summary>Starts the loops, and asks the root's servers for themselves (RFC 9609).</summary>
    public void Start()
    {
        _network.Start();
        LoopEngine first = _engines[0];
        if (first.Options.Primes)
        {
            first.Parts.Loop.Post(static e => _ = ((LoopEngine)e!).PrimeAsync(), first);
        }
    }

    /// <summary>Goes over to other forward and stub zones and another rebinding guard.</summary>
    public void Adopt(LocalRules rules) => RulesChange.Run(Engines, rules);

    /// <summary>
    /// Forgets the verdicts at and below names whose anchors, or negative anchors, have changed.
    /// </summary>
    public Task DistrustAsync(IReadOnlyCollection<DomainName> names)
    {
        Trust.Touch();
        return TrustChange.RunAsync(Engines, names);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        await _end.CancelAsync();
        foreach (QueryRunner runner in _runners)
        {
            runner.Dispose();
        }

        foreach (LoopEngine engine in _engines)
        {
            engine.Dispose();
        }

        Meter.Dispose();
        Caches.Dispose();
    }

    private int HomeIndexOf(Question question) => question.HomeLoop(_homeKey, _engines.Length);
}
