// Reads what dig and kdig print with "+noall +comments +answer +authority" (kdig: +header). One reply begins
// at its ->>HEADER<<- line; dig's batch mode prints one after the other.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Resolver.Interop;

internal static partial class DigOutput
{
    /// <summary>Reads the one reply in the output of one run.</summary>
    public static Reply ParseSingle(string output)
    {
        var reply = new Reply();
        string section = "";
        foreach (string line in output.Split('\n'))
        {
            ReadLine(line, reply, ref section);
        }

        return reply;
    }

    /// <summary>
    /// Reads the replies of a batch run with +cmd, which names each question before its reply. What dig says
    /// while it still asks ("retrying in TCP mode") stands before that line.
    /// </summary>
    public static List<Reply> ParseBatch(string output)
    {
        var replies = new List<Reply>();
        var ahead = new Reply();
        var current = new Reply();
        string section = "";
        foreach (string line in output.Split('\n'))
        {
            if (line.StartsWith("; <<>> DiG", StringComparison.Ordinal))
            {
                current = new Reply { Truncated = ahead.Truncated };
                ahead.Truncated = false;
                replies.Add(current);
                section = "";
            }
            else if (SaysTruncated(line))
            {
                ahead.Truncated = true;
            }
            else
            {
                ReadLine(line, current, ref section);
            }
        }

        return replies;
    }

    private static bool SaysTruncated(string line)
    {
        return line.Contains("retrying in TCP mode", StringComparison.Ordinal)
            || line.Contains("retrying over TCP", StringComparison.Ordinal);
    }

    private static void ReadLine(string line, Reply reply, ref string section)
    {
        if (SaysTruncated(line))
        {
            reply.Truncated = true;
            return;
        }

        Match error = ExtendedError().Match(line);
        if (error.Success)
        {
            reply.ExtendedErrors.Add(error.Groups[1].Value);
            return;
        }

        if (line.StartsWith(";;", StringComparison.Ordinal))
        {
            ReadComment(line, reply, ref section);
            return;
        }

        if (line.Length == 0 || line[0] == ';' || !Answer.TryParse(line, out Answer? record))
        {
            return;
        }

        if (section == "ANSWER")
        {
            reply.Answers.Add(record!);
        }
        else if (section == "AUTHORITY")
        {
            reply.AuthorityTypes.Add(record!.Type);
        }
    }

    private static void ReadComment(string line, Reply reply, ref string section)
    {
        Match status = Status().Match(line);
        if (status.Success)
        {
            reply.Rcode = status.Groups[1].Value;
            reply.Answers.Clear();
            reply.AuthorityTypes.Clear();
            reply.ExtendedErrors.Clear();
            section = "";
        }

        Match flags = Flags().Match(line);
        if (flags.Success)
        {
            string[] words = flags.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            reply.Flags = string.Join(' ', words.Where(w => w != "qr"));
        }

        Match heading = Heading().Match(line);
        if (heading.Success)
        {
            section = heading.Groups[1].Value;
        }
    }

    [GeneratedRegex(@"->>HEADER<<-.*status: ([A-Z0-9]+)[;,]")]
    private static partial Regex Status();

    [GeneratedRegex("^;; [Ff]lags: ([a-z ]*);")]
    private static partial Regex Flags();

    // dig says "; EDE: 7 (...)", kdig ";; EDE: 7 (...)".
    [GeneratedRegex("^;;? EDE: ([0-9]+)")]
    private static partial Regex ExtendedError();

    [GeneratedRegex("^;; (QUESTION|ANSWER|AUTHORITY|ADDITIONAL|OPT PSEUDO)")]
    private static partial Regex Heading();
}
