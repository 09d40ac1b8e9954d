// Whether IPv4 and IPv6 work here at all. A host without one of them would lose a timeout at every other
// server: after a few failures in a row without a reply the family's servers come last, and are asked in the
// background until one replies. Shared by all loops; a race costs a probe more or less.
using System;
using System.Threading;

namespace Resolver.Engine;

/// <summary>The health of both address families.</summary>
internal sealed class FamilyHealth
{
    private const int PausesPerSilence = 8;

    private readonly ResolverLimits _limits;
    private readonly Family _ipv4 = new();
    private readonly Family _ipv6 = new();

    public FamilyHealth(ResolverLimits limits) => _limits = limits;

    /// <summary>True when one of them is held for broken.</summary>
    public bool IsOneDown => IsDown(false) || IsDown(true);

    /// <summary>True when the family is held for broken.</summary>
    public bool IsDown(bool ipv6) => Volatile.Read(ref Of(ipv6).Failures) >= _limits.MaxFamilySilence;

    /// <summary>When the family last began to work again: silence before it was not the servers'.</summary>
    public long RecoveredAt(bool ipv6) => Volatile.Read(ref Of(ipv6).RecoveredAt);

    /// <summary>A server of the family has replied.</summary>
    public void AddReply(bool ipv6, long now)
    {
        Family family = Of(ipv6);
        if (Volatile.Read(ref family.Failures) == 0)
        {
            return;
        }

        if (IsDown(ipv6))
        {
            Volatile.Write(ref family.RecoveredAt, now);
        }

        Volatile.Write(ref family.Failures, 0);
    }

    /// <summary>
    /// A server of the family was silent or out of reach. Of queries under way together one counts.
    /// </summary>
    public void AddFailure(bool ipv6, long sentAt, long now)
    {
        Family family = Of(ipv6);
        if (sentAt >= Volatile.Read(ref family.LastFailure) && !IsDown(ipv6))
        {
            _ = Interlocked.Increment(ref family.Failures);
            Volatile.Write(ref family.LastFailure, now);
        }
    }

    /// <summary>True, once in a while, when it is time to see whether the family works again.</summary>
    public bool TryClaimProbe(bool ipv6, long now)
    {
        Family family = Of(ipv6);
        if (!IsDown(ipv6) || now < Volatile.Read(ref family.NextProbe))
        {
            return false;
        }

        long pause = _limits.SilencePauseMilliseconds * TimeSpan.TicksPerMillisecond / PausesPerSilence;
        Volatile.Write(ref family.NextProbe, now + pause);
        return true;
    }

    private Family Of(bool ipv6) => ipv6 ? _ipv6 : _ipv4;

    private sealed class Family
    {
        public int Failures;
        public long LastFailure;
        public long NextProbe;
        public long RecoveredAt;
    }
}
