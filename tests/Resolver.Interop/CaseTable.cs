// Reads cases.txt. Columns, parted by white space: name, type, options or "-", rcode, then the whole answer
// section as "[OWNER] TYPE RDATA" parted by " | " (an owner ends with a dot; without one it is the name
// asked). "8*TXT" stands for eight different records of type TXT.

using System;
using System.Collections.Generic;
using System.Globalization;

namespace Resolver.Interop;

internal static class CaseTable
{
    public static IReadOnlyList<Case> Parse(IEnumerable<string> lines)
    {
        var cases = new List<Case>();
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            if (line.Trim().Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] fields = line.Split((char[]?)null, 5, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 4)
            {
                throw new FormatException($"cases, line {number}: fewer than four columns");
            }

            CaseOptions options = ParseOptions(fields[2], number);
            var question = new Question(fields[0], fields[1], options.ClientOptions);
            string answers = fields.Length > 4 ? fields[4] : "";
            cases.Add(new Case(question, options, fields[3], ParseAnswers(fields[0], answers, number)));
        }

        return cases;
    }

    private static CaseOptions ParseOptions(string text, int line)
    {
        var options = new CaseOptions();
        foreach (string word in text.Split(','))
        {
            switch (word)
            {
                case "-":
                    break;
                case "tc":
                    options.ExpectTruncation = true;
                    break;
                case "needs-ipv4":
                    options.NeedsIPv4 = true;
                    break;
                case "local":
                    options.Local = true;
                    break;
                case "or-servfail":
                    options.OrServfail = true;
                    break;
                case "no-nslookup":
                    options.SkipNslookup = true;
                    break;
                case "ad":
                    options.ExpectAuthentic = true;
                    break;
                case var option when option.StartsWith("ede=", StringComparison.Ordinal):
                    options.ExtendedError = option["ede=".Length..];
                    break;
                case var option when option.StartsWith("proof=", StringComparison.Ordinal):
                    options.Proof = option["proof=".Length..];
                    break;
                case var option when option.StartsWith('+'):
                    options.ClientOptions = $"{options.ClientOptions} {option}".Trim();
                    options.SkipNslookup = true;
                    break;
                default:
                    throw new FormatException($"cases, line {line}: unknown option '{word}'");
            }
        }

        return options;
    }

    private static List<ExpectedAnswer> ParseAnswers(string question, string text, int line)
    {
        var answers = new List<ExpectedAnswer>();
        foreach (string part in text.Split(" | ", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = part.Trim().Split((char[]?)null, 2);
            string owner = question;
            int star = words[0].IndexOf('*', StringComparison.Ordinal);
            if (words.Length == 1 && star > 0)
            {
                int count = int.Parse(words[0][..star], CultureInfo.InvariantCulture);
                answers.Add(new ExpectedAnswer(Answer.Create("", words[0][(star + 1)..], ""), count));
                continue;
            }

            if (words[0].EndsWith('.'))
            {
                owner = words[0];
                words = words.Length > 1 ? words[1].Trim().Split((char[]?)null, 2) : words;
            }

            if (words.Length < 2)
            {
                throw new FormatException($"cases, line {line}: not '[OWNER] TYPE RDATA': {part}");
            }

            answers.Add(new ExpectedAnswer(Answer.Create(owner, words[0], words[1]), 0));
        }

        return answers;
    }
}
