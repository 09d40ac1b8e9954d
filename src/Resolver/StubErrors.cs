// The extended errors (RFC 8914) of queries that are turned away; made once, since refusing must cost
// nothing.
using Resolver.Wire;

namespace Resolver;

/// <summary>Extended errors of the fast lane.</summary>
internal static class StubErrors
{
    /// <summary>
    /// The client is not on the list; no text: a stranger gets no more than 20 octets above what it sent.
    /// </summary>
    public static ExtendedError Prohibited { get; } = new(ExtendedErrorCode.Prohibited, "");

    /// <summary>The client waits for as many answers as it may.</summary>
    public static ExtendedError ShareUsedUp { get; } = new(
        ExtendedErrorCode.Other, "limit max-waiting-queries met: too many queries of this client wait");

    /// <summary>The client asks more often than it may.</summary>
    public static ExtendedError RateLimited { get; } =
        new(ExtendedErrorCode.Other, "limit client-queries-per-second met");

    /// <summary>Everybody together waits for as many answers as may be waited for.</summary>
    public static ExtendedError TooManyWaiting { get; } =
        new(ExtendedErrorCode.Other, "limit max-waiting-queries met");

    /// <summary>The name asks whether a key is trusted, and the answer is to fail (RFC 8509 §3).</summary>
    public static ExtendedError KeySentinel { get; } =
        new(ExtendedErrorCode.Other, "root key sentinel: what the name says of the key is not so");

    /// <summary>A class that is not served.</summary>
    public static ExtendedError ForeignClass { get; } =
        new(ExtendedErrorCode.NotSupported, "only class IN is resolved");

    /// <summary>A type that cannot be resolved.</summary>
    public static ExtendedError MetaType { get; } =
        new(ExtendedErrorCode.InvalidQueryType, "not a type of data");

    /// <summary>RD is clear: what is in the cache is nobody's business (RFC 5358 in spirit).</summary>
    public static ExtendedError NoRecursion { get; } =
        new(ExtendedErrorCode.NotAuthoritative, "recursion was not asked for");
}
