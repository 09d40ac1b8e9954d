// What may be wrong with a name server: the faults met most in the wild.
namespace Resolver.Testing;

/// <summary>A lasting fault of a simulated server.</summary>
public enum ServerFault : byte
{
    /// <summary>It works.</summary>
    None,

    /// <summary>Nothing comes back, by UDP or TCP.</summary>
    Dead,

    /// <summary>
    /// It does not know the zones delegated to it, and refers upwards to the root, not authoritatively.
    /// </summary>
    Lame,

    /// <summary>It refuses every query.</summary>
    Refused,

    /// <summary>Every reply by UDP is truncated and empty; TCP works.</summary>
    Truncated,

    /// <summary>Replies have another ID than the query.</summary>
    WrongId,

    /// <summary>Replies repeat another question than the query's.</summary>
    WrongQuestion,

    /// <summary>A query with EDNS gets FORMERR (RFC 6891 §7: a server that does not know it).</summary>
    NoEdns,

    /// <summary>TCP connections are refused.</summary>
    NoTcp,
}
