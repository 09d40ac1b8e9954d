// Follows the keys of the anchored zones while the resolver runs: asks for those that are due, hands what
// was found secure to the machine of RFC 5011, writes the state, and puts the anchors in force. Keeps the
// time floor with it.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver;

/// <summary>Keeps trust anchors and the time floor. Used by one task at a time.</summary>
internal sealed class AnchorKeeper
{
    private static readonly TimeSpan FirstRound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Round = TimeSpan.FromHours(1);

    // A clock that is wrong is about to be set: what was judged by the wrong time must not outlive that.
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(5);

    private readonly AnchorKeeperParts _parts;
    private readonly StateFile _anchorFile;
    private readonly StateFile _floorFile;
    private readonly TrustAnchors _configured;
    private readonly Dictionary<DomainName, TrustPoint> _points = [];
    private bool _isClockWrong;

    /// <summary>A keeper of the anchors that the trust begins with.</summary>
    public AnchorKeeper(AnchorKeeperParts parts)
    {
        _parts = parts;
        _anchorFile = new StateFile(parts.Folder, "trust-anchors");
        _floorFile = new StateFile(parts.Folder, "time-floor");
        _configured = parts.Trust.Anchors;
    }

    private AnchorRollover Rollover =>
        field ??= new AnchorRollover(_parts.Trust.Library.Importer, _parts.Trust.Library.Policy);

    private long Clock => _parts.Time.GetUtcNow().ToUnixTimeSeconds();

    // Hold-downs run by the time that signatures are judged by.
    private long Now => _parts.Trust.Floor.Apply(Clock);

    /// <summary>Takes up the state that was kept; before anything is validated.</summary>
    public void Load()
    {
        if (!_floorFile.TryRead(out string floorText, out string reason)
            || !TimeFloorText.TryParse(floorText, out TimeFloor floor))
        {
            TrustLog.FileRefused(
                _parts.Logger, _floorFile.Path, reason.Length > 0 ? reason : "it is not whole");
            floor = default;
        }

        _parts.Trust.Floor = floor;
        JudgeClock();
        LoadPoints();
        Publish();
        if (!_anchorFile.CanWrite(out reason))
        {
            TrustLog.FileNotWritten(_parts.Logger, _anchorFile.Path, reason);
        }
    }

    /// <summary>Goes on until cancelled: a round soon after the start, then one each hour.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(FirstRound, _parts.Time, cancellation);
            while (true)
            {
                await RefreshAsync(cancellation);
                await Task.Delay(_isClockWrong ? Watch : Round, _parts.Time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The resolver stops.
        }
    }

    /// <summary>One round: asks for the keys of each anchor that is due.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        JudgeClock();
        bool isChanged = false;
        foreach (TrustPoint point in _points.Values.Where(p => p.NextQuery <= Now).ToArray())
        {
            _points[point.Zone] = await RefreshAsync(point, cancellation);
            isChanged = true;
        }

        if (isChanged)
        {
            Save(_anchorFile, TrustPointText.Format(_points.Values));
            Publish();
        }
    }

    private async Task<TrustPoint> RefreshAsync(TrustPoint point, CancellationToken cancellation)
    {
        Resolution answer = await _parts.Ask(point.Zone, RRType.Dnskey, cancellation);
        if (answer.Security != SecurityStatus.Secure || !TryTakeKeys(answer, point.Zone, out RRset keys))
        {
            TrustLog.NotRefreshed(
                _parts.Logger,
                point.Zone.ToString(),
                answer.ExtendedError?.ToString() ?? answer.Security.ToString());
            return AnchorRollover.Fail(point, default, Now);
        }

        TrustPoint next = Rollover.Observe(
            point, new AnchorObservation(keys, Now) { Configured = ConfiguredAt(point.Zone) });
        Tell(point, next);
        if (point.Zone.IsRoot)
        {
            RaiseFloor();
            await SignalAsync(next, cancellation);
        }

        return next;
    }

    // RFC 8145 §5.1: with each refresh the root's servers are told which keys are trusted; what they answer
    // is of no interest.
    private async Task SignalAsync(TrustPoint point, CancellationToken cancellation)
    {
        IEnumerable<ushort> tags = point.Signers(ConfiguredAt(point.Zone))
            .Select(static s => (ushort)((s.Span[0] << 8) | s.Span[1]));
        _ = await _parts.Ask(KeyTagQuery.NameOf(point.Zone, tags), new RRType(10), cancellation);
    }

    private void RaiseFloor()
    {
        TimeFloor raised = _parts.Trust.Floor.Raise(Clock);
        if (raised != _parts.Trust.Floor)
        {
            _parts.Trust.Floor = raised;
            Save(_floorFile, TimeFloorText.Format(raised));
        }
    }

    private void JudgeClock()
    {
        long clock = Clock;
        TimeFloor floor = _parts.Trust.Floor;
        bool isWrong = _parts.Trust.JudgeClock(DateTimeOffset.FromUnixTimeSeconds(clock));
        if (isWrong && !_isClockWrong)
        {
            TrustLog.ClockIsWrong(
                _parts.Logger,
                DateTimeOffset.FromUnixTimeSeconds(clock),
                DateTimeOffset.FromUnixTimeSeconds(floor.Seconds));
            if (!_parts.Trust.TimeServers.IsEmpty)
            {
                TrustLog.TimeServersSpared(_parts.Logger, string.Join(", ", _parts.Trust.TimeServers));
            }
        }
        else if (!isWrong && _isClockWrong)
        {
            TrustLog.ClockIsBelieved(_parts.Logger, DateTimeOffset.FromUnixTimeSeconds(clock));
            _parts.Changed([DomainName.Root]);
        }

        _isClockWrong = isWrong;
    }

    private void LoadPoints()
    {
        ImmutableArray<TrustPoint> read = [];
        if (!_anchorFile.TryRead(out string text, out string reason)
            || (text.Length > 0 && !TrustPointText.TryParse(text, out read, out reason)))
        {
            TrustLog.FileRefused(_parts.Logger, _anchorFile.Path, reason);
        }

        foreach (DomainName zone in _configured.Names)
        {
            string basis = TrustPoint.BasisOf(ConfiguredAt(zone));
            TrustPoint? kept = read.FirstOrDefault(p => p.Zone == zone);
            if (kept is not null && kept.Basis != basis)
            {
                TrustLog.BegunAnew(_parts.Logger, zone.ToString());
                kept = null;
            }

            _points[zone] = kept ?? new TrustPoint(zone, []) { Basis = basis };
        }
    }

    private void Publish()
    {
        TrustAnchors anchors = _configured;
        foreach (TrustPoint point in _points.Values)
        {
            anchors = anchors.With(point.Zone, point.Signers(ConfiguredAt(point.Zone)));
        }

        IReadOnlyList<DomainName> changed = anchors.Differences(_parts.Trust.Anchors);
        if (changed.Count > 0)
        {
            _parts.Trust.Replace(anchors);
            _parts.Changed(changed);
        }
    }

    private void Tell(TrustPoint before, TrustPoint after)
    {
        foreach (AnchorKey key in after.Keys)
        {
            if (before.Keys.FirstOrDefault(k => k.IsSameKey(key.Rdata.Span))?.State != key.State)
            {
                TrustLog.KeyChanged(
                    _parts.Logger, KeyTag.Of(key.Rdata.Span), after.Zone.ToString(), key.State.ToString());
            }
        }
    }

    private void Save(StateFile file, string text)
    {
        if (!file.TryWrite(text, out string reason))
        {
            TrustLog.FileNotWritten(_parts.Logger, file.Path, reason);
        }
    }

    private ImmutableArray<ReadOnlyMemory<byte>> ConfiguredAt(DomainName zone)
    {
        if (!_configured.TryGet(zone, out RRset signers))
        {
            return [];
        }

        List<ReadOnlyMemory<byte>> records = [];
        foreach (ReadOnlySpan<byte> signer in signers.Records)
        {
            records.Add(signer.ToArray());
        }

        return [.. records];
    }

    private static bool TryTakeKeys(Resolution answer, DomainName zone, out RRset keys)
    {
        RRsetBuilder builder = new();
        builder.Begin(zone.Wire, RRType.Dnskey, RRClass.IN);
        foreach (ResourceRecord record in answer.Answer.Where(r => r.Name == zone))
        {
            if (record is DnskeyRecord)
            {
                builder.Add(record.Data.Span, record.Ttl);
            }
            else if (record is RrsigRecord rrsig && rrsig.TypeCovered == RRType.Dnskey)
            {
                builder.AddSignature(record.Data.Span, record.Ttl);
            }
        }

        keys = builder.Count > 0 ? builder.Build() : default;
        return !keys.IsEmpty;
    }
}
