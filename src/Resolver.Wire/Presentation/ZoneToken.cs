// A word of a zone file, where it stands, and a cursor over the words of one entry. Words are kept as
// written, escapes and all: what an escape means depends on the field that reads it.
using System;

namespace Resolver.Wire;

/// <summary>A word of an entry.</summary>
/// <param name="Start">Where its text begins in the entry's text.</param>
/// <param name="Length">Characters of it, outer quotes not counted.</param>
/// <param name="IsQuoted">True when it stood in quotes.</param>
/// <param name="Position">Where it stands in the file.</param>
internal readonly record struct ZoneToken(int Start, int Length, bool IsQuoted, TextPosition Position);

/// <summary>A place in a text, both counted from 1.</summary>
internal readonly record struct TextPosition(int Line, int Column);

/// <summary>Walks the words of an entry.</summary>
internal ref struct TokenCursor
{
    private readonly ReadOnlySpan<char> _text;
    private readonly ReadOnlySpan<ZoneToken> _tokens;
    private int _next;

    public TokenCursor(ReadOnlySpan<char> text, ReadOnlySpan<ZoneToken> tokens)
    {
        _text = text;
        _tokens = tokens;
    }

    /// <summary>Words taken so far.</summary>
    public readonly int Taken => _next;

    /// <summary>True when no word is left.</summary>
    public readonly bool IsAtEnd => _next == _tokens.Length;

    /// <summary>Takes the next word; false at the end.</summary>
    public bool TryTake(out ReadOnlySpan<char> word, out bool isQuoted)
    {
        bool taken = TryPeek(out word, out isQuoted);
        if (taken)
        {
            _next++;
        }

        return taken;
    }

    /// <summary>Looks at the next word; false at the end.</summary>
    public readonly bool TryPeek(out ReadOnlySpan<char> word, out bool isQuoted)
    {
        if (IsAtEnd)
        {
            word = default;
            isQuoted = false;
            return false;
        }

        ZoneToken token = _tokens[_next];
        word = _text.Slice(token.Start, token.Length);
        isQuoted = token.IsQuoted;
        return true;
    }
}
