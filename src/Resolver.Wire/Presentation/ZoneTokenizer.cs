// Cuts a zone file into entries and an entry into words: comments, quotes, escapes, parentheses that join
// lines. RFC 1035 §5.1. Each character is seen once; the words of one entry lie in a buffer that is reused.
using System;
using System.IO;

namespace Resolver.Wire;

/// <summary>A forward reader of words. Characters are octets: the source decodes as Latin-1.</summary>
internal sealed class ZoneTokenizer
{
    /// <summary>
    /// Most characters of an entry: 65,535 octets of RDATA, all escaped, and room for the rest.
    /// </summary>
    public const int MaxEntryLength = 1 << 20;

    private const int EndOfText = ZoneCharacters.EndOfText;

    private readonly ZoneCharacters _source;
    private char[] _text = new char[1024];
    private int _textLength;
    private ZoneToken[] _tokens = new ZoneToken[32];
    private int _count;
    private int _parentheses;
    private TextPosition _opened;
    private bool _ended;

    public ZoneTokenizer(TextReader source) => _source = new ZoneCharacters(source);

    /// <summary>True when the entry at hand begins with a blank: its owner is the one before.</summary>
    public bool StartsBlank { get; private set; }

    /// <summary>True to read quotes inside a word, behind "=", as part of it (RFC 9460 §2.1).</summary>
    public bool QuotesInWords { get; set; }

    /// <summary>Words of the entry read so far.</summary>
    public int Count => _count;

    /// <summary>What is wrong, or null.</summary>
    public string? Error { get; private set; }

    /// <summary>Where it is wrong.</summary>
    public TextPosition ErrorPosition { get; private set; }

    /// <summary>Where the reader stands; behind an entry, where that ended.</summary>
    public TextPosition Position { get; private set; } = new(1, 1);

    /// <summary>
    /// Goes to the next entry with a word in it and reads that; false at the end or on a mistake.
    /// </summary>
    public bool TryBegin()
    {
        Error = null;
        QuotesInWords = false;
        do
        {
            _parentheses = 0;
            _ended = false;
            _count = 0;
            _textLength = 0;
            int first = _source.Peek();
            if (first == EndOfText)
            {
                return false;
            }

            StartsBlank = first is ' ' or '\t';
        }
        while (!TryReadWord() && Error is null);
        return Error is null;
    }

    /// <summary>Reads one word more; false at the end of the entry or on a mistake.</summary>
    public bool TryReadWord()
    {
        while (!_ended && Error is null)
        {
            int c = _source.Peek();
            switch (c)
            {
                case EndOfText or '\n':
                    EndLine(c);
                    break;
                case ' ' or '\t' or '\r':
                    _source.Take();
                    break;
                case ';':
                    SkipComment();
                    break;
                case '(':
                    _opened = _parentheses++ == 0 ? _source.Position : _opened;
                    _source.Take();
                    break;
                case ')':
                    CloseParenthesis();
                    break;
                default:
                    return c == '"' ? TryReadQuoted() : TryReadBare();
            }
        }

        return false;
    }

    /// <summary>Reads all that is left of the entry; false on a mistake.</summary>
    public bool TryReadAll()
    {
        while (TryReadWord())
        {
        }

        return Error is null;
    }

    /// <summary>Leaves what is left of the entry behind, mistakes too.</summary>
    public void SkipEntry()
    {
        while (!_ended)
        {
            Error = null;
            _count = 0;
            _textLength = 0;
            TryReadWord();
        }
    }

    /// <summary>A word of the entry as written.</summary>
    public ReadOnlySpan<char> Word(int index) => _text.AsSpan(_tokens[index].Start, _tokens[index].Length);

    /// <summary>True when the word stood in quotes.</summary>
    public bool IsQuoted(int index) => _tokens[index].IsQuoted;

    /// <summary>Where a word stands; for the word after the last, where the entry ended.</summary>
    public TextPosition PositionOf(int index) => index < _count ? _tokens[index].Position : Position;

    /// <summary>The words from <paramref name="first"/> on.</summary>
    public TokenCursor WordsFrom(int first) => new(_text, _tokens.AsSpan(first, _count - first));

    /// <summary>Closes the source.</summary>
    public void Close() => _source.Close();

    private void EndLine(int c)
    {
        Position = _source.Position;
        if (c == EndOfText)
        {
            _ended = true;
            if (_parentheses > 0)
            {
                Fail("the parenthesis is never closed", _opened);
            }
        }
        else
        {
            _source.Take();
            _ended = _parentheses == 0;
        }
    }

    private void CloseParenthesis()
    {
        if (_parentheses == 0)
        {
            Fail("a closing parenthesis without an opening one", _source.Position);
        }
        else
        {
            _parentheses--;
        }

        _source.Take();
    }

    private void SkipComment()
    {
        while (_source.Peek() is not ('\n' or EndOfText))
        {
            _source.Take();
        }
    }

    private bool TryReadQuoted()
    {
        TextPosition position = _source.Position;
        int start = _textLength;
        _source.Take();
        if (!TryCopyQuoted(position))
        {
            return false;
        }

        return TryAdd(new ZoneToken(start, _textLength - start, true, position));
    }

    // Copies up to the closing quote, and takes that.
    private bool TryCopyQuoted(TextPosition opened)
    {
        while (_source.Peek() != '"')
        {
            if (_source.Peek() is '\n' or EndOfText)
            {
                return Fail("the quote is not closed on its line", opened);
            }

            if (!TryCopyOne())
            {
                return false;
            }
        }

        _source.Take();
        return true;
    }

    private bool TryReadBare()
    {
        TextPosition position = _source.Position;
        int start = _textLength;
        while (_source.Peek() is not (EndOfText or '\n' or '\r' or ' ' or '\t' or ';' or '(' or ')'))
        {
            bool opens = _source.Peek() == '"' && QuotesInWords && _textLength > start
                && _text[_textLength - 1] == '=';
            if (!TryCopyOne() || (opens && !TryCopyQuotedPart(position)))
            {
                return false;
            }
        }

        return TryAdd(new ZoneToken(start, _textLength - start, false, position));
    }

    private bool TryCopyQuotedPart(TextPosition opened)
    {
        if (!TryCopyQuoted(opened))
        {
            return false;
        }

        Append('"');
        return true;
    }

    // Copies a character, or an escape's two.
    private bool TryCopyOne()
    {
        if (_textLength + 4 > MaxEntryLength)
        {
            return Fail("the entry is too long", _source.Position);
        }

        TextPosition position = _source.Position;
        char c = _source.Take();
        Append(c);
        if (c != '\\')
        {
            return true;
        }

        if (_source.Peek() is EndOfText or '\n' or '\r')
        {
            return Fail("a backslash with nothing behind it", position);
        }

        Append(_source.Take());
        return true;
    }

    private void Append(char c)
    {
        if (_textLength == _text.Length)
        {
            Array.Resize(ref _text, _text.Length * 2);
        }

        _text[_textLength++] = c;
    }

    private bool TryAdd(ZoneToken token)
    {
        if (_count + _textLength > MaxEntryLength)
        {
            return Fail("the entry is too long", token.Position);
        }

        if (_count == _tokens.Length)
        {
            Array.Resize(ref _tokens, _tokens.Length * 2);
        }

        _tokens[_count++] = token;
        return true;
    }

    private bool Fail(string error, TextPosition position)
    {
        Error = error;
        ErrorPosition = position;
        return false;
    }
}
