// The states of RFC 5011 §4, each way out of each of them; the intervals of §2.3; and revocation, which only
// the revoked key itself can declare (§2.1).
using System;
using System.Collections.Immutable;
using System.Linq;
using Resolver.Wire;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class AnchorRolloverTests : IDisposable
{
    private const long Day = 86_400;
    private const byte Revoked = 0x81;

    private readonly ForgedKeys _keys = new();
    private readonly AnchorRollover _rollover = new(new FrameworkImporter(), new DnssecPolicy());
    private readonly byte[] _old;
    private readonly byte[] _new;
    private TrustPoint _point = new(DomainName.Root, []);
    private long _now = SignedZone.Now;

    public AnchorRolloverTests()
    {
        _old = _keys.Make();
        _new = _keys.Make();
        Show([_old], 0);
    }

    private ImmutableArray<ReadOnlyMemory<byte>> Configured =>
        [DelegationSigner.FromKey(DomainName.Root.Wire, _old)];

    public void Dispose() => _keys.Dispose();

    [Fact]
    public void A_configured_key_is_trusted_once_seen() => AssertStates(AnchorState.Valid);

    [Fact]
    public void A_new_key_waits_thirty_days()
    {
        Show([_old, _new], 0);
        AssertStates(AnchorState.Valid, AnchorState.AddPending);
        Pass(AnchorRollover.AddHoldDown - 1);
        Show([_old, _new], 0);
        AssertStates(AnchorState.Valid, AnchorState.AddPending);
        Pass(1);
        Show([_old, _new], 0);
        AssertStates(AnchorState.Valid, AnchorState.Valid);
    }

    [Fact]
    public void A_new_key_that_goes_away_in_between_begins_again()
    {
        Show([_old, _new], 0);
        Pass(20 * Day);
        Show([_old], 0);
        AssertStates(AnchorState.Valid);
        Show([_old, _new], 0);
        Pass(20 * Day);
        Show([_old, _new], 0);
        AssertStates(AnchorState.Valid, AnchorState.AddPending);
    }

    [Fact]
    public void A_key_not_shown_stays_trusted_and_comes_back()
    {
        Trust_both();
        Show([_new], 1);
        AssertStates(AnchorState.Missing, AnchorState.Valid);
        Assert.Equal(2, _point.Signers(Configured).Length);
        Show([_old, _new], 0);
        AssertStates(AnchorState.Valid, AnchorState.Valid);
    }

    [Fact]
    public void A_revoked_key_is_never_trusted_again()
    {
        Trust_both();
        Show([With(_old, Revoked), _new], 0, 1);
        AssertStates(AnchorState.Revoked, AnchorState.Valid);

        // Its configured digest is of no use any more either.
        ReadOnlyMemory<byte> left = Assert.Single(_point.Signers(Configured));
        Assert.Equal(
            DelegationSignerMatch.Match,
            DelegationSigner.Compare(left.Span, DomainName.Root.Wire, _new));
        Show([_old, _new], 1);
        AssertStates(AnchorState.Revoked, AnchorState.Valid);
    }

    [Fact]
    public void A_missing_key_can_be_revoked()
    {
        Trust_both();
        Show([_new], 1);
        Show([With(_old, Revoked), _new], 0, 1);
        AssertStates(AnchorState.Revoked, AnchorState.Valid);
    }

    [Fact]
    public void Another_key_cannot_declare_a_revocation()
    {
        Trust_both();
        Show([With(_old, Revoked), _new], 1);
        AssertStates(AnchorState.Missing, AnchorState.Valid);
    }

    [Fact]
    public void A_pending_key_that_is_revoked_is_forgotten()
    {
        Show([_old, _new], 0);
        Show([_old, With(_new, Revoked)], 0, 1);
        AssertStates(AnchorState.Valid);
    }

    [Fact]
    public void A_revoked_key_is_removed_thirty_days_after_it_went()
    {
        Trust_both();
        Show([With(_old, Revoked), _new], 0, 1);
        Pass(40 * Day);
        Show([With(_old, Revoked), _new], 0, 1);
        Pass(AnchorRollover.RemoveHoldDown - 1);
        Show([_new], 1);
        AssertStates(AnchorState.Revoked, AnchorState.Valid);
        Pass(1);
        Show([_new], 1);
        AssertStates(AnchorState.Removed, AnchorState.Valid);
        Show([_old, _new], 1);
        AssertStates(AnchorState.Removed, AnchorState.Valid);
    }

    [Fact]
    public void Keys_that_are_no_entry_points_are_not_followed()
    {
        byte[] signing = _keys.Make(flags: 0);
        byte[] unusable = [1, 1, 3, 13, 5, 6, 7];
        byte[] foreign = [1, 1, 2, .. _new[3..]];
        Show([_old, signing, unusable, foreign, With(_new, Revoked), [1, 1, 3]], 0);
        AssertStates(AnchorState.Valid);
    }

    [Fact]
    public void No_more_keys_are_kept_than_a_bound()
    {
        byte[][] many = [.. Enumerable.Range(0, 40).Select(_ => _keys.Make())];
        Show([_old, .. many], 0);
        Assert.Equal(32, _point.Keys.Length);
    }

    [Fact]
    public void The_next_query_comes_after_half_of_the_shortest_time()
    {
        // TTL as signed: two days; signatures: twenty days.
        Assert.Equal(_now + Day, _point.NextQuery);
        Assert.Equal(_now, _point.LastSuccess);
    }

    [Fact]
    public void Intervals_have_their_bounds()
    {
        RRset keys = _keys.Sign(".", (uint)_now, [_old], 0);
        Assert.Equal(3_600, AnchorRollover.QueryInterval(keys, _now + (20 * Day)));
        Assert.Equal(3_600, AnchorRollover.QueryInterval(keys.WithSignatures(), _now));
        Assert.Equal(17_280, AnchorRollover.RetryInterval(keys, _now));
        Assert.Equal(3_600, AnchorRollover.RetryInterval(default, _now));
        Assert.Equal(_now + 17_280, AnchorRollover.Fail(_point, keys, _now).NextQuery);
    }

    private static byte[] With(byte[] key, byte flags) => [key[0], flags, .. key[2..]];

    private void Trust_both()
    {
        Show([_old, _new], 0);
        Pass(AnchorRollover.AddHoldDown);
        Show([_old, _new], 0);
        AssertStates(AnchorState.Valid, AnchorState.Valid);
    }

    private void Pass(long seconds) => _now += seconds;

    private void Show(byte[][] records, params int[] signers) => _point = _rollover.Observe(
        _point,
        new AnchorObservation(_keys.Sign(".", (uint)_now, records, signers), _now)
        {
            Configured = Configured,
        });

    private void AssertStates(params AnchorState[] states) =>
        Assert.Equal(states, _point.Keys.Select(static k => k.State));
}
