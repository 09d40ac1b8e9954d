// What a row changes in the configuration of the resolvers, in the words of each.
using System.Collections.Generic;

namespace Resolver.Threats;

/// <summary>Configuration of one row.</summary>
internal sealed record SubjectSettings
{
    public static SubjectSettings Plain { get; } = new();

    public static SubjectSettings Judging { get; } = new() { Validates = true };

    /// <summary>The root and lab. are signed, and the resolvers judge.</summary>
    public bool Validates { get; init; }

    /// <summary>For ours: --set arguments.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>For ours: tables of the configuration file.</summary>
    public string Tables { get; init; } = "";

    /// <summary>For Unbound: lines of the server section.</summary>
    public IReadOnlyList<string> UnboundServer { get; init; } = [];

    /// <summary>For Unbound: further sections.</summary>
    public string UnboundSections { get; init; } = "";

    /// <summary>Addresses with port to listen on besides the usual one.</summary>
    public IReadOnlyList<string> Listen { get; init; } = [];

    /// <summary>Open files that the resolver may have; 0: as many as the system allows.</summary>
    public int OpenFiles { get; init; }
}
