// The file of cookie secrets (RFC 9018 §5): one of 32 hexadecimal digits in a line, the newest first. To
// change the secret of a group of servers, the new one is added below the old one everywhere, then moved
// above it, and an hour later the old one goes.
using System.Collections.Generic;
using System.Collections.Immutable;

namespace Resolver.Server;

/// <summary>Reads files of cookie secrets.</summary>
internal static class SecretFile
{
    /// <summary>
    /// The secrets; mistakes are reported. Empty lines and those that begin with # are passed over.
    /// </summary>
    public static ImmutableArray<string> Read(
        string text, string source, List<ConfigurationProblem> problems)
    {
        ImmutableArray<string>.Builder secrets = ImmutableArray.CreateBuilder<string>();
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            // The line itself is not told: it may be a secret with a slip.
            if (!ServerCookies.TryReadSecret(line, out _))
            {
                problems.Add(new ConfigurationProblem(
                    source, i + 1, 1, "this is no cookie secret", "write 32 hexadecimal digits"));
            }

            secrets.Add(line);
        }

        if (secrets.Count == 0)
        {
            problems.Add(new ConfigurationProblem(
                source, 0, 0, "it holds no cookie secret", "write 32 hexadecimal digits into it"));
        }

        return secrets.ToImmutable();
    }
}
