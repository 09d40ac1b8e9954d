// Names between text and octets (RFC 1035 §3.1): lower case, \DDD for whatever is not plain.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace Resolver.Threats;

/// <summary>Converts names.</summary>
internal static class NameText
{
    /// <summary>The name as octets, not compressed.</summary>
    public static byte[] ToWire(string name)
    {
        using MemoryStream octets = new();
        foreach (byte[] label in Labels(name))
        {
            octets.WriteByte((byte)label.Length);
            octets.Write(label);
        }

        octets.WriteByte(0);
        return octets.ToArray();
    }

    /// <summary>The labels as octets.</summary>
    public static List<byte[]> Labels(string name)
    {
        List<byte[]> labels = [];
        List<byte> label = [];
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == '.')
            {
                labels.Add([.. label]);
                label.Clear();
            }
            else if (name[i] == '\\')
            {
                label.Add(byte.Parse(name.AsSpan(i + 1, 3), NumberStyles.None, CultureInfo.InvariantCulture));
                i += 3;
            }
            else
            {
                label.Add((byte)name[i]);
            }
        }

        if (label.Count > 0)
        {
            labels.Add([.. label]);
        }

        return labels.FindAll(static l => l.Length > 0);
    }

    /// <summary>
    /// Reads a name that may be compressed; moves <paramref name="at"/> behind it. Throws when it is broken.
    /// </summary>
    public static string Read(ReadOnlySpan<byte> message, ref int at)
    {
        StringBuilder text = new();
        int next = -1;
        int place = at;
        for (int jumps = 0; message[place] != 0;)
        {
            if (message[place] >= 0xC0)
            {
                next = next < 0 ? place + 2 : next;
                place = ((message[place] & 0x3F) << 8) | message[place + 1];
                if (++jumps > 64)
                {
                    throw new FormatException("pointers in a circle");
                }

                continue;
            }

            AppendLabel(text, message.Slice(place + 1, message[place]));
            place += message[place] + 1;
        }

        at = next < 0 ? place + 1 : next;
        return text.Length == 0 ? "." : text.ToString();
    }

    private static void AppendLabel(StringBuilder text, ReadOnlySpan<byte> label)
    {
        foreach (byte octet in label)
        {
            char c = char.ToLowerInvariant((char)octet);
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '*')
            {
                text.Append(c);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}");
            }
        }

        text.Append('.');
    }
}
