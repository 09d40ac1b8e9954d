// Trust anchors over time: roll-over with restarts, a crash in the middle of a write, files that are torn or
// cannot be written, a clock that is wrong at boot. RFC 5011, RFC 8145.
using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Dnssec;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class AnchorKeeperTests : IDisposable
{
    private const int FileRefused = 2001;
    private const int FileNotWritten = 2002;
    private const int ClockIsWrong = 2003;
    private const int ClockIsBelieved = 2004;
    private const int NotRefreshed = 2006;
    private const int BegunAnew = 2007;

    private readonly KeeperRig _rig = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_roll_over_goes_on_across_restarts()
    {
        await RoundAsync();
        _rig.Show([_rig.Old, _rig.New], 0);
        TrustState trust = default!;
        for (int day = 0; day <= 31; day++)
        {
            _rig.Time.Advance(TimeSpan.FromDays(1));
            trust = await RoundAsync();
            Assert.Equal(day < 30 ? 1 : 2, KeeperRig.CountOf(trust));
        }

        _rig.Show([Revoked(_rig.Old), _rig.New], 0, 1);
        _rig.Time.Advance(TimeSpan.FromDays(1));
        trust = await RoundAsync();
        Assert.Equal(1, KeeperRig.CountOf(trust));
        Assert.Equal(KeyTag.Of(_rig.New), Assert.Single(trust.RootTags()));

        // The next start trusts the new key before anybody is asked, whatever is built in.
        Assert.Equal(KeyTag.Of(_rig.New), Assert.Single(_rig.Start().Trust.RootTags()));
        Assert.All(_rig.Changed, static name => Assert.True(name.IsRoot));
        Assert.NotEmpty(_rig.Changed);
    }

    [Fact]
    public async Task Keys_are_asked_for_when_due_and_no_earlier()
    {
        (AnchorKeeper keeper, _) = _rig.Start();
        await keeper.RefreshAsync(Stop);
        await keeper.RefreshAsync(Stop);
        Assert.Equal(
            [". DNSKEY", $"_ta-{KeyTag.Of(_rig.Old):x4}. NULL"], _rig.Asked);
        _rig.Time.Advance(TimeSpan.FromDays(1));
        await keeper.RefreshAsync(Stop);
        Assert.Equal(4, _rig.Asked.Count);
    }

    [Theory]
    [InlineData(SecurityStatus.Bogus)]
    [InlineData(SecurityStatus.Insecure)]
    [InlineData(SecurityStatus.Indeterminate)]
    [InlineData(SecurityStatus.Unchecked)]
    public async Task Keys_that_are_not_secure_change_nothing(SecurityStatus status)
    {
        await RoundAsync();
        _rig.Show([_rig.New], 1);
        _rig.Found = status;
        _rig.Time.Advance(TimeSpan.FromDays(40));
        TrustState trust = await RoundAsync();
        Assert.Equal(KeyTag.Of(_rig.Old), Assert.Single(trust.RootTags()));
        Assert.True(_rig.Log.Lines.Exists(static l => l.Id == NotRefreshed));
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_a_write_leaves_the_old_state()
    {
        await RoundAsync();
        byte[] before = await File.ReadAllBytesAsync(_rig.AnchorFile, Stop);
        for (int length = 0; length < before.Length; length += 16)
        {
            // What a process leaves that dies before the rename: an unfinished file beside the whole one.
            await File.WriteAllBytesAsync(
                _rig.AnchorFile + ".new", before[..length], Stop);
            Assert.Equal(1, KeeperRig.CountOf(_rig.Start().Trust));
            Assert.False(_rig.Log.Lines.Exists(static l => l.Id == FileRefused));
        }

        _rig.Time.Advance(TimeSpan.FromDays(2));
        await RoundAsync();
        Assert.False(File.Exists(_rig.AnchorFile + ".new"));
    }

    [Fact]
    public async Task A_torn_file_is_named_and_the_configured_anchors_stand()
    {
        await RoundAsync();
        byte[] whole = await File.ReadAllBytesAsync(_rig.AnchorFile, Stop);
        for (int length = 1; length < whole.Length; length += 13)
        {
            _rig.Log.Lines.Clear();
            await File.WriteAllBytesAsync(
                _rig.AnchorFile, whole[..length], Stop);
            (_, TrustState trust) = _rig.Start();
            Assert.Contains(_rig.AnchorFile, Assert.Single(_rig.Log.Lines).Text, StringComparison.Ordinal);
            Assert.Equal(KeyTag.Of(_rig.Old), Assert.Single(trust.RootTags()));
        }
    }

    [Fact]
    public async Task Other_configured_anchors_begin_anew()
    {
        await RoundAsync();
        _rig.Anchors = TrustAnchors.None.With(
            DomainName.Root, [DelegationSigner.FromKey(DomainName.Root.Wire, _rig.New)]);
        (_, TrustState trust) = _rig.Start();
        Assert.Equal(KeyTag.Of(_rig.New), Assert.Single(trust.RootTags()));
        Assert.True(_rig.Log.Lines.Exists(static l => l.Id == BegunAnew));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_and_stops_nothing()
    {
        await File.WriteAllTextAsync(_rig.Folder, "a file", Stop);
        _ = _rig.Start();
        Assert.Equal(1, _rig.Log.Lines.Count(static l => l.Id == FileNotWritten));
        TrustState trust = await RoundAsync();
        Assert.Equal(1, KeeperRig.CountOf(trust));
        Assert.Equal(4, _rig.Log.Lines.Count(static l => l.Id == FileNotWritten));
        File.Delete(_rig.Folder);
    }

    [Fact]
    public async Task A_clock_that_is_wrong_at_boot_is_told_and_not_believed()
    {
        await RoundAsync();
        DateTimeOffset good = _rig.Time.GetUtcNow();
        KeeperRig boot = _rig;
        boot.Time.AdjustTime(DateTimeOffset.UnixEpoch.AddDays(3));
        (AnchorKeeper keeper, TrustState trust) = boot.Start();
        Assert.True(boot.Log.Lines.Exists(static l => l.Id == ClockIsWrong));
        Assert.Equal((uint)good.ToUnixTimeSeconds(), trust.TimeAt(boot.Time.GetUtcNow()));
        boot.Time.AdjustTime(good.AddHours(1));
        await keeper.RefreshAsync(Stop);
        Assert.True(boot.Log.Lines.Exists(static l => l.Id == ClockIsBelieved));
        Assert.Equal(
            (uint)good.AddHours(1).ToUnixTimeSeconds(), trust.TimeAt(boot.Time.GetUtcNow()));
    }

    [Theory]
    [InlineData("time-floor 17")]
    [InlineData("time-floor 1767225600 -17\n")]
    [InlineData("time-floor 1767225600\n")]
    [InlineData("time-floor x -1\n")]
    [InlineData("time-floor 1 x\n")]
    [InlineData("ceiling 1 -2\n")]
    public void A_torn_time_floor_is_told_and_the_clock_believed(string text)
    {
        Directory.CreateDirectory(_rig.Folder);
        File.WriteAllText(_rig.FloorFile, text);
        (_, TrustState trust) = _rig.Start();
        Assert.Equal(FileRefused, Assert.Single(_rig.Log.Lines).Id);
        Assert.Equal(default, trust.Floor);
    }

    [Fact]
    public void With_nothing_kept_the_clock_is_believed_whatever_it_says()
    {
        _rig.Time.AdjustTime(DateTimeOffset.UnixEpoch);
        (_, TrustState trust) = _rig.Start();
        Assert.Empty(_rig.Log.Lines);
        Assert.Equal(0u, trust.TimeAt(_rig.Time.GetUtcNow()));
    }

    [Fact]
    public void A_file_too_long_to_be_ours_is_not_read()
    {
        Directory.CreateDirectory(_rig.Folder);
        File.WriteAllBytes(_rig.AnchorFile, new byte[(1 << 20) + 1]);
        _rig.Start();
        Assert.Equal(FileRefused, Assert.Single(_rig.Log.Lines).Id);
    }

    [Fact]
    public async Task It_runs_by_the_clock_until_it_is_stopped()
    {
        (AnchorKeeper keeper, _) = _rig.Start();
        using CancellationTokenSource stop = new();
        Task running = keeper.RunAsync(stop.Token);
        Assert.Empty(_rig.Asked);
        _rig.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, _rig.Asked.Count);
        _rig.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(2, _rig.Asked.Count);
        _rig.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(4, _rig.Asked.Count);
        await stop.CancelAsync();
        await running;
    }

    private static byte[] Revoked(byte[] key) => [key[0], (byte)(key[1] | 0x80), .. key[2..]];

    private async Task<TrustState> RoundAsync()
    {
        (AnchorKeeper keeper, TrustState trust) = _rig.Start();
        await keeper.RefreshAsync(Stop);
        return trust;
    }
}
