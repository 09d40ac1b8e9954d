// Caches, names, RRsets and answers to test with.
using System;
using System.Buffers.Binary;
using System.Collections.Immutable;
using Resolver.Wire;

namespace Resolver.Engine.Tests;

internal static class CacheSamples
{
    public const long Second = TimeSpan.TicksPerSecond;

    public static ResolverCaches NewCaches(CacheOptions? options = null, ResolverLimits? limits = null) =>
        new(options ?? new CacheOptions { Size = 16L << 20 }, limits ?? ResolverLimits.Default,
            new SeededSource(1));

    public static byte[] Name(string text) => DomainName.Parse(text).Wire.ToArray();

    public static RRset Address(string owner, uint ttl, params byte[] lastOctets)
    {
        RRsetBuilder builder = new();
        builder.Begin(Name(owner), RRType.A, RRClass.IN);
        foreach (byte last in lastOctets)
        {
            builder.Add([192, 0, 2, last], ttl);
        }

        return builder.Build();
    }

    public static RRset Soa(string zone, uint ttl, uint minimum)
    {
        byte[] rdata = new byte[2 + (5 * sizeof(uint))];
        BinaryPrimitives.WriteUInt32BigEndian(rdata.AsSpan(rdata.Length - sizeof(uint)), minimum);
        RRsetBuilder builder = new();
        builder.Begin(Name(zone), RRType.Soa, RRClass.IN);
        builder.Add(rdata, ttl);
        return builder.Build();
    }

    public static CachedRRset StoreAddress(
        this ResolverCaches caches, string owner, byte last, (uint Ttl, DataRank Rank, long Now) how) =>
        caches.RRsets.Store(Address(owner, how.Ttl, last), how.Rank, SecurityStatus.Unchecked, how.Now);

    /// <summary>True when both are one set of data, though perhaps two objects.</summary>
    public static bool SaysWhat(this CachedRRset set, CachedRRset other) =>
        set.Set.HasSameRecords(other.Set)
        && NameOctets.EqualsIgnoreCase(set.Set.Owner, other.Set.Owner)
        && set.Set.Type == other.Set.Type
        && (set.Rank, set.Security, set.Ttl, set.StoredAt, set.ExpiresAt)
            == (other.Rank, other.Security, other.Ttl, other.StoredAt, other.ExpiresAt);

    public static CachedDenial StoreDenial(
        this ResolverCaches caches, string owner, DenialKind kind, DenialEvidence evidence) =>
        caches.Denials.Store(new DenialSubject(Name(owner), RRType.A, kind), evidence, 0);

    public static Delegation NewDelegation(string zone, long expiresAt) => new(
        DomainName.Parse(zone),
        new DelegationDraft()
            .AddServer(Name("ns1." + zone.TrimStart('.')))
            .AddAddress(InetAddress.Parse("192.0.2.53"))
            .Octets,
        expiresAt);

    public static ImmutableArray<byte> Answer(CachedRRset part, long now)
    {
        byte[] buffer = new byte[4096];
        MessageWriter writer = new(buffer);
        _ = writer.TryWriteQuestion(part.Set.Owner, part.Set.Type, RRClass.IN);
        _ = writer.TryWriteRRset(MessageSection.Answer, part.Set, part.RemainingTtl(now), false);
        HeaderFlags flags = HeaderFlags.Response | HeaderFlags.RecursionDesired;
        int length = writer.Finish(0, MessageHeader.MakeWord(flags, Opcode.Query, new Rcode(0)));
        return [.. buffer.AsSpan(0, length)];
    }

    public static AnswerKey Key(this AnswerCache answers, ReadOnlySpan<byte> name) => answers.KeyOf(
        new QuestionName(name, RRType.A, RRClass.IN), AnswerFlags.RecursionDesired, default);

    public static bool StoreAnswer(this ResolverCaches caches, CachedRRset part, long now) =>
        caches.Answers.Store(
            caches.Answers.Key(part.Set.Owner), Answer(part, now).AsSpan(), [part], now);

    public static bool HasAnswer(this ResolverCaches caches, string name, long now) => caches.Answers.TryCopy(
        caches.Answers.Key(Name(name)), now, new byte[4096], out _);
}
