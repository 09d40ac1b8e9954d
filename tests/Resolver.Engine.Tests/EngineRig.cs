// An engine on a test loop over scripted servers, and short words for records.
using System;
using System.Net;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging.Abstractions;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver.Engine.Tests;

/// <summary>Everything a test of the walk needs.</summary>
internal sealed class EngineRig : IDisposable
{
    public const string RootAddress = "198.41.0.4";

    public EngineRig(Func<EngineOptions, EngineOptions>? change = null, TrustAnchors? anchors = null)
    {
        EngineOptions options = new()
        {
            RootHints = [new RootHint(DomainName.Parse("a.root-servers.net."), [InetAddress.Parse(RootAddress)])],
            Primes = false,
        };
        Options = change?.Invoke(options) ?? options;
        Servers = new ScriptedServers(Loop);
        Loop.Upstream = Servers;
        Caches = new ResolverCaches(CacheOptions.Default, Options.Limits, new CryptographicRandomSource());
        Histories = new ServerHistoryStore(Options.Limits, new CryptographicRandomSource());
        LoopParts parts = new(
            Loop,
            new CryptographicRandomSource(),
            Caches,
            Histories,
            new LocalSources(Caches, Options),
            Counts)
        {
            Trust = new TrustState(
                anchors ?? TrustAnchors.None,
                new(KeyLibrary.Of(new FrameworkImporter(), ValidationPolicy.Of(Options.Limits))),
                new NegativeTrustAnchors()),
        };
        Engine = new LoopEngine(Options, parts, NullLogger.Instance);
    }

    public EngineOptions Options { get; }

    public TestLoop Loop { get; } = new();

    public ScriptedServers Servers { get; }

    public ResolverCaches Caches { get; }

    public ServerHistoryStore Histories { get; }

    public EngineCounts Counts { get; } = new();

    public LoopEngine Engine { get; }

    public static DomainName Name(string text) => DomainName.Parse(text);

    public static RRset Set(string owner, RRType type, uint ttl, params byte[][] rdatas)
    {
        RRsetBuilder builder = new();
        builder.Begin(Name(owner).Wire, type, RRClass.IN);
        foreach (byte[] rdata in rdatas)
        {
            builder.Add(rdata, ttl);
        }

        return builder.Build();
    }

    public static RRset A(string owner, string address, uint ttl = 300) =>
        Set(owner, RRType.A, ttl, IPAddress.Parse(address).GetAddressBytes());

    public static RRset NS(string owner, string server, uint ttl = 3600) =>
        Set(owner, RRType.NS, ttl, Name(server).Wire.ToArray());

    public static RRset Cname(string owner, string target, uint ttl = 300) =>
        Set(owner, RRType.Cname, ttl, Name(target).Wire.ToArray());

    public static RRset Soa(string owner, uint minimum = 60) => Set(owner, RRType.Soa, 3600,
        [.. Name("ns." + owner.TrimStart('.')).Wire, .. Name("admin." + owner.TrimStart('.')).Wire,
            0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, (byte)minimum]);

    public static ScriptedReply Referral(string zone, string server, string? glue = null)
    {
        ScriptedReply reply = new() { Flags = HeaderFlags.None };
        reply.Add(MessageSection.Authority, NS(zone, server));
        return glue is null ? reply : reply.Add(MessageSection.Additional, A(server, glue));
    }

    public static ScriptedReply Answer(params RRset[] sets)
    {
        ScriptedReply reply = new();
        foreach (RRset set in sets)
        {
            reply.Add(MessageSection.Answer, set);
        }

        return reply;
    }

    public static ScriptedReply Deny(string zone, Rcode rcode) =>
        new ScriptedReply { Rcode = rcode }.Add(MessageSection.Authority, Soa(zone));

    public (ResolutionOutcome Outcome, TimeSpan Took, int Queries) Resolve(string name, RRType type, Trace? trace = null)
    {
        int before = Servers.Seen.Count;
        ValueTask<ResolutionOutcome> work = Engine.ResolveAsync(
            new Question(Name(name), type, default), new Asker(Engine.MakeBudget(), trace, 0, null));
        Task<ResolutionOutcome> task = work.AsTask();
        TimeSpan took = Loop.Run(() => task.IsCompleted);
        return (task.GetAwaiter().GetResult(), took, Servers.Seen.Count - before);
    }

    public void Dispose()
    {
        Engine.Dispose();
        Caches.Dispose();
    }
}
