// Server cookies (RFC 7873, form and times of RFC 9018 §4): whoever returns one receives what is sent to its
// address. A query with a bad one is answered as one without (RFC 7873 §5.2.4), since the share of those who
// are not proven bounds it.
using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Linq;
using Resolver.Engine;

namespace Resolver;

/// <summary>Makes and judges cookies. Thread-safe; allocates nothing per query.</summary>
/// <param name="secrets">
/// The first makes cookies; those of the others are taken and replaced, which is how a secret changes without
/// anybody noticing (RFC 9018 §5).
/// </param>
internal sealed class ServerCookies(ImmutableArray<SipHash24> secrets)
{
    /// <summary>Hexadecimal digits of a secret.</summary>
    public const int SecretDigits = 32;

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
            int secret = head >> 56 == Version >> 24 && age is >= -MaxAhead and <= MaxAge
                ? SecretOf(own, head, hash, client) : -1;
            if (secret >= 0)
            {
                return secret == 0 && age is >= 0 and <= RenewalAge
                    ? new ReplyCookie(own, head, hash) { IsProven = true }
                    : Make(own, client, seconds) with { IsProven = true };
            }
        }

        return Make(own, client, seconds);
    }

    /// <summary>Reads a secret of 32 hexadecimal digits; false for anything else.</summary>
    public static bool TryReadSecret(string digits, out SipHash24 secret)
    {
        Span<byte> octets = stackalloc byte[SecretDigits / 2];
        bool isRight = digits.Length == SecretDigits
            && Convert.FromHexString(digits, octets, out _, out _) == OperationStatus.Done;
        secret = isRight
            ? new SipHash24(
                BinaryPrimitives.ReadUInt64LittleEndian(octets),
                BinaryPrimitives.ReadUInt64LittleEndian(octets[8..]))
            : default;
        return isRight;
    }

    /// <summary>Reads secrets.</summary>
    /// <exception cref="ArgumentException">One of them is no secret.</exception>
    public static ImmutableArray<SipHash24> ReadSecrets(ImmutableArray<string> texts) =>
    [
        .. texts.Select(static text => TryReadSecret(text, out SipHash24 secret)
            ? secret
            : throw new ArgumentException("A cookie secret has 32 hexadecimal digits.")),
    ];

    private int SecretOf(ulong own, ulong head, ulong hash, in InetAddress client)
    {
        for (int i = 0; i < secrets.Length; i++)
        {
            if (HashOf(secrets[i], own, head, client) == hash)
            {
                return i;
            }
        }

        return -1;
    }

    private ReplyCookie Make(ulong own, in InetAddress client, uint seconds)
    {
        ulong head = (Version << 32) | seconds;
        return new ReplyCookie(own, head, HashOf(secrets[0], own, head, client));
    }

    // RFC 9018 §4.4: over the client's cookie, the head and the client's address.
    private static ulong HashOf(SipHash24 secret, ulong own, ulong head, in InetAddress client)
    {
        Span<byte> input = stackalloc byte[32];
        BinaryPrimitives.WriteUInt64BigEndian(input, own);
        BinaryPrimitives.WriteUInt64BigEndian(input[8..], head);
        if (client.IsIPv6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(input[16..], client.Bits);
            return secret.Hash(input);
        }

        BinaryPrimitives.WriteUInt32BigEndian(input[16..], (uint)client.Bits);
        return secret.Hash(input[..20]);
    }
}
