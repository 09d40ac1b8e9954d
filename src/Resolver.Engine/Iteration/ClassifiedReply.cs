// A reply after classification and scrubbing: only what the asked server may say, in the order in which it is
// used. One instance per loop, filled anew by each classification and consumed before the next.
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The usable content of one reply.</summary>
internal sealed class ClassifiedReply
{
    /// <summary>What it was taken for.</summary>
    public ReplyKind Kind { get; set; }

    /// <summary>Its rcode, EDNS bits included.</summary>
    public Rcode Rcode { get; set; }

    /// <summary>True when it has an OPT record.</summary>
    public bool HasEdns { get; set; }

    /// <summary>True when AA is set.</summary>
    public bool IsAuthoritative { get; set; }

    /// <summary>Aliases from the name asked for on, then the RRset asked for.</summary>
    public List<RRset> Answer { get; } = [];

    /// <summary>The name at the end of the aliases: the name asked for when there are none.</summary>
    public DomainName LastName { get; set; }

    /// <summary>
    /// A denial of <see cref="LastName"/> found behind aliases; else the kind is the denial.
    /// </summary>
    public ReplyKind? DenialBehindAliases { get; set; }

    /// <summary>The SOA of a denial; empty when the server gave none.</summary>
    public RRset Soa { get; set; }

    /// <summary>NSEC and NSEC3 sets of the authority section.</summary>
    public List<RRset> Proofs { get; } = [];

    /// <summary>The delegation of a referral.</summary>
    public Delegation? Referral { get; set; }

    /// <summary>The DS set beside a referral; empty when there is none.</summary>
    public RRset DelegationSigner { get; set; }

    /// <summary>Count of records that were left out because the server may not say them.</summary>
    public int Scrubbed { get; set; }

    /// <summary>Why it was taken for what it was, for people.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Starts anew.</summary>
    public void Clear(DomainName asked)
    {
        Kind = ReplyKind.Malformed;
        Rcode = Rcode.NoError;
        HasEdns = false;
        IsAuthoritative = false;
        Answer.Clear();
        LastName = asked;
        DenialBehindAliases = null;
        Soa = default;
        Proofs.Clear();
        Referral = null;
        DelegationSigner = default;
        Scrubbed = 0;
        Reason = "";
    }
}
