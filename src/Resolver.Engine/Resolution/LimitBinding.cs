// Ties a limit to its property, so that configuration, documentation and tests can walk all limits.
using System;

namespace Resolver.Engine;

/// <summary>A limit with its reader and its setter.</summary>
/// <param name="Limit">Name, default, range and reason.</param>
/// <param name="Read">Reads the value in force.</param>
/// <param name="With">Returns a copy of the limits with another value; throws when it is out of
/// range.</param>
public sealed record LimitBinding(
    Limit Limit, Func<ResolverLimits, int> Read, Func<ResolverLimits, int, ResolverLimits> With);
