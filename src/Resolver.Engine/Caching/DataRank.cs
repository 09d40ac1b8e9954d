// How far data is to be believed by the place where it stood (RFC 2181 §5.4.1), low to high.
namespace Resolver.Engine;

/// <summary>The rank of an RRset: a lower one never replaces a fresh higher one.</summary>
internal enum DataRank : byte
{
    /// <summary>Nothing known; never returned by a cache.</summary>
    None,

    /// <summary>Additional section: glue and other addresses. Steers iteration; never an answer.</summary>
    Additional,

    /// <summary>Authority section of a reply without AA: the NS set of a referral.</summary>
    AuthorityNonAuth,

    /// <summary>
    /// Answer section, but not with the server's authority: no AA, or records behind the first alias of an
    /// authoritative answer.
    /// </summary>
    AnswerNonAuth,

    /// <summary>Authority section of a reply with AA: the zone's own NS and SOA, proofs of denial.</summary>
    AuthorityAuth,

    /// <summary>Answer section with AA, for the name asked.</summary>
    AnswerAuth,
}
