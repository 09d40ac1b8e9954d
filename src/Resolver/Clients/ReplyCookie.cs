// The cookie that goes into one reply (RFC 7873 §5.2), as written by ServerCookies.
using System;
using System.Buffers.Binary;
using Resolver.Wire;

namespace Resolver;

/// <summary>A client's cookie and the server's beside it.</summary>
/// <param name="Client">The client's 8 octets.</param>
/// <param name="Head">Version, reserved octets and time of the server's.</param>
/// <param name="Hash">Its hash.</param>
internal readonly record struct ReplyCookie(ulong Client, ulong Head, ulong Hash)
{
    /// <summary>Octets of the option.</summary>
    public const int OptionLength = 28;

    /// <summary>True when the reply has a cookie.</summary>
    public bool IsPresent => Head != 0;

    /// <summary>True when the client sent a good server cookie: it receives what is sent to it.</summary>
    public bool IsProven { get; init; }

    /// <summary>Writes the option.</summary>
    public void Write(Span<byte> buffer)
    {
        BinaryPrimitives.WriteUInt16BigEndian(buffer, EdnsOptionCode.Cookie.Value);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], OptionLength - 4);
        BinaryPrimitives.WriteUInt64BigEndian(buffer[4..], Client);
        BinaryPrimitives.WriteUInt64BigEndian(buffer[12..], Head);
        BinaryPrimitives.WriteUInt64LittleEndian(buffer[20..], Hash);
    }
}
