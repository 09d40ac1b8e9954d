// The characters of a zone file, one after another, with the place of each. Read in pieces, so a file of any size
// takes the same room.
using System.IO;

namespace Resolver.Wire;

/// <summary>A forward reader of characters that counts lines and columns.</summary>
internal sealed class ZoneCharacters
{
    /// <summary>What <see cref="Peek"/> gives when no character is left.</summary>
    public const int EndOfText = -1;

    private const int ChunkLength = 8192;

    private readonly TextReader _source;
    private readonly char[] _chunk = new char[ChunkLength];
    private int _at;
    private int _length;
    private int _line = 1;
    private int _column = 1;

    public ZoneCharacters(TextReader source) => _source = source;

    /// <summary>Where the next character stands.</summary>
    public TextPosition Position => new(_line, _column);

    /// <summary>The next character, which stays.</summary>
    public int Peek()
    {
        if (_at == _length)
        {
            _at = 0;
            _length = _source.Read(_chunk, 0, _chunk.Length);
        }

        return _length == 0 ? EndOfText : _chunk[_at];
    }

    /// <summary>Takes the character that <see cref="Peek"/> has shown.</summary>
    public char Take()
    {
        char c = _chunk[_at++];
        if (c == '\n')
        {
            _line++;
            _column = 1;
        }
        else
        {
            _column++;
        }

        return c;
    }

    /// <summary>Closes the source.</summary>
    public void Close() => _source.Close();
}
