// What a reply was taken for: a closed set, made for the next decision of the walk (RFC 1034 §5.3.3 step 4).
namespace Resolver.Engine;

/// <summary>What a reply, or the lack of one, was taken for.</summary>
internal enum ReplyKind : byte
{
    /// <summary>The RRset asked for, perhaps behind aliases of the same zone.</summary>
    Answer,

    /// <summary>One or more aliases; the last one's target is not in the reply.</summary>
    Alias,

    /// <summary>Servers of a zone closer to the name.</summary>
    Referral,

    /// <summary>The name exists, the type does not (RFC 2308 §2.2).</summary>
    NoData,

    /// <summary>The name does not exist (RFC 2308 §2.1).</summary>
    NameError,

    /// <summary>TC: ask again by TCP.</summary>
    Truncated,

    /// <summary>FORMERR, NOTIMP or BADVERS: the server may not know EDNS (RFC 6891 §7).</summary>
    NotUnderstood,

    /// <summary>SERVFAIL.</summary>
    ServerFailure,

    /// <summary>REFUSED or NOTAUTH: not a server of the zone, or not for us.</summary>
    Refused,

    /// <summary>A reply of a server that does not know the zone: upward referral, nothing in it.</summary>
    Lame,

    /// <summary>
    /// Content without AA from a server that offers recursion: a cache stands where the zone's server should.
    /// Taken only when the zone has nothing better.
    /// </summary>
    Recursive,

    /// <summary>Octets that cannot be read, or records that contradict each other.</summary>
    Malformed,

    /// <summary>An rcode that says nothing useful here.</summary>
    OtherError,
}
