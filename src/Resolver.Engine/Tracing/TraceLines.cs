// A trace in one line, for the log.
using System.Globalization;
using System.Text;

namespace Resolver.Engine;

/// <summary>Formats traces for the log.</summary>
internal static class TraceLines
{
    /// <summary>The last steps of a trace, oldest first.</summary>
    public static string Format(Trace? trace)
    {
        if (trace is null)
        {
            return "Nobody listened to its steps.";
        }

        StringBuilder line = new("Its steps:");
        foreach (TraceEvent step in trace.Events)
        {
            line.Append(CultureInfo.InvariantCulture, $" [{step.At.TotalMilliseconds:F1} ms] {step.Kind}");
            foreach (string? word in (string?[])[
                step.Name, step.Type, step.Server, step.Transport, step.Rcode, step.Verdict, step.Reason])
            {
                line.Append(word is null ? "" : " ").Append(word);
            }

            line.Append(';');
        }

        return line.ToString();
    }
}
