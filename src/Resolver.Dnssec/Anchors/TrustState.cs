// What a running resolver trusts, in one place that validation reads and roll-over, configuration and control
// write: anchors, negative anchors, the time floor and the means to check. Each part is immutable and swapped
// whole. While the clock is behind the floor, the names of time servers are spared: a clock that is set by
// names that cannot be judged before it is set would never be set.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>The trust of one resolver. Thread-safe.</summary>
internal sealed class TrustState
{
    private readonly Lazy<KeyLibrary> _library;
    private TrustAnchors _anchors;
    private int _generation;
    private long _floor;
    private bool _isClockWrong;

    /// <summary>
    /// A state with the anchors to begin with. The library is made when first needed: loading it takes
    /// milliseconds.
    /// </summary>
    public TrustState(TrustAnchors anchors, Lazy<KeyLibrary> library, NegativeTrustAnchors negative)
    {
        _anchors = anchors;
        _library = library;
        Negative = negative;
    }

    /// <summary>The cryptographic library and the policy that goes with it.</summary>
    public KeyLibrary Library => _library.Value;

    /// <summary>Where signatures are not judged.</summary>
    public NegativeTrustAnchors Negative { get; }

    /// <summary>At and below these names signatures are not judged while the clock is wrong.</summary>
    public ImmutableArray<DomainName> TimeServers { get; init; } = [];

    /// <summary>True while the clock is known to be behind the floor.</summary>
    public bool IsClockWrong => Volatile.Read(ref _isClockWrong);

    /// <summary>The anchors in force.</summary>
    public TrustAnchors Anchors => Volatile.Read(ref _anchors);

    /// <summary>Goes up with each change: what was judged under an older one is to be judged again.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>The least time that is believed.</summary>
    public TimeFloor Floor
    {
        get => new(Volatile.Read(ref _floor));
        set => Volatile.Write(ref _floor, value.Seconds);
    }

    /// <summary>Replaces the anchors.</summary>
    public void Replace(TrustAnchors anchors)
    {
        Volatile.Write(ref _anchors, anchors);
        Touch();
    }

    /// <summary>Says that a negative anchor began or ended.</summary>
    public void Touch() => Interlocked.Increment(ref _generation);

    /// <summary>The time by which signatures are judged, in seconds since 1970 modulo 2^32.</summary>
    public uint TimeAt(DateTimeOffset clock) =>
        unchecked((uint)Floor.Apply(clock.ToUnixTimeSeconds()));

    /// <summary>Sees whether the clock is behind the floor; true when it is.</summary>
    public bool JudgeClock(DateTimeOffset clock)
    {
        bool isWrong = Floor.IsWrong(clock.ToUnixTimeSeconds());
        Volatile.Write(ref _isClockWrong, isWrong);
        return isWrong;
    }

    /// <summary>
    /// True for a time server's name while the clock is wrong; the clock is looked at each time, so that it
    /// ends when the clock is set.
    /// </summary>
    public bool Spares(DomainName name, TimeProvider time) =>
        IsClockWrong && IsOfTimeServer(name) && JudgeClock(time.GetUtcNow());

    /// <summary>
    /// True when a secure answer has to be turned into SERVFAIL, because it is a sentinel's (RFC 8509 §3).
    /// </summary>
    public bool FailsSentinel(DomainName name, RRType type) =>
        KeySentinel.IsSentinel(name, type) && KeySentinel.MustFail(name, type, RootTags());

    private bool IsOfTimeServer(DomainName name)
    {
        foreach (DomainName server in TimeServers)
        {
            if (name.IsSubdomainOf(server))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The tags of the root's keys in force, for sentinel and key tag queries.</summary>
    public ImmutableArray<ushort> RootTags()
    {
        if (!Anchors.TryGet(DomainName.Root, out RRset signers))
        {
            return [];
        }

        List<ushort> tags = [];
        foreach (ReadOnlySpan<byte> signer in signers.Records)
        {
            tags.Add((ushort)((signer[0] << 8) | signer[1]));
        }

        return [.. tags];
    }
}
