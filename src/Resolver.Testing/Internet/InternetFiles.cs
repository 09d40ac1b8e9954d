// Where the files of a simulated internet lie: in a folder, or inside this assembly.
using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>Opens the files of one internet by their names.</summary>
internal abstract class InternetFiles
{
    /// <summary>The file that describes the internet.</summary>
    public const string Description = "internet.toml";

    /// <summary>How a file is called in mistakes.</summary>
    public abstract string NameOf(string file);

    /// <summary>Reads a file whole; null with the reason when it cannot be read.</summary>
    public abstract string? Read(string file, out string? error);

    /// <summary>Opens a zone file.</summary>
    public abstract bool TryOpenZone(
        string file, ZoneFileOptions options, out ZoneFileReader? reader, out ZoneFileError? error);
}

/// <summary>A folder; zone files in it may include others.</summary>
internal sealed class FolderFiles(string folder) : InternetFiles
{
    /// <inheritdoc/>
    public override string NameOf(string file) => Path.Combine(folder, file);

    /// <inheritdoc/>
    public override string? Read(string file, out string? error)
    {
        try
        {
            error = null;
            return File.ReadAllText(NameOf(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error = $"the file cannot be read: {exception.Message}";
            return null;
        }
    }

    /// <inheritdoc/>
    public override bool TryOpenZone(
        string file, ZoneFileOptions options, out ZoneFileReader? reader, out ZoneFileError? error) =>
        ZoneFileReader.TryOpen(NameOf(file), options, out reader, out error);
}

/// <summary>Resources of this assembly whose names begin alike.</summary>
internal sealed class EmbeddedFiles(string prefix) : InternetFiles
{
    /// <inheritdoc/>
    public override string NameOf(string file) => prefix + file;

    /// <inheritdoc/>
    public override string? Read(string file, out string? error)
    {
        using Stream? stream = typeof(EmbeddedFiles).Assembly.GetManifestResourceStream(NameOf(file));
        error = stream is null ? "the assembly holds no such file" : null;
        if (stream is null)
        {
            return null;
        }

        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <inheritdoc/>
    public override bool TryOpenZone(
        string file, ZoneFileOptions options, out ZoneFileReader? reader, out ZoneFileError? error)
    {
        string? text = Read(file, out string? reason);
        reader = text is null ? null : ZoneFileReader.FromText(text, options);
        error = text is null ? new ZoneFileError(NameOf(file), 0, 0, reason!) : null;
        return text is not null;
    }
}

/// <summary>Texts given in code.</summary>
internal sealed class TextFiles(IReadOnlyDictionary<string, string> texts) : InternetFiles
{
    /// <inheritdoc/>
    public override string NameOf(string file) => file;

    /// <inheritdoc/>
    public override string? Read(string file, out string? error)
    {
        string? text = texts.GetValueOrDefault(file);
        error = text is null ? "no text was given for it" : null;
        return text;
    }

    /// <inheritdoc/>
    public override bool TryOpenZone(
        string file, ZoneFileOptions options, out ZoneFileReader? reader, out ZoneFileError? error)
    {
        string? text = Read(file, out string? reason);
        reader = text is null ? null : ZoneFileReader.FromText(text, options);
        error = text is null ? new ZoneFileError(file, 0, 0, reason!) : null;
        return text is not null;
    }
}
