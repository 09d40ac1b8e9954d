// Reads zone files: RFC 1035 §5.1, $TTL of RFC 2308 §4, opaque RDATA of RFC 3597 §5. Root hints and files of
// trust anchors are zone files too. Walks forward once; a mistake is told with its place, and reading can go
// on behind it. What a zone must hold, and whether records belong together, is the caller's matter.
using System;
using System.Collections.Generic;
using System.IO;

namespace Resolver.Wire;

/// <summary>A forward reader of the records of a zone file.</summary>
internal sealed class ZoneFileReader : IDisposable
{
    /// <summary>Most $INCLUDEs inside each other: more are a circle.</summary>
    public const int MaxIncludeDepth = 16;

    /// <summary>
    /// Most $INCLUDEs in all, so that files which include each other twice do not double without end.
    /// </summary>
    public const int MaxIncludes = 1_000;

    private readonly Stack<ZoneSource> _sources = new();
    private readonly ZoneRecordParser _parser;
    private int _includes;

    private ZoneFileReader(ZoneSource source, ZoneFileOptions options)
    {
        _parser = new ZoneRecordParser(options);
        _sources.Push(source);
    }

    /// <summary>Reads a text; $INCLUDE is a mistake in it.</summary>
    public static ZoneFileReader FromText(string text, ZoneFileOptions options) =>
        FromReader(new StringReader(OctetText.FromString(text)), options);

    /// <summary>
    /// Reads characters that are octets (decoded as Latin-1); $INCLUDE is a mistake among them. The reader of
    /// characters is disposed with this.
    /// </summary>
    public static ZoneFileReader FromReader(TextReader reader, ZoneFileOptions options) =>
        new(new ZoneSource(options.Name, null, reader), options);

    /// <summary>Opens a file; $INCLUDE is relative to the file that has it.</summary>
    public static bool TryOpen(
        string path, ZoneFileOptions options, out ZoneFileReader? reader, out ZoneFileError? error)
    {
        bool opened = ZoneSource.TryOpen(path, path, out ZoneSource? source, out string? why);
        reader = opened ? new ZoneFileReader(source!, options) : null;
        error = opened ? null : new ZoneFileError(path, 0, 0, why!);
        return opened;
    }

    /// <summary>
    /// Reads the next record. False with an error at a mistake, after which reading can go on; false without
    /// one at the end.
    /// </summary>
    public bool TryRead(out ZoneRecord? record, out ZoneFileError? error)
    {
        record = null;
        error = null;
        while (_sources.TryPeek(out ZoneSource? source))
        {
            ZoneTokenizer words = source.Words;
            bool isEntry = words.TryBegin();
            if (!isEntry && words.Error is null)
            {
                Leave();
                continue;
            }

            string? wrong = !isEntry ? null
                : IsDirective(words) ? Obey(source)
                : _parser.Read(source, out record);
            if (words.Error is not null || wrong is not null)
            {
                record = null;
                error = words.Error is not null
                    ? source.ErrorAt(words.ErrorPosition, words.Error)
                    : source.ErrorAt(words.PositionOf(_parser.ErrorWord), wrong!);
                words.SkipEntry();
                return false;
            }

            if (record is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads all records to the end; mistakes are added to <paramref name="errors"/>.</summary>
    public IReadOnlyList<ZoneRecord> ReadAll(ICollection<ZoneFileError> errors)
    {
        List<ZoneRecord> records = [];
        while (TryRead(out ZoneRecord? record, out ZoneFileError? error) || error is not null)
        {
            if (record is not null)
            {
                records.Add(record);
            }
            else
            {
                errors.Add(error!);
            }
        }

        return records;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_sources.TryPop(out ZoneSource? source))
        {
            source.Close();
        }
    }

    private static bool IsDirective(ZoneTokenizer words) =>
        !words.StartsBlank && !words.IsQuoted(0) && words.Word(0) is ['$', ..];

    // Returns what is wrong, or null.
    private string? Obey(ZoneSource source)
    {
        ZoneTokenizer words = source.Words;
        _parser.ErrorWord = 0;
        if (!words.TryReadAll())
        {
            return words.Error;
        }

        ReadOnlySpan<char> name = words.Word(0);
        if (name.Equals("$INCLUDE", StringComparison.OrdinalIgnoreCase))
        {
            return Include(source);
        }

        bool isOrigin = name.Equals("$ORIGIN", StringComparison.OrdinalIgnoreCase);
        if (!isOrigin && !name.Equals("$TTL", StringComparison.OrdinalIgnoreCase))
        {
            return $"'{OctetText.Show(name)}' is none of $ORIGIN, $TTL and $INCLUDE";
        }

        _parser.ErrorWord = words.Count > 2 ? 2 : 1;
        return words.Count != 2 ? $"{OctetText.Show(name)} takes one value"
            : isOrigin ? _parser.SetOrigin(words.Word(1))
            : _parser.SetDefaultTtl(words.Word(1));
    }

    // RFC 1035 §5.1: $INCLUDE file [origin]; origin and owner come back to what they were behind it.
    private string? Include(ZoneSource source)
    {
        ZoneTokenizer words = source.Words;
        _parser.ErrorWord = 1;
        if (words.Count is < 2 or > 3)
        {
            return "$INCLUDE takes a file and perhaps an origin";
        }

        if (source.Path is null)
        {
            return "only a file can include others";
        }

        if (_sources.Count > MaxIncludeDepth || ++_includes > MaxIncludes)
        {
            return $"more than {MaxIncludeDepth} files inside each other, or {MaxIncludes} in all";
        }

        if (!ZoneSource.TryOpenBeside(source, words.Word(1), out ZoneSource? included, out string? wrong))
        {
            return wrong;
        }

        _parser.Enter(included!);
        if (words.Count == 3)
        {
            _parser.ErrorWord = 2;
            wrong = _parser.SetOrigin(words.Word(2));
        }

        _sources.Push(included!);
        if (wrong is not null)
        {
            Leave();
        }

        return wrong;
    }

    private void Leave()
    {
        ZoneSource source = _sources.Pop();
        _parser.Leave(source);
        source.Close();
    }
}
