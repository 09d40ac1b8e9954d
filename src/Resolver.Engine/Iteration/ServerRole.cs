// What a server is asked to do, and so what its replies mean.
namespace Resolver.Engine;

/// <summary>The two kinds of servers asked.</summary>
internal enum ServerRole : byte
{
    /// <summary>Tells what it knows of its own zones: RD is clear (RFC 1035 §4.1.1).</summary>
    Authoritative,

    /// <summary>
    /// Finds out for us: RD is set, and CD when we validate (RFC 6840 §5.9); its replies carry neither AA nor
    /// referrals.
    /// </summary>
    Recursive,
}
