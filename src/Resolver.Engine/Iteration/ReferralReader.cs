// Step 9, referrals: one delegation out of the authority section, with glue for its own server names from
// inside the asked server's zone. RFC 1034 §4.2.1, RFC 9471 (glue), RFC 2181 §5.4.1. Glue never leaves the
// delegation.
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Reads referrals out of an indexed reply. One per loop.</summary>
internal sealed class ReferralReader
{
    private readonly ReplyIndex _index;
    private readonly ResolverLimits _limits;
    private readonly ResponseScrubber _scrubber;
    private readonly DelegationDraft _draft = new();

    public ReferralReader(ReplyIndex index, ResolverLimits limits)
    {
        _index = index;
        _limits = limits;

        // Of servers a few are enough; they are no answer.
        _scrubber = new ResponseScrubber(index, limits, takesParts: true);
    }

    /// <summary>
    /// True when the last reply read named servers of a zone above the asked one.
    /// </summary>
    public bool SawUpwardReferral { get; private set; }

    /// <summary>
    /// Reads the delegation, if there is one: NS at a name strictly below the asked zone, at or above the
    /// name asked for.
    /// </summary>
    public bool TryRead(ReadOnlySpan<byte> message, in AskedQuestion asked, long now, ClassifiedReply reply)
    {
        SawUpwardReferral = false;
        Span<byte> cut = stackalloc byte[NameOctets.MaxLength];
        int cutLength = FindCut(message, asked, cut, reply);
        ReadOnlySpan<byte> at = cut[..cutLength];
        if (cutLength == 0
            || !_scrubber.TryBuild(message, MessageSection.Authority, at, RRType.NS, out RRset servers)
            || !_scrubber.TryBuild(message, MessageSection.Authority, at, RRType.DS, out RRset signer))
        {
            return false;
        }

        reply.Referral = MakeDelegation(message, servers, asked.Zone, now);
        reply.DelegationSigner = signer;
        return true;
    }

    /// <summary>
    /// A delegation out of an NS set and the addresses in the additional section, of names inside
    /// <paramref name="speakingFor"/>.
    /// </summary>
    public Delegation MakeDelegation(
        ReadOnlySpan<byte> message, RRset servers, DomainName speakingFor, long now)
    {
        _ = _draft.Begin();
        foreach (ReadOnlySpan<byte> server in servers.Records)
        {
            if (_draft.Count == _limits.MaxNameServers)
            {
                break;
            }

            _ = _draft.AddServer(server);
            if (NameOctets.IsSubdomainOf(server, speakingFor.Wire))
            {
                AddGlue(message, server);
            }
        }

        long end = now + (servers.Ttl * TimeSpan.TicksPerSecond);
        return new Delegation(servers.OwnerName, _draft.Octets, end);
    }

    private int FindCut(
        ReadOnlySpan<byte> message, in AskedQuestion asked, Span<byte> cut, ClassifiedReply reply)
    {
        Span<byte> owner = stackalloc byte[NameOctets.MaxLength];
        int deepest = 0;
        foreach (ref readonly RecordView record in _index.Records)
        {
            if (record.Section != MessageSection.Authority || record.Type != RRType.NS
                || record.Class != RRClass.IN
                || !record.TryReadOwner(message, owner, out int length, out _))
            {
                continue;
            }

            ReadOnlySpan<byte> at = owner[..length];
            bool below = length > asked.Zone.Wire.Length && NameOctets.IsSubdomainOf(at, asked.Zone.Wire);
            if (!below || !NameOctets.IsSubdomainOf(asked.Name.Wire, at))
            {
                SawUpwardReferral |= length < asked.Zone.Wire.Length
                    && NameOctets.IsSubdomainOf(asked.Zone.Wire, at);
                reply.Scrubbed++;
            }
            else if (length > deepest)
            {
                at.CopyTo(cut);
                deepest = length;
            }
        }

        return deepest;
    }

    private void AddGlue(ReadOnlySpan<byte> message, ReadOnlySpan<byte> server)
    {
        Span<byte> owner = stackalloc byte[NameOctets.MaxLength];
        foreach (ref readonly RecordView record in _index.Records)
        {
            int length = record.Type == RRType.A ? 4 : record.Type == RRType.Aaaa ? 16 : 0;
            if (length == 0 || record.Section != MessageSection.Additional || record.Class != RRClass.IN
                || record.RdataLength != length
                || _draft.AddressCount >= 2 * _limits.MaxAddressesPerNameServer
                || !record.TryReadOwner(message, owner, out int ownerLength, out _)
                || !NameOctets.EqualsIgnoreCase(owner[..ownerLength], server))
            {
                continue;
            }

            _ = _draft.AddAddress(InetAddress.FromOctets(record.Rdata(message)));
        }
    }
}
