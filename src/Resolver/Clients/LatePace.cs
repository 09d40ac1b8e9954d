// How many late replies one client may be sent in any 10 ms. Whoever forges a victim's address can let
// replies pile up at a slow server and have them all fall at once (DNSBomb, CVE-2024-33655): what comes out
// may be late, but it must not be a pulse. Counted for all loops together, in slots of 10 ms of which two at
// a time count, so that the bound holds for any 10 ms.
using System.Collections.Generic;
using System.Threading;
using Resolver.Engine;

namespace Resolver;

/// <summary>Late replies by client. Thread-safe.</summary>
internal sealed class LatePace(ResolverLimits limits)
{
    /// <summary>One slot, in ticks.</summary>
    public const long Slot = 100_000;

    private readonly Lock _gate = new();
    private Dictionary<ClientKey, int> _current = [];
    private Dictionary<ClientKey, int> _last = [];
    private long _slot;

    /// <summary>
    /// True when a reply to the client may leave now, which is counted. Only those count whose address is
    /// not proven, since only they may be victims, and only replies to queries of a time that is gone.
    /// </summary>
    public bool MayLeave(in ClientKey client, long began, long now) =>
        client.IsProven || now - began < limits.LateReplyMilliseconds * 10_000L || TryCount(client, now);

    /// <summary>True, and counted, when one more late reply to the client may leave now.</summary>
    public bool TryCount(in ClientKey client, long now)
    {
        lock (_gate)
        {
            Turn(now / Slot);
            int count = _current.GetValueOrDefault(client);
            if (count + _last.GetValueOrDefault(client) >= limits.MaxLateReplies)
            {
                return false;
            }

            _current[client] = count + 1;
            return true;
        }
    }

    // Clients of slots that are gone are forgotten: what is kept is what 20 ms bring.
    private void Turn(long slot)
    {
        if (slot <= _slot)
        {
            return;
        }

        (_current, _last) = (_last, _current);
        _current.Clear();
        if (slot > _slot + 1)
        {
            _last.Clear();
        }

        _slot = slot;
    }
}
