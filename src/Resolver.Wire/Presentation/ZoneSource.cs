// One text that a zone is read from: the file itself or one that it includes, with what to come back to
// behind it.
using System;
using System.IO;
using System.Text;

namespace Resolver.Wire;

/// <summary>A text being read.</summary>
internal sealed class ZoneSource
{
    private readonly string _name;

    /// <param name="name">The name for errors.</param>
    /// <param name="path">The path of the file, or null.</param>
    /// <param name="reader">The characters.</param>
    public ZoneSource(string name, string? path, TextReader reader)
    {
        _name = name;
        Path = path;
        Words = new ZoneTokenizer(reader);
    }

    /// <summary>The path of the file; null when the text is from elsewhere.</summary>
    public string? Path { get; }

    /// <summary>The name for errors.</summary>
    public string Name => _name;

    /// <summary>The words.</summary>
    public ZoneTokenizer Words { get; }

    /// <summary>The origin to come back to behind an included file.</summary>
    public DomainName OuterOrigin { get; set; }

    /// <summary>The owner to come back to; null when there was none.</summary>
    public DomainName? OuterOwner { get; set; }

    /// <summary>Opens a file; false with the reason.</summary>
    public static bool TryOpen(string path, string name, out ZoneSource? source, out string? error)
    {
        source = null;
        try
        {
            error = null;
            source = new ZoneSource(name, path, OpenOctets(path));
            return true;
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException
                or ArgumentException or NotSupportedException)
        {
            error = $"the file cannot be read: {exception.Message}";
            return false;
        }
    }

    /// <summary>Opens a file named by one that includes it; false with what is wrong.</summary>
    public static bool TryOpenBeside(
        ZoneSource including, ReadOnlySpan<char> word, out ZoneSource? source, out string? error)
    {
        source = null;
        byte[] octets = new byte[word.Length];
        if (!OctetText.TryUnescape(word, octets, out int length))
        {
            error = $"'{OctetText.Show(word)}' is no name of a file";
            return false;
        }

        string path = Encoding.UTF8.GetString(octets.AsSpan(0, length));
        string folder = System.IO.Path.GetDirectoryName(including.Path) ?? "";
        path = System.IO.Path.Combine(folder, path);
        return TryOpen(path, path, out source, out error);
    }

    /// <summary>An error at a place in this text.</summary>
    public ZoneFileError ErrorAt(TextPosition position, string sentence) =>
        new(_name, position.Line, position.Column, sentence);

    /// <summary>Closes the text.</summary>
    public void Close() => Words.Close();

    // Latin-1, so that each character is an octet; a mark of UTF-8 at the start is no part of the zone.
    private static StreamReader OpenOctets(string path)
    {
        FileStream stream = File.OpenRead(path);
        Span<byte> mark = stackalloc byte[3];
        if (stream.Length < mark.Length || stream.ReadAtLeast(mark, mark.Length, false) < mark.Length
            || !mark.SequenceEqual(Encoding.UTF8.Preamble))
        {
            stream.Position = 0;
        }

        return new StreamReader(stream, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
    }
}
