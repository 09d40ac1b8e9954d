// How an exchange ended without a reply, as the walk's decisions see it.
namespace Resolver.Engine;

/// <summary>How an exchange ended without a reply.</summary>
/// <param name="Status">The end.</param>
/// <param name="CaseDiffered">A reply came that differed in the case of the question only.</param>
/// <param name="CookieLacked">A reply came that lacked nothing but the cookie.</param>
internal readonly record struct ExchangeFailure(ExchangeStatus Status, bool CaseDiffered, bool CookieLacked);
