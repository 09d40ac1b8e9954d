// Where a server is asked, in the form in which dig takes it.

using System;
using System.Collections.Generic;
using System.Linq;

namespace Resolver.Interop;

internal sealed record ServerAddress(string Address, string Port)
{
    /// <summary>Parses ADDRESS#PORT.</summary>
    public static ServerAddress Parse(string text)
    {
        string[] parts = text.Split('#');
        return parts.Length == 2
            ? new ServerAddress(parts[0], parts[1])
            : throw new FormatException($"not ADDRESS#PORT: {text}");
    }
}

internal sealed record NamedServer(string Name, ServerAddress Address)
{
    /// <summary>Parses NAME=ADDRESS#PORT, parted by commas.</summary>
    public static IReadOnlyList<NamedServer> ParseList(string text) =>
        [.. text.Split(',').Select(static entry => entry.Split('=', 2))
            .Select(static parts => new NamedServer(parts[0], ServerAddress.Parse(parts[^1])))];
}
