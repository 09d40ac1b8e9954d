// What the stores cost per call, with a warm cache of realistic size: hits and misses of step 4, stores of
// step 11.
using System;
using BenchmarkDotNet.Attributes;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver.Benchmarks;

[MemoryDiagnoser]
public class CacheBenchmarks : IDisposable
{
    private const int Names = 1 << 16;

    private readonly byte[][] _names = new byte[Names][];
    private readonly byte[] _unknown = DomainName.Parse("www.not-there.example.com").Wire.ToArray();
    private readonly byte[] _copy = new byte[1232];
    private readonly CacheEntry[] _parts = new CacheEntry[1];
    private readonly byte[] _message = new byte[512];
    private ResolverCaches _caches = null!;
    private RRset _set;
    private int _next;

    [GlobalSetup]
    public void Fill()
    {
        _caches = new ResolverCaches(
            CacheOptions.Default, ResolverLimits.Default, new CryptographicRandomSource());
        for (int i = 0; i < Names; i++)
        {
            _names[i] = DomainName.Parse($"www.name-{i}.example.com").Wire.ToArray();
            RRsetBuilder builder = new();
            builder.Begin(_names[i], RRType.A, RRClass.IN);
            builder.Add([192, 0, 2, (byte)i], 3600);
            _set = builder.Build();
            CachedRRset part = _caches.RRsets.Store(_set, DataRank.AnswerAuth, SecurityStatus.Unchecked, 0);
            _parts[0] = part;
            _ = _caches.Answers.Store(KeyOf(_names[i]), Write(part), _parts, 0);
        }

        foreach (string zone in (string[])[".", "com", "example.com"])
        {
            _ = _caches.Delegations.Store(
                new Delegation(DomainName.Parse(zone), [], TimeSpan.TicksPerDay), 0);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _caches.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public bool Answer_hit() =>
        _caches.Answers.TryCopy(KeyOf(NextName()), TimeSpan.TicksPerSecond * 5, _copy, out _);

    [Benchmark]
    public bool Answer_hit_one_name() =>
        _caches.Answers.TryCopy(KeyOf(_names[7]), TimeSpan.TicksPerSecond * 5, _copy, out _);

    [Benchmark]
    public bool Answer_miss() => _caches.Answers.TryCopy(KeyOf(_unknown), 0, _copy, out _);

    [Benchmark]
    public bool Answer_store() => _caches.Answers.Store(KeyOf(_names[^1]), Message, _parts, 0);

    [Benchmark]
    public bool RRset_hit() => _caches.RRsets.TryGet(NextName(), RRType.A, 0, out _);

    [Benchmark]
    public bool RRset_hit_one_name() => _caches.RRsets.TryGet(_names[7], RRType.A, 0, out _);

    [Benchmark]
    public bool RRset_miss() => _caches.RRsets.TryGet(_unknown, RRType.A, 0, out _);

    [Benchmark]
    public bool Denial_miss() => _caches.Denials.TryGet(_unknown, RRType.A, 0, out _);

    [Benchmark]
    public bool Delegation_two_labels_up() => _caches.Delegations.TryGetClosest(_unknown, 0, out _);

    [Benchmark]
    public long RRset_store() =>
        _caches.RRsets.Store(_set, DataRank.AnswerAuth, SecurityStatus.Unchecked, 0).ExpiresAt;

    private int MessageLength { get; set; }

    private ReadOnlySpan<byte> Message => _message.AsSpan(0, MessageLength);

    // Steps through all names in an order that no prefetcher guesses: name, index, slot and epoch all come
    // from memory.
    private byte[] NextName() => _names[_next = (_next + 40503) % Names];

    private AnswerKey KeyOf(byte[] name) => _caches.Answers.KeyOf(
        new QuestionName(name, RRType.A, RRClass.IN), AnswerFlags.RecursionDesired, default);

    private ReadOnlySpan<byte> Write(CachedRRset part)
    {
        MessageWriter writer = new(_message);
        _ = writer.TryWriteQuestion(part.Set.Owner, RRType.A, RRClass.IN);
        _ = writer.TryWriteRRset(MessageSection.Answer, part.Set, 3600, false);
        MessageLength = writer.Finish(
            0, MessageHeader.MakeWord(HeaderFlags.Response, Opcode.Query, new Rcode(0)));
        return Message;
    }
}
