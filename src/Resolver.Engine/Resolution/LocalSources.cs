// Step 4 for misses of the answer cache, and step 1 of RFC 1034 §5.3.3: what the RRset, denial and failure
// caches and the built-in special-use names say of one name and type.
using System;
using System.Diagnostics.CodeAnalysis;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Looks a question up without asking anybody.</summary>
internal sealed class LocalSources
{
    private readonly ResolverCaches _caches;
    private readonly EngineOptions _options;

    // Set by the first DNAME stored: until then no look-up walks up the name's ancestors for one.
    private volatile bool _knowsDnames;
    private volatile LocalRules _rules;

    public LocalSources(ResolverCaches caches, EngineOptions options)
    {
        _caches = caches;
        _options = options;
        _rules = options.Rules;
    }

    /// <summary>The operator's rules in force; readers on any thread take them once per decision.</summary>
    public LocalRules Rules
    {
        get => _rules;
        set => _rules = value;
    }

    /// <summary>A DNAME was stored: look for them from now on.</summary>
    public void ExpectDnames() => _knowsDnames = true;

    /// <summary>The special-use names' answer.</summary>
    public bool TryAnswerLocally(Question question, [NotNullWhen(true)] out LinkOutcome? outcome)
    {
        outcome = _options.AnswersSpecialUseNames ? SpecialUseNames.TryAnswer(question, _rules.Zones) : null;
        return outcome is not null;
    }

    // Step 4: Look up
    /// <summary>What the caches say.</summary>
    public bool TryFind(Question question, long now, [NotNullWhen(true)] out LinkOutcome? outcome)
    {
        outcome = _caches.MayKnow(question.Name.Wire)
            ? FindSet(question, now) ?? FindDenial(question, now) ?? FindDname(question, now)
                ?? FindFailure(question, now)
            : FindDenialAbove(question, now) ?? FindDname(question, now);
        return outcome is not null;
    }

    /// <summary>
    /// What was known last of a question, although it has expired: the newest word counts, whether it is an
    /// RRset, an alias or a denial, so that what was removed does not come back (RFC 8767 §5).
    /// </summary>
    public LinkOutcome? FindStale(Question question, long now, string reason, bool takesUnchecked)
    {
        ReadOnlySpan<byte> name = question.Name.Wire;
        _ = _caches.RRsets.TryGetStale(name, question.Type, now, out CachedRRset? newest);
        if (question.Type != RRType.Cname && !question.Type.IsMeta
            && _caches.RRsets.TryGetStale(name, RRType.Cname, now, out CachedRRset? cname)
            && MayAnswer(question, cname)
            && (newest is null || newest.StoredAt <= cname.StoredAt))
        {
            newest = cname;
        }

        _ = _caches.Denials.TryGetStale(name, question.Type, now, out CachedDenial? denial);
        if (denial is not null && (newest is null || newest.StoredAt <= denial.StoredAt))
        {
            ExtendedErrorCode code = denial.Kind == DenialKind.NameError
                ? ExtendedErrorCode.StaleNXDomainAnswer : ExtendedErrorCode.StaleAnswer;
            return MayStandIn(denial.Security, takesUnchecked)
                ? Denied(question, denial, StaleTtlOf(denial, now), new ExtendedError(code, reason)) : null;
        }

        ExtendedError error = new(ExtendedErrorCode.StaleAnswer, reason);
        newest ??= FindStaleDname(question, now);
        return newest is not null && MayStandIn(newest.Security, takesUnchecked)
            ? FoundStale(question, newest, StaleTtlOf(newest, now), error)
            : null;
    }

    // What came while another link failed has not expired: it lives no longer by standing in.
    private uint StaleTtlOf(CacheEntry entry, long now) => entry.IsExpired(now)
        ? _options.StaleTtl
        : (uint)Math.Clamp((entry.ExpiresAt - now) / TimeSpan.TicksPerSecond, 1, _options.StaleTtl);

    private LinkOutcome? FindSet(Question question, long now)
    {
        if (_caches.RRsets.TryGet(question.Name.Wire, question.Type, now, out CachedRRset? set))
        {
            return Found(LinkEnd.Answer, set, question.Name);
        }

        return question.Type != RRType.Cname && !question.Type.IsMeta
            && _caches.RRsets.TryGet(question.Name.Wire, RRType.Cname, now, out CachedRRset? cname)
            && MayAnswer(question, cname)
            ? Found(LinkEnd.Alias, cname, DomainName.FromValidWire(cname.Set.First))
            : null;
    }

    // DS is the parent's to say (RFC 4035 §3.1.4.1): what the servers of an unsigned zone say of its own
    // name, for any other type, is no word on that. Beside a signed alias stand an NSEC and signatures of its
    // own (RFC 4035 §2.5).
    private static bool MayAnswer(Question question, CachedRRset alias) =>
        question.Type == RRType.DS ? alias.Security == SecurityStatus.Secure
        : (question.Type != RRType.Nsec && question.Type != RRType.Rrsig) || alias.Set.SignatureCount == 0;

    /// <summary>What a referral said of a zone's DS, for the chain of trust alone.</summary>
    public LinkOutcome? FindCut(Question question, long now) =>
        question.Type == RRType.DS
        && _caches.Denials.TryGetCut(question.Name.Wire, now, out CachedDenial? denial)
        && denial.Security != SecurityStatus.Bogus
            ? Denied(question, denial, 0, null)
            : null;

    private LinkOutcome? FindDenial(Question question, long now) =>
        _caches.Denials.TryGet(question.Name.Wire, question.Type, now, out CachedDenial? denial)
            && !IsChildsWordOnDs(question, denial)
            ? Denied(question, denial, 0, null)
            : FindDenialAbove(question, now);

    private LinkOutcome? FindDenialAbove(Question question, long now) =>
        _caches.Denials.TryGetAncestor(question.Name.Wire, now, out CachedDenial? denial, out int length)
            && length >= (_rules.Zones.Find(question)?.Apex.Wire.Length ?? 1)
            ? Denied(question, denial, 0, null)
            : null;

    // RFC 4035 §3.1.4.1: DS is the parent's. A zone that denies its own name does not speak for it.
    private static bool IsChildsWordOnDs(Question question, CachedDenial denial) =>
        question.Type == RRType.DS && denial.Kind == DenialKind.NameError
        && !denial.Soa.IsEmpty && denial.Soa.OwnerName == question.Name;

    private LinkOutcome? FindDname(Question question, long now)
    {
        if (!_knowsDnames)
        {
            return null;
        }

        // A DNAME above a configured zone does not reach into it.
        DomainName highest = _rules.Zones.Find(question)?.Apex ?? DomainName.Root;
        for (DomainName above = question.Name; above.Wire.Length > highest.Wire.Length;)
        {
            above = above.Parent;
            if (_caches.RRsets.TryGet(above.Wire, RRType.Dname, now, out CachedRRset? dname))
            {
                LinkEnd end = DnameRewrite.EndOf(question, dname.Set, out DomainName target);
                return Found(end, dname, target);
            }
        }

        return null;
    }

    private CachedRRset? FindStaleDname(Question question, long now)
    {
        DomainName highest = _rules.Zones.Find(question)?.Apex ?? DomainName.Root;
        for (DomainName above = question.Name; _knowsDnames && above.Wire.Length > highest.Wire.Length;)
        {
            above = above.Parent;
            if (_caches.RRsets.TryGetStale(above.Wire, RRType.Dname, now, out CachedRRset? dname))
            {
                return dname;
            }
        }

        return null;
    }

    /// <summary>A failure that is remembered; of one of validation the reason itself is told.</summary>
    public LinkOutcome? FindFailure(Question question, long now) =>
        !_caches.Failures.TryGet(question.Name.Wire, question.Type, now, out CachedFailure? failure) ? null
            : failure.IsBogus
                ? new LinkOutcome { End = LinkEnd.Failure, Error = failure.Reason, IsBogus = true }
            : new LinkOutcome
            {
                End = LinkEnd.Failure,
                Error = failure.Reason with { Code = ExtendedErrorCode.CachedError },
                Cause = failure.Reason.Code,
            };

    // What was found bogus stands in for nobody, and what was not judged yet for those alone who take it so.
    private bool MayStandIn(SecurityStatus security, bool takesUnchecked) =>
        security != SecurityStatus.Bogus
        && (security != SecurityStatus.Unchecked || takesUnchecked || !_options.Validates);

    private static LinkOutcome FoundStale(
        Question question, CachedRRset set, uint staleTtl, ExtendedError error)
    {
        DomainName last = question.Name;
        RRType type = set.Set.Type;
        bool isAtName = set.Set.Owner.Length == last.Wire.Length;
        LinkEnd end = isAtName && type == question.Type ? LinkEnd.Answer
            : type == RRType.Cname ? LinkEnd.Alias
            : DnameRewrite.EndOf(question, set.Set, out last);
        last = type == RRType.Cname && end == LinkEnd.Alias ? DomainName.FromValidWire(set.Set.First) : last;
        return new LinkOutcome
        {
            End = end,
            Sets = [new AnswerSet(set.Set, set) { StaleTtl = staleTtl }],
            LastName = last,
            Error = error,
        };
    }

    private static LinkOutcome Denied(
        Question question, CachedDenial denial, uint staleTtl, ExtendedError? error)
    {
        return new LinkOutcome
        {
            End = denial.Kind == DenialKind.NameError ? LinkEnd.NameError : LinkEnd.NoData,
            LastName = question.Name,
            Denial = denial,
            StaleTtl = staleTtl,
            Error = error,
        };
    }

    private static LinkOutcome Found(LinkEnd end, CachedRRset set, DomainName last) => new()
    {
        End = end,
        Sets = [new AnswerSet(set.Set, set)],
        LastName = last,
    };
}
