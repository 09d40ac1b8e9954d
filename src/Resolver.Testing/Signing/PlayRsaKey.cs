// RSA keys for play (RFC 3110, RFC 5702): 1,024 bits, of two primes out of a table, for to search for primes
// would take longer than a whole simulation. PKCS #1 v1.5 signatures need no randomness.
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Security.Cryptography;
using Resolver.Dnssec;

namespace Resolver.Testing;

/// <summary>An RSA key.</summary>
internal sealed class PlayRsaKey : PlayKey
{
    private const int Length = 128;
    private const int Exponent = 65_537;

    private static readonly ImmutableArray<BigInteger> Primes =
    [
        .. ((string[])
        [
        "0C996015E455821B406A12E0A0C8B7B4AF46052842359C25C0CC33E85C4BB0FBF"
            + "102C14DE49CBDDA4DF080740AAAAB56EB543E0AD886055E2EA09C465EEF9AE43",
        "0C3529D4875B7128742D35BBB4455B53A1C83DC6E57CDEE192CB47CF7FC038C92"
            + "C8FD6D73BB09108C40388338F085735E115940DDF9336BA34F6AAA37B53E39D3",
        "0C2A08C06E4FE8FC92E1EF817F403BE712CF22DC1C8FEAC2F39CE433DE95E5276"
            + "72EDBA4C773C97896B91E2715FEA701DFDD94C8DC46D6DE93CA4CFE5E57EEE2F",
        "0F682844E0BEAD7B76021AB86B0776FB33F2F0B32ACB7FFC0C6C127D3E21B598D"
            + "B95A96DC60E733D41500EC9434C17B2A376FCEB554E2F6089026995C12E2CCED",
        "0DD1BAC6B238C2B6C004DB1D0177955C2C2B9376C00EB1EB155259423FCC63825"
            + "07CB3DE0FDABECAB385022589FEDF8EEF62B0A33860C62F2106EC32382C1239B",
        "0FC2848757D90886C93B227ECA10F241A0E8482FC3D9C2DD1BD7FE0320EB9C9DF"
            + "66A65D3E8BD6BF1A6CC5636CD8BE712FE69CBE1AF92EAA8F746EA98BDB44442B",
        "0EC8E7C9658D12F287CFB9FB531573960FC4DF3FC662110D22BEAF4100FBACE38"
            + "297375B12DA2651ECD9B8FD25083AFDC88AA4990ADA2670316F885DDC4441E35",
        "0E81BBCD073FA619078C4FFF0BBBC294B69F0AA800142E249ADA3F06BE6CEE374"
            + "4A5CAE51CF4D7A3482AC2905CB103473FF8D26B05E421F71B6D32F1560D1DE71",
        ]).Select(static p => BigInteger.Parse(p, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
    ];

    private readonly RSAParameters _numbers;
    private readonly HashAlgorithmName _hash;

    public PlayRsaKey(DnssecAlgorithm algorithm, byte[] secret)
    {
        _hash = algorithm == DnssecAlgorithm.RsaSha512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;
        int first = secret[0] % Primes.Length;
        BigInteger p = Primes[first];
        BigInteger q = Primes[(first + 1 + (secret[1] % (Primes.Length - 1))) % Primes.Length];
        BigInteger key = Invert(Exponent, (p - 1) * (q - 1));
        _numbers = new RSAParameters
        {
            Modulus = Write(p * q, Length),
            Exponent = Write(Exponent, 3),
            P = Write(p, Length / 2),
            Q = Write(q, Length / 2),
            D = Write(key, Length),
            DP = Write(key % (p - 1), Length / 2),
            DQ = Write(key % (q - 1), Length / 2),
            InverseQ = Write(BigInteger.ModPow(q, p - 2, p), Length / 2),
        };
        Public = [3, .. _numbers.Exponent, .. _numbers.Modulus];
    }

    /// <inheritdoc/>
    public override byte[] Public { get; }

    /// <inheritdoc/>
    public override byte[] Sign(byte[] message)
    {
        using RSA rsa = RSA.Create(_numbers);
        return rsa.SignData(message, _hash, RSASignaturePadding.Pkcs1);
    }

    // Euclid's algorithm, extended.
    private static BigInteger Invert(BigInteger number, BigInteger modulus)
    {
        (BigInteger rest, BigInteger nextRest) = (modulus, number);
        (BigInteger factor, BigInteger nextFactor) = (0, 1);
        while (!nextRest.IsZero)
        {
            BigInteger quotient = rest / nextRest;
            (rest, nextRest) = (nextRest, rest - (quotient * nextRest));
            (factor, nextFactor) = (nextFactor, factor - (quotient * nextFactor));
        }

        return factor.Sign < 0 ? factor + modulus : factor;
    }

    private static byte[] Write(BigInteger number, int length)
    {
        byte[] octets = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - octets.Length], .. octets];
    }
}
