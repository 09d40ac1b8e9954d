// The examples of the RFCs that define algorithms: RFC 5702 §6, RFC 6605 §6, RFC 8080 §6 with erratum 4935.
using System;
using Resolver.Wire;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class SignatureVectorTests
{
    private const string RsaSha256 = """
        example.net. 3600 IN DNSKEY 256 3 8 AwEAAcFcGsaxxdgiuuGmCkVImy4h99CqT7jwY3pexPGcnUFtR2Fh36BponcwtkZ4c
          Agtvd4Qs8PkxUdp6p/DlUmObdk=
        www.example.net. 3600 IN A 192.0.2.91
        www.example.net. 3600 IN RRSIG A 8 3 3600 20300101000000 20000101000000 9033 example.net.
          kRCOH6u7l0QGy9qpC9l1sLncJcOKFLJ7GhiUOibu4teYp5VE9RncriShZNz85mwlMgNEacFYK/lPtPiVYP4bwg==
        """;

    private const string RsaSha512 = """
        example.net. 3600 IN DNSKEY 256 3 10 AwEAAdHoNTOW+et86KuJOWRDp1pndvwb6Y83nSVXXyLA3DLroROUkN6X0O6pnWnj
          JQujX/AyhqFDxj13tOnD9u/1kTg7cV6rklMrZDtJCQ5PCl/D7QNPsgVsMu1J2Q8gpMpztNFLpPBz1bWXjDtaR7ZQBlZ3PFY12ZTS
          ncorffcGmhOL
        www.example.net. 3600 IN A 192.0.2.91
        www.example.net. 3600 IN RRSIG A 10 3 3600 20300101000000 20000101000000 3740 example.net.
          tsb4wnjRUDnB1BUi+t6TMTXThjVnG+eCkWqjvvjhzQL1d0YRoOe0CbxrVDYd0xDtsuJRaeUw1ep94PzEWzr0iGYgZBWm/zpq+9fO
          uagYJRfDqfReKBzMweOLDiNa8iP5g9vMhpuv6OPlvpXwm9Sa9ZXIbNl1MBGk0fthPgxdDLw=
        """;

    private const string EcdsaP256 = """
        example.net. 3600 IN DNSKEY 257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+
          e+MAnLr+Wi9xMWyQLc8NAA==
        example.net. 3600 IN DS 55648 13 2 b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17
        www.example.net. 3600 IN A 192.0.2.1
        www.example.net. 3600 IN RRSIG A 13 3 3600 20100909100439 20100812100439 55648 example.net.
          qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXAyGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw==
        """;

    private const string EcdsaP384 = """
        example.net. 3600 IN DNSKEY 257 3 14 xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RC
          OpgQ6K8X1DRSEkrbYQ+OB+v8/uX45NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40
        example.net. 3600 IN DS 10771 14 4 72d7b62976ce06438e9c0bf319013cf801f09ecc84b8d7e9495f27e305c6a9b0
          563a9b5f4d288405c3008a946df983d6
        www.example.net. 3600 IN A 192.0.2.1
        www.example.net. 3600 IN RRSIG A 14 3 3600 20100909102025 20100812102025 10771 example.net.
          /L5hDKIvGDyI1fcARX3z65qrmPsVz73QD1Mr5CEqOiLP95hxQouuroGCeZOvzFaxsT8Glr74hbavRKayJNuydCuzWTSSPdz7wnqX
          L5bdcJzusdnI0RSMROxxwGipWcJm
        """;

    private const string Ed25519First = """
        example.com. 3600 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=
        example.com. 3600 IN DS 3613 15 2 3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b
        example.com. 3600 IN MX 10 mail.example.com.
        example.com. 3600 IN RRSIG MX 15 2 3600 1440021600 1438207200 3613 example.com.
          oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==
        """;

    private const string Ed25519Second = """
        example.com. 3600 IN DNSKEY 257 3 15 zPnZ/QwEe7S8C5SPz2OfS5RR40ATk2/rYnE9xHIEijs=
        example.com. 3600 IN DS 35217 15 2 401781b934e392de492ec77ae2e15d70f6575a1c0bc59c5275c04ebe80c6614c
        example.com. 3600 IN MX 10 mail.example.com.
        example.com. 3600 IN RRSIG MX 15 2 3600 1440021600 1438207200 35217 example.com.
          zXQ0bkYgQTEFyfLyi9QoiY6D8ZdYo4wyUhVioYZXFdT410QPRITQSqJSnzQoSm5poJ7gD7AQR0O7KuI5k2pcBg==
        """;

    private const string Ed448 = """
        example.com. 3600 IN DNSKEY 257 3 16 3kgROaDjrh0H2iuixWBrc8g2EpBBLCdGzHmn+G2MpTPhpj/OiBVHHSfPodx1FYYU
          cJKm1MDpJtIA
        example.com. 3600 IN DS 9713 16 2 6ccf18d5bc5d7fc2fceb1d59d17321402f2aa8d368048db93dd811f5cb2b19c7
        example.com. 3600 IN MX 10 mail.example.com.
        example.com. 3600 IN RRSIG MX 16 2 3600 1440021600 1438207200 9713 example.com.
          3cPAHkmlnxcDHMyg7vFC34l0blBhuG1qpwLmjInI8w1CMB29FkEAIJUA0amxWndkmnBZ6SKiwZSAxGILn/NBtOXft0+Gj7FSvOKx
          E/07+4RQvE581N3Aj/JtIyaiYVdnYtyMWbSNyGEY2213WKsJlwEA
        """;

    public static TheoryData<string, string> Vectors()
    {
        TheoryData<string, string> rows = [];
        foreach (string text in (string[])
            [RsaSha256, RsaSha512, EcdsaP256, EcdsaP384, Ed25519First, Ed25519Second, Ed448])
        {
            rows.Add(text, Importers.Framework);
            rows.Add(text, Importers.Libcrypto);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void An_RFCs_signature_is_good_and_no_other(string text, string importer)
    {
        // Records of the RFCs run over lines without parentheses here: an indented line goes on.
        string joined = text.ReplaceLineEndings("\n").Replace("\n  ", " ", StringComparison.Ordinal);
        string origin = joined[..joined.IndexOf(' ', StringComparison.Ordinal)];
        SignedZone zone = SignedZone.Parse(joined, origin);
        RRset signed = Assert.Single(zone.SignedSets);
        ZoneKeys keys = new(zone[origin, RRType.Dnskey], Importers.Of(importer), SignedZone.Terms.Policy);
        Assert.True(SignatureFields.TryRead(signed.FirstSignature(), out SignatureFields fields));
        SignatureTerms terms = SignedZone.Terms with { Now = fields.Inception };

        SignatureResult good = SignatureCheck.Check(
            signed, signed.FirstSignature(), new SigningKey(keys.Zone, keys.Keys[0]), terms);
        Assert.Equal(SignatureVerdict.Valid, good.Verdict);
        RRset altered = signed.WithSignature(static s => s[^1] ^= 1);
        SignatureResult bad = SignatureCheck.Check(
            altered, altered.FirstSignature(), new SigningKey(keys.Zone, keys.Keys[0]), terms);
        Assert.Equal(SignatureVerdict.CryptoFailed, bad.Verdict);
        foreach (RRset ds in zone.Sets)
        {
            if (ds.Type == RRType.DS)
            {
                Assert.Equal(
                    DelegationSignerMatch.Match,
                    DelegationSigner.Compare(ds.First, ds.Owner, keys.Keys[0].Rdata));
            }
        }
    }
}
