// The COOKIE option in queries to servers (RFC 7873 §4, §5.3): written behind a query's OPT record, and looked
// for in a reply. A reply with our client cookie comes from someone who has seen the query; one with another
// cookie is none of ours.
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>What a reply says of the client cookie sent.</summary>
internal enum CookieEcho : byte
{
    /// <summary>It has no COOKIE option.</summary>
    Absent,

    /// <summary>It has the cookie.</summary>
    Right,

    /// <summary>It has another one, or an option of a wrong form.</summary>
    Wrong,
}

/// <summary>Writes and finds cookies.</summary>
internal static class CookieOption
{
    /// <summary>Octets of a client cookie.</summary>
    public const int ClientLength = 8;

    /// <summary>Octets of the longest server cookie.</summary>
    public const int MaxServerLength = 32;

    /// <summary>Octets of the longest option with code and length.</summary>
    public const int MaxLength = EdnsOptionEnumerator.Overhead + ClientLength + MaxServerLength;

    private const int MinServerLength = 8;

    /// <summary>
    /// Appends the cookies to a query of <paramref name="length"/> octets that ends with an OPT record
    /// without options; returns the query's new length.
    /// </summary>
    public static int Append(Span<byte> query, int length, ReadOnlySpan<byte> cookies)
    {
        int added = EdnsOptionEnumerator.Write(query[length..], EdnsOptionCode.Cookie, cookies);
        BinaryPrimitives.WriteUInt16BigEndian(query[(length - sizeof(ushort))..], (ushort)added);
        return length + added;
    }

    /// <summary>
    /// Looks for the client cookie in a reply; <paramref name="server"/> is the server's beside it, empty when
    /// there is none of a valid length.
    /// </summary>
    public static CookieEcho Find(
        ReadOnlySpan<byte> reply, ReadOnlySpan<byte> client, out ReadOnlySpan<byte> server)
    {
        // Eight octets that are all but random: where they stand behind an option's head they are the cookie.
        server = default;
        int at = reply.IndexOf(client);
        if (at >= MessageHeader.Length + EdnsOptionEnumerator.Overhead)
        {
            ReadOnlySpan<byte> option = reply[(at - EdnsOptionEnumerator.Overhead)..];
            int length = BinaryPrimitives.ReadUInt16BigEndian(option[sizeof(ushort)..]);
            if (BinaryPrimitives.ReadUInt16BigEndian(option) == EdnsOptionCode.Cookie.Value
                && length >= ClientLength && length <= option.Length - EdnsOptionEnumerator.Overhead)
            {
                int serverLength = length - ClientLength;
                bool isValid = serverLength is >= MinServerLength and <= MaxServerLength;
                server = isValid ? reply.Slice(at + ClientLength, serverLength) : default;
                return isValid || serverLength == 0 ? CookieEcho.Right : CookieEcho.Wrong;
            }
        }

        return HasCookie(reply) ? CookieEcho.Wrong : CookieEcho.Absent;
    }

    private static bool HasCookie(ReadOnlySpan<byte> reply)
    {
        if (EndsWithPlainOpt(reply)
            || !MessageReader.TryCreate(reply, out MessageReader reader) || !reader.TrySkipQuestions(out _))
        {
            return false;
        }

        while (reader.TryReadRecord(out RecordView record, out _))
        {
            if (record.Type == RRType.Opt && HoldsCookie(record.Rdata(reply)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HoldsCookie(ReadOnlySpan<byte> optRdata)
    {
        EdnsOptionEnumerator options = new(optRdata);
        while (options.MoveNext())
        {
            if (options.Code == EdnsOptionCode.Cookie)
            {
                return true;
            }
        }

        return false;
    }

    // The usual end of a reply without options: the root, type OPT, six octets, no RDATA.
    private static bool EndsWithPlainOpt(ReadOnlySpan<byte> reply) =>
        reply.Length > MessageHeader.Length + OptFields.Overhead
        && reply[^OptFields.Overhead..].StartsWith((ReadOnlySpan<byte>)[0, 0, 41])
        && reply.EndsWith((ReadOnlySpan<byte>)[0, 0]);
}
