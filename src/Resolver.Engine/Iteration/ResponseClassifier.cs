// Step 9: what a reply is, and what of it may be believed. RFC 1034 §5.3.3 step 4, RFC 2308 §2, RFC 2181
// §5.4.1. A server of zone Z may speak of names in Z alone; of those, only what the question needs is taken:
// the aliases and the RRset asked for, one delegation below Z with glue for its own server names, one SOA,
// proofs. Authority NS sets of answers and all other additional records are left out: they are how caches
// were poisoned (THREATS of this family).
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>What was asked of whom.</summary>
/// <param name="Name">The name sent.</param>
/// <param name="Type">The type sent.</param>
/// <param name="Zone">The zone whose server was asked.</param>
/// <param name="Transport">The transport used.</param>
internal readonly record struct AskedQuestion(
    DomainName Name, RRType Type, DomainName Zone, ExchangeTransport Transport)
{
    /// <summary>What the server was asked to do.</summary>
    public ServerRole Role { get; init; }

    /// <summary>
    /// True when no server of the zone is known to be better than one that answers out of its cache.
    /// </summary>
    public bool TakesRecursive { get; init; }

    /// <summary>True when nothing of the question was held back.</summary>
    public bool IsWhole(Question question) =>
        Type == question.Type && Name.Wire.Length == question.Name.Wire.Length;
}

/// <summary>Classifies replies. One per loop; its result lives until the next call.</summary>
internal sealed class ResponseClassifier
{
    private readonly ReplyIndex _index = new();
    private readonly ClassifiedReply _reply = new();
    private readonly ResponseScrubber _scrubber;
    private readonly ReferralReader _referrals;
    private readonly ResolverLimits _limits;

    public ResponseClassifier(ResolverLimits limits)
    {
        _limits = limits;
        _scrubber = new ResponseScrubber(_index, limits);
        _referrals = new ReferralReader(_index, limits);
    }

    // Step 9: Classify, scrub
    /// <summary>Classifies a reply to <paramref name="asked"/>.</summary>
    public ClassifiedReply Classify(ReadOnlySpan<byte> message, in AskedQuestion asked, long now)
    {
        _reply.Clear(asked.Name);
        int maxRecords = _limits.MaxRecordsPerRRset * 4;
        if (!_index.TryRead(message, maxRecords, out WireError error))
        {
            return error == WireError.TooMany ? IsTooMuch() : Is(ReplyKind.Malformed, error.ToString());
        }

        _reply.Rcode = _index.Rcode;
        _reply.HasEdns = _index.HasEdns;
        _reply.IsAuthoritative = _index.Header.Has(HeaderFlags.Authoritative);
        if (_index.Header.Has(HeaderFlags.Truncated))
        {
            return asked.Transport == ExchangeTransport.Udp
                ? Is(ReplyKind.Truncated, "TC is set")
                : Is(ReplyKind.Malformed, "TC is set on a stream");
        }

        if (TryJudgeRcode(out ReplyKind kind))
        {
            return Is(kind, _reply.Rcode.ToString());
        }

        if (!_scrubber.TryCollectAnswer(message, asked, _reply))
        {
            return IsUnusable("answer");
        }

        return _reply.Answer.Count > 0
            ? JudgeAnswer(message, asked, now)
            : JudgeWithoutAnswer(message, asked, now);
    }

    private bool TryJudgeRcode(out ReplyKind kind)
    {
        kind = _reply.Rcode.Value switch
        {
            0 or 3 or 6 => ReplyKind.Answer,
            1 or 4 or 16 => ReplyKind.NotUnderstood,
            2 => ReplyKind.ServerFailure,
            5 or 9 => ReplyKind.Refused,
            _ => ReplyKind.OtherError,
        };
        return kind != ReplyKind.Answer;
    }

    private ClassifiedReply JudgeAnswer(ReadOnlySpan<byte> message, in AskedQuestion asked, long now)
    {
        if (IsRecursive(asked))
        {
            return IsFromCache();
        }

        RRset last = _reply.Answer[^1];
        bool isAlias = (last.Type == RRType.Cname || last.Type == RRType.Dname)
            && !IsWhatWasAsked(last, asked);
        if (!isAlias)
        {
            if (!_scrubber.TryCollectProofs(message, asked.Zone, _reply))
            {
                return IsUnusable("authority");
            }

            if (asked.Name.IsRoot && asked.Type == RRType.NS && asked.Role == ServerRole.Authoritative)
            {
                // RFC 9609 §4.2: the priming reply's additional section has the servers' addresses.
                _reply.Referral = _referrals.MakeDelegation(message, last, DomainName.Root, now);
            }

            return Is(ReplyKind.Answer, "the RRset asked for");
        }

        // An alias may come from a wildcard, wherever it leads: the proof goes with it. A name that is itself
        // an alias of the reply is not denied by it, whatever SOA stands there.
        bool leadsAway = !_reply.LastName.IsSubdomainOf(asked.Zone);
        bool isRead = leadsAway
            ? _scrubber.TryCollectProofs(message, asked.Zone, _reply)
            : _scrubber.TryCollectDenial(message, asked, _reply);
        if (!leadsAway && isRead && !_reply.Soa.IsEmpty && !_scrubber.WentRound)
        {
            _reply.DenialBehindAliases =
                _reply.Rcode == Rcode.NXDomain ? ReplyKind.NameError : ReplyKind.NoData;
        }

        return Is(ReplyKind.Alias, "an alias");
    }

    private ClassifiedReply JudgeWithoutAnswer(ReadOnlySpan<byte> message, in AskedQuestion asked, long now)
    {
        if (!_scrubber.TryCollectDenial(message, asked, _reply))
        {
            return IsUnusable("authority");
        }

        if (_reply.Rcode == Rcode.NXDomain)
        {
            return IsRecursive(asked) ? IsFromCache()
                : !_reply.Soa.IsEmpty ? Is(ReplyKind.NameError, "NXDOMAIN with SOA")
                : MayDenyWithoutSoa(asked) ? Is(ReplyKind.NameError, "NXDOMAIN without SOA")
                : Is(ReplyKind.Lame, "NXDOMAIN, neither authoritative nor with an SOA");
        }

        if (_reply.Soa.IsEmpty && _referrals.TryRead(message, asked, now, _reply))
        {
            return asked.Role == ServerRole.Recursive
                ? Is(ReplyKind.Lame, "a forwarder that refers elsewhere does not recurse")
                : Is(ReplyKind.Referral, "NS of a zone below");
        }

        if (IsRecursive(asked))
        {
            return IsFromCache();
        }

        if (!_reply.Soa.IsEmpty)
        {
            return Is(ReplyKind.NoData, "no such type, with SOA");
        }

        // RFC 2308 §2.2: a NODATA reply may come without an SOA; then only AA tells it from a lame server's,
        // and not even AA does when the reply points above the zone: no server of the zone does that.
        return asked.Role != ServerRole.Recursive && _referrals.SawUpwardReferral
            ? Is(ReplyKind.Lame, "referral upwards")
            : MayDenyWithoutSoa(asked) ? Is(ReplyKind.NoData, "no such type, without SOA")
            : Is(ReplyKind.Lame, "nothing in it");
    }

    // RFC 1034 §3.6.2: a query for all types matches the alias itself. A DNAME above the name is not the one
    // that was asked for.
    private bool IsWhatWasAsked(in RRset last, in AskedQuestion asked) =>
        (last.Type == asked.Type || asked.Type == RRType.Any)
        && NameOctets.EqualsIgnoreCase(last.Owner, _reply.LastName.Wire);

    private bool IsRecursive(in AskedQuestion asked) =>
        asked.Role == ServerRole.Authoritative && !asked.TakesRecursive
        && !_reply.IsAuthoritative && _index.Header.Has(HeaderFlags.RecursionAvailable);

    private ClassifiedReply IsTooMuch() =>
        Is(ReplyKind.Malformed, $"limit {LimitTable.MaxRecordsPerRRset.Name} met");

    private ClassifiedReply IsUnusable(string section) => _scrubber.HasOverflowed
        ? IsTooMuch()
        : Is(ReplyKind.Malformed, $"unreadable RDATA in the {section} section");

    private ClassifiedReply IsFromCache() =>
        Is(ReplyKind.Recursive, "not authoritative, but recursion is offered");

    // A forwarder that recurses speaks without AA.
    private bool MayDenyWithoutSoa(in AskedQuestion asked) => _reply.IsAuthoritative
        || (asked.Role == ServerRole.Recursive && _index.Header.Has(HeaderFlags.RecursionAvailable));

    private ClassifiedReply Is(ReplyKind kind, string reason)
    {
        _reply.Kind = kind;
        _reply.Reason = reason;
        return _reply;
    }
}
