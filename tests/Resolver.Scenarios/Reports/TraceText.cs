// One step of a trace as a line.
using System.Globalization;
using System.Linq;
using Resolver.Engine;

namespace Resolver.Scenarios;

/// <summary>Formats trace events.</summary>
internal static class TraceText
{
    public static string Format(TraceEvent step)
    {
        string?[] words =
        [
            step.At.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture),
            new string(' ', step.Depth * 2),
            step.Kind.ToString(), step.Name, step.Type, step.Zone is null ? null : $"zone {step.Zone}",
            step.ServerName, step.Server, step.Transport, step.Rcode, step.Verdict,
            step.Reason is null ? null : $"({step.Reason})",
        ];
        return "trace " + string.Join(' ', words.Where(static w => w is not null));
    }
}
