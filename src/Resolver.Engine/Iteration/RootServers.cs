// Where a walk starts: the closest delegation known, else the root, primed or from the hints. RFC 9609: the
// hints are asked once for the root's own NS set and addresses; when that expires it is asked for again.
// Until the first reply, and when priming fails, the hints themselves serve (§4.1).
using System;
using System.Threading.Tasks;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The root's servers, for one loop.</summary>
internal sealed class RootServers
{
    private static readonly Question Priming = new(DomainName.Root, RRType.NS, default);

    private readonly LoopEngine _engine;
    private readonly Delegation _hints;
    private long _nextPriming;
    private bool _isPriming;

    public RootServers(LoopEngine engine)
    {
        _engine = engine;
        DelegationDraft servers = new();
        foreach (RootHint hint in engine.Options.RootHints)
        {
            _ = servers.AddServer(hint.Name.Wire);
            foreach (InetAddress address in hint.Addresses)
            {
                _ = servers.AddAddress(address);
            }
        }

        _hints = new Delegation(DomainName.Root, servers.Octets, long.MaxValue);
    }

    private long Now => _engine.Parts.Loop.Time.GetTimestamp();

    /// <summary>
    /// The closest delegation for a question, or the configured zone that is in charge of it; a DS is asked
    /// of the parent (RFC 4035 §4.2).
    /// </summary>
    public Delegation FindStart(Question question)
    {
        ConfiguredZone? configured = _engine.Parts.Local.Rules.Zones.Find(question);
        if (configured is { IsForward: true })
        {
            return configured.Start;
        }

        DomainName from =
            question.Type == RRType.DS && !question.Name.IsRoot ? question.Name.Parent : question.Name;
        if (question != Priming
            && _engine.Parts.Caches.Delegations.TryGetClosest(from.Wire, Now, out Delegation? known)
            && IsBelow(known.Zone, configured))
        {
            // RFC 9609 §4.2: addresses may be missing from the priming reply; then the hints go on serving.
            return !known.Zone.IsRoot || known.HasAddress ? known : _hints;
        }

        if (configured is not null)
        {
            return configured.Start;
        }

        if (question != Priming && _engine.Options.Primes)
        {
            _ = PrimeAsync();
        }

        return _hints;
    }

    // Delegations below a stub zone come from its own servers; of the zone itself the configuration speaks.
    private static bool IsBelow(DomainName zone, ConfiguredZone? configured) =>
        configured is null || zone.Wire.Length > configured.Apex.Wire.Length;

    /// <summary>
    /// Primes, unless that is known or under way; not more often than once in a while when it fails.
    /// </summary>
    public async Task PrimeAsync()
    {
        if (_isPriming || Now < _nextPriming
            || _engine.Parts.Local.Rules.Zones.Find(DomainName.Root) is not null
            || _engine.Parts.Caches.Delegations.TryGetClosest(DomainName.Root.Wire, Now, out _))
        {
            return;
        }

        // The reply itself is stored as the root's delegation where replies are stored.
        _isPriming = true;
        ResolutionOutcome outcome = await _engine.ResolveAsync(
            Priming, new Asker(_engine.MakeBudget(), null, 0, null) { TakesUnchecked = true });
        _isPriming = false;
        if (outcome.Rcode != Rcode.NoError || outcome.Answer.Count == 0)
        {
            long pause = _engine.Options.Limits.PrimingPauseMilliseconds * TimeSpan.TicksPerMillisecond;
            _nextPriming = Now + pause;
            if (outcome.Error?.Code != ExtendedErrorCode.NotReady)
            {
                _engine.ReportPriming(outcome.Error?.Text ?? outcome.Rcode.ToString());
            }
        }
    }
}
