// Types that are asked for in vain, as they exist in messages only and never as data (RFC 6895 §3.1).
using Resolver.Wire;

namespace Resolver;

/// <summary>Judges types asked for.</summary>
internal static class MetaType
{
    // In bit maps of NSEC records alone.
    private static RRType NxName => new(128);

    /// <summary>True for a type that no walk can find.</summary>
    public static bool Covers(RRType type) => type.IsMeta && type != RRType.Any;

    /// <summary>The rcode for one: asking for NXNAME is a mistake (RFC 9824 §3.5).</summary>
    public static Rcode RcodeOf(RRType type) => type == NxName ? Rcode.FormErr : Rcode.NotImp;
}
