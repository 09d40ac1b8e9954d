// Reads a text file that somebody has named, or says why it cannot be, in words for whoever has named it.
using System;
using System.IO;
using System.Text;

namespace Resolver.Server;

/// <summary>Reads text files in UTF-8.</summary>
internal static class TextFile
{
    /// <summary>
    /// The text; null with the problem, told of <paramref name="it"/>, and what to do about it.
    /// </summary>
    public static string? TryRead(string path, string it, out string problem, out string advice)
    {
        problem = "";
        advice = "name a file that can be read";
        if (Directory.Exists(path))
        {
            problem = $"{it} is a directory";
            return null;
        }

        try
        {
            byte[] octets = File.ReadAllBytes(path);
            if (octets is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            {
                problem = $"{it} is in UTF-16";
                advice = "save it as UTF-8";
                return null;
            }

            int mark = octets.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            return Encoding.UTF8.GetString(octets, mark, octets.Length - mark);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = e.Message.TrimEnd('.');
            return null;
        }
    }
}
