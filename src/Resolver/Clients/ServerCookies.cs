// Server cookies (RFC 7873, form and times of RFC 9018 §4): whoever returns one receives what is sent to its
// address. A query with a bad one is answered as one without (RFC 7873 §5.2.4), since the share of those who
// are not proven bounds it.
using System;
using System.Buffers.Binary;
using Resolver.Engine;

namespace Resolver;

/// <summary>Makes and judges cookies under one secret. Thread-safe; allocates nothing.</summary>
/// <param name="key0">The secret's first word, little endian.</param>
/// <param name="key1">The secret's second word.</param>
internal sealed class ServerCookies(ulong key0, ulong key1)
{
    private const int ClientLength = 8;
    private const int FullLength = 24;
    private const ulong Version = 0x0100_0000;

    // RFC 9018 §4.3, in seconds: accepted for an hour, renewed after half of it, five minutes of the future
    // for servers whose clocks differ.
    private const int MaxAge = 3600;
    private const int RenewalAge = 1800;
    private const int MaxAhead = 300;

    /// <summary>
    /// The cookie of the reply to a query with this one: the same while it is young, else a new one.
    /// </summary>
    public ReplyCookie Answer(ReadOnlySpan<byte> cookie, in InetAddress client, DateTimeOffset now)
    {
        ulong own = BinaryPrimitives.ReadUInt64BigEndian(cookie[..ClientLength]);
        uint seconds = (uint)now.ToUnixTimeSeconds();
        if (cookie.Length == FullLength)
        {
            ulong head = BinaryPrimitives.ReadUInt64BigEndian(cookie[ClientLength..]);
            ulong hash = BinaryPrimitives.ReadUInt64LittleEndian(cookie[(2 * ClientLength)..]);

            // Serial arithmetic (RFC 1982), as the time has 32 bits.
            int age = (int)(seconds - (uint)head);
            if (head >> 56 == Version >> 24 && age is >= -MaxAhead and <= MaxAge
                && hash == HashOf(own, head, client))
            {
                return age is >= 0 and <= RenewalAge
                    ? new ReplyCookie(own, head, hash) { IsProven = true }
                    : Make(own, client, seconds) with { IsProven = true };
            }
        }

        return Make(own, client, seconds);
    }

    private ReplyCookie Make(ulong own, in InetAddress client, uint seconds)
    {
        ulong head = (Version << 32) | seconds;
        return new ReplyCookie(own, head, HashOf(own, head, client));
    }

    // RFC 9018 §4.4: over the client's cookie, the head and the client's address.
    private ulong HashOf(ulong own, ulong head, in InetAddress client)
    {
        Span<byte> input = stackalloc byte[32];
        BinaryPrimitives.WriteUInt64BigEndian(input, own);
        BinaryPrimitives.WriteUInt64BigEndian(input[8..], head);
        if (client.IsIPv6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(input[16..], client.Bits);
            return new SipHash24(key0, key1).Hash(input);
        }

        BinaryPrimitives.WriteUInt32BigEndian(input[16..], (uint)client.Bits);
        return new SipHash24(key0, key1).Hash(input[..20]);
    }
}
