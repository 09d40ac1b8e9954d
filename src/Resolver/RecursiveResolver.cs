// The face for embedders: a recursive resolver as an object. One named thread per loop, no statics;
// thread-safe.
using System;
using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Transport;
using Resolver.Wire;

namespace Resolver;

/// <summary>
/// A recursive, iterative, caching resolver (RFC 1034 §5.3.3, RFC 9499 §6). Make one and keep it; all members
/// are thread-safe.
/// </summary>
public sealed class RecursiveResolver : IAsyncDisposable
{
    private readonly ResolverWorks _works;
    private readonly StubQueryHandler _handler;
    private readonly AnchorKeeping? _keeping;
    private readonly Lock _gate = new();
    private Task? _ending;

    private RecursiveResolver(ResolverOptions options)
    {
        _works = new ResolverWorks(options);
        _handler = new StubQueryHandler(_works, new OpenPolicy());
        _keeping = options.Validation && options.StateDirectory.Length > 0
            ? new AnchorKeeping(this, options)
            : null;
    }

    private bool HasEnded => Volatile.Read(ref _ending) is not null;

    /// <summary>The parts, for the program and for tests.</summary>
    internal ResolverWorks Works => _works;

    /// <summary>Makes a resolver and starts it.</summary>
    /// <exception cref="ArgumentException">Options that contradict each other.</exception>
    public static RecursiveResolver Create(ResolverOptions options)
    {
        RecursiveResolver resolver = Build(options);
        resolver.Start();
        return resolver;
    }

    /// <summary>
    /// Resolves a name to its records of a type. NXDOMAIN, SERVFAIL and the like are results; only
    /// cancellation and misuse throw. Completes synchronously when the caches have the answer.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was
    /// cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The resolver ended before the answer came.</exception>
    public ValueTask<Resolution> ResolveAsync(
        DomainName name, RRType type, QueryOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= QueryOptions.Default;
        cancellation.ThrowIfCancellationRequested();
        Question question = new(name, type, default);
        bool mayBeLocal = !options.Trace || MetaType.Covers(type);
        if (mayBeLocal && TryResolveLocally(question, options, out Resolution? known))
        {
            return new ValueTask<Resolution>(known);
        }

        return options.CacheOnly
            ? new ValueTask<Resolution>(NotCached(options))
            : new ValueTask<Resolution>(new EmbeddedQuery(_works, question, options).RunAsync(cancellation));
    }

    /// <summary>What the caches have, without asking anybody.</summary>
    /// <exception cref="ObjectDisposedException">The resolver has ended.</exception>
    public bool TryGetCached(DomainName name, RRType type, out Resolution resolution)
    {
        ObjectDisposedException.ThrowIf(HasEnded, this);
        bool known = TryResolveLocally(new Question(name, type, default), QueryOptions.Default, out Resolution? found);
        resolution = found ?? NotCached(QueryOptions.Default);
        return known;
    }

    /// <summary>
    /// Answers a query in wire form as a server would over TCP: up to 65,535 octets, never TC. A malformed
    /// query gets FORMERR; one without a readable header, and a response, get nothing.
    /// </summary>
    public async ValueTask AnswerAsync(
        ReadOnlyMemory<byte> query, IBufferWriter<byte> reply, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reply);
        InProcessTicket ticket = new();
        await using CancellationTokenRegistration end =
            _works.End.UnsafeRegister(static t => ((InProcessTicket)t!).Fail(), ticket);
        ReadOnlyMemory<byte> answer = await ticket.AnswerAsync(_works.Engines[0].Parts.Loop, _handler, query)
            .WaitAsync(cancellation);
        reply.Write(answer.Span);
    }

    /// <summary>
    /// Forgets what the caches hold of a name and of everything below it, and what denies that they exist.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The resolver has ended.</exception>
    public void Flush(DomainName name)
    {
        ObjectDisposedException.ThrowIf(HasEnded, this);
        _ = _works.Caches.Flush(name);
    }

    /// <summary>
    /// Stops the resolver; questions under way end in <see cref="ObjectDisposedException"/>. May be called
    /// more than once.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _ending ??= EndAsync();
            return new ValueTask(_ending);
        }
    }

    private async Task EndAsync()
    {
        if (_keeping is not null)
        {
            await _keeping.DisposeAsync();
        }

        await _works.DisposeAsync();
    }

    /// <summary>Makes a resolver that is not started yet, so that it can be made to listen.</summary>
    internal static RecursiveResolver Build(ResolverOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new RecursiveResolver(options);
    }

    /// <summary>Starts the loops.</summary>
    internal void Start()
    {
        _works.Start();
        _keeping?.Start();
    }

    /// <summary>
    /// Goes over to the forward zones, stub zones, private addresses and private domains of other options,
    /// whose other members are not looked at.
    /// </summary>
    internal void Adopt(ResolverOptions options)
    {
        options.Check();
        _works.Adopt(EngineSettings.RulesFrom(options));
    }

    /// <summary>
    /// The listeners of this resolver, to which addresses are added before it starts. Fails on a network
    /// without sockets.
    /// </summary>
    internal QueryListeners MakeListeners(IQueryPolicy policy)
    {
        LoopGroup group = _works.Network.Group
            ?? throw new InvalidOperationException("This network has no sockets to listen on.");
        StubQueryHandler handler = new(_works, policy);
        QueryListeners listeners = new(group, _ => handler.Handle, _works.Limits);
        _works.Meter.Transport.Listeners = listeners;
        return listeners;
    }

    private bool TryResolveLocally(
        Question question, QueryOptions options, [NotNullWhen(true)] out Resolution? known)
    {
        if (MetaType.Covers(question.Type))
        {
            ResolutionOutcome none =
                new() { Rcode = MetaType.RcodeOf(question.Type), Error = StubErrors.MetaType };
            known = ResolutionFormer.Form(none, options, null, 0);
            return true;
        }

        LoopEngine engine = _works.HomeOf(question);
        ResolutionOutcome? outcome = engine.Known.TryResolve(question, options.CheckingDisabled);
        long now = engine.Parts.Loop.Time.GetTimestamp();
        known = outcome is null ? null : ResolutionFormer.Form(outcome, options, null, now);
        if (outcome is not null)
        {
            _works.Prefetcher?.Consider(question, outcome, now);
        }

        return known is not null;
    }

    private static Resolution NotCached(QueryOptions options) => ResolutionFormer.Form(
        new ResolutionOutcome
        {
            Rcode = Rcode.ServFail,
            Error = new ExtendedError(ExtendedErrorCode.Other, "not in the cache, and nobody may be asked"),
        },
        options,
        null,
        0);
}
