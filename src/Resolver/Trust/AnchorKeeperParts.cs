// What following trust anchors needs of the world.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver;

/// <summary>The parts of an <see cref="AnchorKeeper"/>.</summary>
/// <param name="Trust">What is kept up to date.</param>
/// <param name="Folder">The state folder.</param>
/// <param name="Time">The clock.</param>
/// <param name="Ask">Resolves and validates a question, signatures included.</param>
internal sealed record AnchorKeeperParts(
    TrustState Trust,
    string Folder,
    TimeProvider Time,
    Func<DomainName, RRType, CancellationToken, ValueTask<Resolution>> Ask)
{
    /// <summary>Told the names whose anchors have been replaced.</summary>
    public required Action<IReadOnlyList<DomainName>> Changed { get; init; }

    /// <summary>Where to log.</summary>
    public required ILogger Logger { get; init; }
}
