// The lines of a scenario that say something: trimmed, without those that are empty or comments.
using System.IO;

namespace Resolver.Scenarios;

/// <summary>A reader of lines, with one line of looking ahead.</summary>
internal sealed class ScriptLines(TextReader text)
{
    private string? _next;

    /// <summary>The number of the line read last.</summary>
    public int Number { get; private set; }

    /// <summary>The comment right before the line read last; empty without one.</summary>
    public string Remark { get; private set; } = "";

    public bool TryNext(out string line)
    {
        string? found = _next;
        _next = null;
        Remark = found is null ? "" : Remark;
        while (found is null && text.ReadLine() is { } read)
        {
            Number++;
            string trimmed = read.Trim();
            bool isRemark = trimmed.StartsWith(';');
            found = trimmed.Length == 0 || isRemark ? null : trimmed;
            Remark = isRemark ? trimmed : Remark;
        }

        line = found ?? "";
        return found is not null;
    }

    /// <summary>Takes the next line if it begins with this word; the rest of it comes along.</summary>
    public bool TryTake(string word, out string? rest)
    {
        rest = null;
        if (!TryNext(out string line))
        {
            return false;
        }

        string[] words = line.Split(';')[0].Split([' ', '\t'], 2);
        bool isIt = words[0] == word;
        _next = isIt ? null : line;
        rest = isIt && words.Length > 1 ? words[1].Trim() : null;
        return isIt;
    }
}
