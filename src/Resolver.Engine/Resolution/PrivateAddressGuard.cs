// The rebinding guard: a name of the internet with an address of the operator's own network makes a browser
// in that network talk to its neighbours in the attacker's name. Records with such addresses are taken out of
// answers on their way to the client; the caches keep what the servers said, so signatures stay whole and a
// change of the rules needs no walk. HTTPS and SVCB hints count (RFC 9460 §7.3), and so do IPv4-mapped
// addresses: InetAddress makes them IPv4.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Takes private addresses out of answers. Immutable.</summary>
internal sealed class PrivateAddressGuard
{
    private readonly Func<InetAddress, bool> _isPrivate;
    private readonly ImmutableArray<DomainName> _exempt;

    /// <summary>A guard for addresses that are private, outside the domains exempt.</summary>
    public PrivateAddressGuard(Func<InetAddress, bool> isPrivate, ImmutableArray<DomainName> exempt)
    {
        _isPrivate = isPrivate;
        _exempt = exempt;
    }

    /// <summary>
    /// Removes records with private addresses; returns what happened, null when nothing did. Forward and stub
    /// zones are exempt, but for the root: who has all names forwarded still gets the internet's answers.
    /// </summary>
    public ExtendedError? Apply(List<AnswerSet> answer, ConfiguredZones zones)
    {
        ExtendedError? told = null;
        for (int i = answer.Count - 1; i >= 0; i--)
        {
            RRset set = answer[i].Set;
            if (!HoldsAddresses(set.Type) || answer[i].Entry is null || FindPrivate(set) is not { } found
                || IsExempt(set.OwnerName, zones))
            {
                continue;
            }

            told = new ExtendedError(
                ExtendedErrorCode.Blocked, $"private address {found} of {set.OwnerName} removed");
            RRset rest = Without(set);
            if (rest.IsEmpty)
            {
                answer.RemoveAt(i);
            }
            else
            {
                answer[i] = answer[i] with { Set = rest };
            }
        }

        return told;
    }

    private static bool HoldsAddresses(RRType type) =>
        type == RRType.A || type == RRType.Aaaa || type == RRType.Https || type == RRType.Svcb;

    private bool IsExempt(DomainName owner, ConfiguredZones zones) =>
        zones.Find(owner) is { Apex.IsRoot: false } || _exempt.Any(d => owner.IsSubdomainOf(d));

    private InetAddress? FindPrivate(RRset set)
    {
        foreach (ReadOnlySpan<byte> rdata in set.Records)
        {
            if (FindPrivate(set.Type, rdata) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private InetAddress? FindPrivate(RRType type, ReadOnlySpan<byte> rdata)
    {
        if (type == RRType.A || type == RRType.Aaaa)
        {
            InetAddress address = InetAddress.FromOctets(rdata);
            return _isPrivate(address) ? address : null;
        }

        foreach (InetAddress hint in ServiceHints.Read(rdata))
        {
            if (_isPrivate(hint))
            {
                return hint;
            }
        }

        return null;
    }

    // Without its signatures: they are of the whole set.
    private RRset Without(RRset set)
    {
        RRsetBuilder builder = new();
        builder.Begin(set.Owner, set.Type, set.Class);
        foreach (ReadOnlySpan<byte> rdata in set.Records)
        {
            if (FindPrivate(set.Type, rdata) is null)
            {
                builder.Add(rdata, set.Ttl);
            }
        }

        return builder.Count == 0 ? default : builder.Build();
    }
}
