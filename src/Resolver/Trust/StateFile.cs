// A small text file that survives a crash in the middle of a write: written under another name, flushed to
// the disk, then renamed over the old one. Whether what is read is whole is judged by its reader.
using System;
using System.IO;
using System.Text;

namespace Resolver;

/// <summary>One file of the state folder.</summary>
internal sealed class StateFile(string folder, string name)
{
    // State is a few thousand octets; more is somebody else's file.
    private const long MaxLength = 1 << 20;
    private const string Unfinished = ".new";

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, name);

    /// <summary>
    /// Reads the file. False when it is there and cannot be read; no file at all reads as no text.
    /// </summary>
    public bool TryRead(out string text, out string reason)
    {
        text = "";
        reason = "";
        try
        {
            if (!File.Exists(Path))
            {
                return true;
            }

            if (new FileInfo(Path).Length > MaxLength)
            {
                reason = "it is too long";
                return false;
            }

            text = File.ReadAllText(Path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = e.Message;
            return false;
        }
    }

    /// <summary>
    /// Sees whether the file could be written, so that who set the folder up wrong is told at once.
    /// </summary>
    public bool CanWrite(out string reason)
    {
        reason = "";
        try
        {
            Directory.CreateDirectory(folder);
            File.Create(Path + Unfinished).Dispose();
            File.Delete(Path + Unfinished);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = e.Message;
            return false;
        }
    }

    /// <summary>Replaces the file; false when that failed, and the old one stands.</summary>
    public bool TryWrite(string text, out string reason)
    {
        reason = "";
        try
        {
            Directory.CreateDirectory(folder);
            using (FileStream file = new(Path + Unfinished, FileMode.Create, FileAccess.Write))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            File.Move(Path + Unfinished, Path, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = e.Message;
            return false;
        }
    }
}
