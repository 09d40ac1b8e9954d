// What can be done with a message that came in as a query: a closed set, one reply form for each.
namespace Resolver.Wire;

/// <summary>Whether a query can be worked on, and how to reply if not.</summary>
internal enum QueryVerdict : byte
{
    /// <summary>It can.</summary>
    Ok,

    /// <summary>No reply: no whole header, or a response (a reply to a reply would never end).</summary>
    Drop,

    /// <summary>Reply FORMERR.</summary>
    FormErr,

    /// <summary>Reply NOTIMP: the opcode is not Query.</summary>
    NotImp,

    /// <summary>Reply BADVERS: an EDNS version above 0 (RFC 6891 §6.1.3).</summary>
    BadVers,

    /// <summary>Reply NOTAUTH with BADKEY: it is signed, by a key not known here (RFC 8945 §5.2.1).</summary>
    BadKey,

    /// <summary>Reply with the cookie alone: it asks for nothing else (RFC 7873 §5.4).</summary>
    CookieOnly,
}
