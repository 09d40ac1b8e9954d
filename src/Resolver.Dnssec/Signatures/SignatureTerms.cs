// The terms on which a signature is checked: at what time, by which policy.
namespace Resolver.Dnssec;

/// <summary>Time and policy of a check.</summary>
/// <param name="Now">Seconds since 1970 modulo 2^32 (RFC 4034 §3.1.5).</param>
/// <param name="Policy">The values to go by.</param>
internal readonly record struct SignatureTerms(uint Now, DnssecPolicy Policy);
