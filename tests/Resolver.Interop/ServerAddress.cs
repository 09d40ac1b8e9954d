// Where a server is asked, in the form in which dig takes it.

using System;

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
