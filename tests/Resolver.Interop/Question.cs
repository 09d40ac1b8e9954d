// One question as written in a batch file of dig: a name, a type, and options such as +tcp.

using System.Collections.Generic;

namespace Resolver.Interop;

internal sealed record Question(string Name, string Type, string Options)
{
    public override string ToString() => Options.Length == 0 ? $"{Name} {Type}" : $"{Name} {Type} {Options}";
}

internal static class QuestionFile
{
    public static IReadOnlyList<Question> Parse(IEnumerable<string> lines)
    {
        var questions = new List<Question>();
        foreach (string line in lines)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] parts = line.Split(' ', 3);
            questions.Add(new Question(parts[0], parts[1], parts.Length > 2 ? parts[2] : ""));
        }

        return questions;
    }
}
