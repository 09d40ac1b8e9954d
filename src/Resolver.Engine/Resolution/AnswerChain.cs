// The answer to a question as it grows link by link (RFC 1034 §5.3.3 step 4c): aliases in their order, then
// the RRset asked for or the denial; and whether expired data stands in for a part of it (RFC 8767).
using System;
using System.Collections.Generic;
using System.Globalization;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The links of one answer.</summary>
internal sealed class AnswerChain
{
    private static readonly ExtendedError Spared = new(
        ExtendedErrorCode.Other,
        "the clock is behind the last good time: a time server's signatures are not judged until it is set");

    private readonly List<AnswerSet> _sets = new(1);
    private readonly int _maxAliases;
    private ExtendedError? _note;

    public AnswerChain(ResolverLimits limits) => _maxAliases = limits.MaxAliases;

    /// <summary>The question.</summary>
    public Question Question { get; private set; }

    /// <summary>True when data is taken as it came although the client did not ask for that.</summary>
    public bool IsSpared { get; private set; }

    /// <summary>The link at which it stands: the question, or where an alias led.</summary>
    public Question Link { get; set; }

    /// <summary>Aliases and answer, in their order.</summary>
    public List<AnswerSet> Sets => _sets;

    /// <summary>Begins with a question; what was there is forgotten.</summary>
    public AnswerChain Begin(Question question, bool isSpared)
    {
        _sets.Clear();
        _note = null;
        Question = question;
        Link = question;
        IsSpared = isSpared;
        return this;
    }

    /// <summary>Adds what the link for <paramref name="name"/> ended in.</summary>
    public void Append(LinkOutcome outcome, DomainName name)
    {
        _note ??= outcome.End == LinkEnd.Failure ? null : outcome.Error;
        foreach (AnswerSet set in outcome.Sets)
        {
            _sets.Add(set);
            // The DNAME that was asked for stands at the name itself, and rewrites only what is below it.
            if (set.Set.Type == RRType.Dname && name.Wire.Length > set.Set.Owner.Length
                && DnameRewrite.TryApply(name, set.Set, out DomainName target))
            {
                // RFC 6672 §3.1: the DNAME goes with a CNAME of its own TTL for those who do not know DNAME.
                _sets.Add(set with { Set = DnameRewrite.MakeCname(name, target, set.Set.Ttl) });
                name = target;
            }
            else if (set.Set.Type == RRType.Cname)
            {
                name = DomainName.FromValidWire(set.Set.First);
            }
        }
    }

    /// <summary>Why the chain must not go on with this name; null when it may.</summary>
    public string? WhyItEnds(DomainName next) =>
        _sets.Count > _maxAliases
            ? string.Create(CultureInfo.InvariantCulture, $"limit max-aliases ({_maxAliases}) met")
        : IsInChain(next) ? "the aliases go round in a circle"
        : null;

    /// <summary>The whole answer, once a link is no alias.</summary>
    /// <param name="last">The last link.</param>
    /// <param name="removed">What was taken out of it, or null.</param>
    public ResolutionOutcome Finish(LinkOutcome last, ExtendedError? removed)
    {
        bool failed = last.End == LinkEnd.Failure;
        SecurityStatus security = last.Security;
        foreach (AnswerSet set in _sets)
        {
            security = SecurityOrder.Weaker(security, set.Security);
        }

        // RFC 4035 §3.2.3: nobody signed what is left of an answer, nor that there is none.
        security = removed is null ? security : SecurityOrder.Weaker(security, SecurityStatus.Unchecked);

        return new ResolutionOutcome
        {
            Rcode = last.End switch
            {
                LinkEnd.Answer or LinkEnd.NoData => Rcode.NoError,
                LinkEnd.NameError => Rcode.NXDomain,
                LinkEnd.NameTooLong => Rcode.YXDomain,
                LinkEnd.Failure => Rcode.ServFail,
                LinkEnd.Alias => throw new InvalidOperationException("an alias is no end"),
                _ => throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"link end {last.End} of {Question}")),
            },
            Security = security,
            Answer = failed ? [] : _sets,
            Denial = last.Denial,
            Error = removed ?? last.Error ?? _note ?? (IsUnjudged(security) ? Spared : null),
            StaleTtl = last.StaleTtl,
            IsLocal = last.IsLocal && _sets.Count == last.Sets.Length,
        };
    }

    // What was found out before the clock went wrong may be said without a remark.
    private bool IsUnjudged(SecurityStatus security) =>
        IsSpared && security is not (SecurityStatus.Secure or SecurityStatus.Insecure);

    private bool IsInChain(DomainName name)
    {
        foreach (AnswerSet set in _sets)
        {
            if (set.Set.Type == RRType.Cname && NameOctets.EqualsIgnoreCase(set.Set.Owner, name.Wire))
            {
                return true;
            }
        }

        return false;
    }
}
