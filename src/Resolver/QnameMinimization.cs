// How much of a name servers above its zone get to see (RFC 9156).
namespace Resolver;

/// <summary>Whether queries to parents hold only the labels that they need (RFC 9156).</summary>
public enum QnameMinimization : byte
{
    /// <summary>Every server is asked the whole name.</summary>
    Off,

    /// <summary>Minimised, and the whole name is asked where a server copes badly (RFC 9156 §4).</summary>
    Relaxed,

    /// <summary>Minimised, and such a server's answer is taken as it is.</summary>
    Strict,
}
