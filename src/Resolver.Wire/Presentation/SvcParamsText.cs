// Parameters of service bindings as text: key=value, key="value", or a key alone; RFC 9460 §2.1 and App. A. Lists
// of protocols are escaped twice: once as a list, and around that as a character-string.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Resolver.Wire;

/// <summary>Reads and writes service parameters as text.</summary>
internal static class SvcParamsText
{
    // The last is read by its name and printed by its number, as dig 9.18 does.
    private static readonly string[] Keys =
        ["mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath"];

    /// <summary>Appends valid parameters, separated by blanks.</summary>
    public static StringBuilder Append(StringBuilder text, ReadOnlySpan<byte> octets)
    {
        bool isFirst = true;
        while (SvcParamsForm.TryNext(ref octets, out ushort key, out ReadOnlySpan<byte> value))
        {
            text.Append(isFirst ? "" : " ").Append(KeyName(key));
            isFirst = false;
            if (!value.IsEmpty)
            {
                AppendValue(text.Append('='), key, value);
            }
        }

        return text;
    }

    /// <summary>Reads all words left as parameters, in any order.</summary>
    public static bool TryRead(ref RdataParser parser)
    {
        List<(ushort Key, byte[] Value)> parameters = [];
        byte[] buffer = parser.HasMore ? new byte[RdataForm.MaxLength] : [];
        while (parser.TryTakeAny(out ReadOnlySpan<char> word))
        {
            int equals = word.IndexOf('=');
            ReadOnlySpan<char> name = equals < 0 ? word : word[..equals];
            ReadOnlySpan<char> value = equals < 0 ? default : Unquote(word[(equals + 1)..]);
            if (!TryParseKey(name, out ushort key))
            {
                return parser.FailAt(name, "is no key of a service binding");
            }

            if (!TryParseValue(key, value, buffer, out int length)
                || !SvcParamsForm.IsValue(key, buffer.AsSpan(0, length)))
            {
                return parser.FailAt(word, "is no value of its key");
            }

            parameters.Add((key, buffer.AsSpan(0, length).ToArray()));
        }

        return TryWrite(ref parser, parameters);
    }

    private static bool TryWrite(ref RdataParser parser, List<(ushort Key, byte[] Value)> parameters)
    {
        parameters.Sort(static (left, right) => left.Key.CompareTo(right.Key));
        for (int i = 0; i < parameters.Count; i++)
        {
            (ushort key, byte[] value) = parameters[i];
            if (i > 0 && parameters[i - 1].Key == key)
            {
                return parser.Fail($"the key {KeyName(key)} is given twice");
            }

            if (!parser.TryWriteU16(key) || !parser.TryWriteU16((ushort)value.Length)
                || !parser.TryWrite(value))
            {
                return false;
            }
        }

        return true;
    }

    private static string KeyName(ushort key) =>
        key < SvcParamsForm.DohPath ? Keys[key] : string.Create(CultureInfo.InvariantCulture, $"key{key}");

    private static bool TryParseKey(ReadOnlySpan<char> text, out ushort key)
    {
        for (key = 0; key < Keys.Length; key++)
        {
            if (text.SequenceEqual(Keys[key]))
            {
                return true;
            }
        }

        return text.StartsWith("key") && (text.Length == 4 || text[3..] is not ['0', ..])
            && ushort.TryParse(text[3..], NumberStyles.None, CultureInfo.InvariantCulture, out key);
    }

    private static ReadOnlySpan<char> Unquote(ReadOnlySpan<char> value) =>
        value is ['"', .., '"'] ? value[1..^1] : value;

    private static bool TryParseValue(
        ushort key, ReadOnlySpan<char> text, Span<byte> value, out int length)
    {
        length = 0;
        switch (key)
        {
            case SvcParamsForm.Mandatory:
                return TryParseMandatory(text, value, out length);
            case SvcParamsForm.Alpn:
                return TryParseProtocols(text, value, out length);
            case SvcParamsForm.Port:
                bool valid = ushort.TryParse(
                    text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port);
                BinaryPrimitives.WriteUInt16BigEndian(value, port);
                length = sizeof(ushort);
                return valid;
            case SvcParamsForm.Ipv4Hint or SvcParamsForm.Ipv6Hint:
                return TryParseAddresses(key, text, value, out length);
            case SvcParamsForm.Ech:
                BinaryDecoder decoder = new(6, value);
                bool isRead = decoder.TryAdd(text) && decoder.IsWhole;
                length = decoder.Length;
                return isRead;
            default:
                return OctetText.TryUnescape(text, value, out length);
        }
    }

    private static bool TryParseMandatory(ReadOnlySpan<char> text, Span<byte> value, out int length)
    {
        length = 0;
        List<ushort> keys = [];
        foreach (Range range in text.Split(','))
        {
            if (!TryParseKey(text[range], out ushort key) || keys.Count > RdataForm.MaxLength / 2 - 1)
            {
                return false;
            }

            keys.Add(key);
        }

        keys.Sort();
        foreach (ushort key in keys)
        {
            BinaryPrimitives.WriteUInt16BigEndian(value[length..], key);
            length += sizeof(ushort);
        }

        return true;
    }

    private static bool TryParseAddresses(
        ushort key, ReadOnlySpan<char> text, Span<byte> value, out int length)
    {
        length = 0;
        int size = key == SvcParamsForm.Ipv4Hint ? 4 : 16;
        foreach (Range range in text.Split(','))
        {
            if (length + size > value.Length || !(size == 4
                ? AddressText.TryParseIpv4(text[range], value[length..])
                : AddressText.TryParseIpv6(text[range], value[length..])))
            {
                return false;
            }

            length += size;
        }

        return true;
    }

    // The character-string's escapes are taken off first; what a comma separates then has escapes of its own.
    private static bool TryParseProtocols(ReadOnlySpan<char> text, Span<byte> value, out int length)
    {
        length = 0;
        byte[] list = new byte[text.Length];
        if (text.IsEmpty || !OctetText.TryUnescape(text, list, out int count))
        {
            return false;
        }

        int start = length++;
        for (int i = 0; i < count; i++)
        {
            if (list[i] == ',')
            {
                value[start] = (byte)(length - start - 1);
                start = length++;
                continue;
            }

            if (list[i] == '\\' && ++i == count)
            {
                return false;
            }

            if (length - start > byte.MaxValue || length + 1 >= value.Length)
            {
                return false;
            }

            value[length++] = list[i];
        }

        value[start] = (byte)(length - start - 1);
        return true;
    }

    private static void AppendValue(StringBuilder text, ushort key, ReadOnlySpan<byte> value)
    {
        switch (key)
        {
            case SvcParamsForm.Mandatory:
                for (int at = 0; at < value.Length; at += 2)
                {
                    string name = KeyName(BinaryPrimitives.ReadUInt16BigEndian(value[at..]));
                    text.Append(at > 0 ? "," : "").Append(name);
                }

                break;
            case SvcParamsForm.Alpn:
                AppendProtocols(text, value);
                break;
            case SvcParamsForm.Port:
                text.Append(BinaryPrimitives.ReadUInt16BigEndian(value));
                break;
            case SvcParamsForm.Ipv4Hint:
                for (int at = 0; at < value.Length; at += 4)
                {
                    AddressText.AppendIpv4(text.Append(at > 0 ? "," : ""), value.Slice(at, 4));
                }

                break;
            case SvcParamsForm.Ipv6Hint:
                for (int at = 0; at < value.Length; at += 16)
                {
                    AddressText.AppendIpv6(text.Append(at > 0 ? "," : ""), value.Slice(at, 16));
                }

                break;
            case SvcParamsForm.Ech:
                text.Append(Convert.ToBase64String(value));
                break;
            default:
                OctetText.AppendQuoted(text, value);
                break;
        }
    }

    private static void AppendProtocols(StringBuilder text, ReadOnlySpan<byte> value)
    {
        byte[] list = new byte[2 * value.Length];
        int length = 0;
        for (int at = 0; at < value.Length; at += value[at] + 1)
        {
            if (at > 0)
            {
                list[length++] = (byte)',';
            }

            foreach (byte octet in value.Slice(at + 1, value[at]))
            {
                if (octet is (byte)',' or (byte)'\\')
                {
                    list[length++] = (byte)'\\';
                }

                list[length++] = octet;
            }
        }

        OctetText.AppendQuoted(text, list.AsSpan(0, length));
    }
}
