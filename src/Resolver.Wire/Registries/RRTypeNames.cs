// Mnemonics of resource record types, both ways. Data: the IANA registry.
using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Globalization;

namespace Resolver.Wire;

/// <summary>Text forms of <see cref="RRType"/>.</summary>
internal static class RRTypeNames
{
    private const string Table = """
        1 A 2 NS 3 MD 4 MF 5 CNAME 6 SOA 7 MB 8 MG 9 MR 10 NULL 11 WKS 12 PTR 13 HINFO 14 MINFO 15 MX
        16 TXT 17 RP 18 AFSDB 19 X25 20 ISDN 21 RT 22 NSAP 23 NSAP-PTR 24 SIG 25 KEY 26 PX 27 GPOS
        28 AAAA 29 LOC 30 NXT 31 EID 32 NIMLOC 33 SRV 34 ATMA 35 NAPTR 36 KX 37 CERT 38 A6 39 DNAME
        40 SINK 41 OPT 42 APL 43 DS 44 SSHFP 45 IPSECKEY 46 RRSIG 47 NSEC 48 DNSKEY 49 DHCID 50 NSEC3
        51 NSEC3PARAM 52 TLSA 53 SMIMEA 55 HIP 56 NINFO 57 RKEY 58 TALINK 59 CDS 60 CDNSKEY
        61 OPENPGPKEY 62 CSYNC 63 ZONEMD 64 SVCB 65 HTTPS 66 DSYNC 99 SPF 104 NID 105 L32 106 L64
        107 LP 108 EUI48 109 EUI64 128 NXNAME 249 TKEY 250 TSIG 251 IXFR 252 AXFR 253 MAILB 254 MAILA
        255 ANY 256 URI 257 CAA 258 AVC 259 DOA 260 AMTRELAY 261 RESINFO 262 WALLET 32768 TA 32769 DLV
        """;

    private static readonly FrozenDictionary<ushort, string> Names = MakeNames();

    private static readonly FrozenDictionary<string, ushort> Values = MakeValues();

    /// <summary>The mnemonic, or TYPE123.</summary>
    public static string Format(RRType type) => Names.TryGetValue(type.Value, out string? name)
        ? name
        : string.Create(CultureInfo.InvariantCulture, $"TYPE{type.Value}");

    /// <summary>Reads a mnemonic or TYPE123, case ignored.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RRType type)
    {
        if (Values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out ushort value))
        {
            type = new RRType(value);
            return true;
        }

        type = default;
        if (!text.StartsWith("TYPE", StringComparison.OrdinalIgnoreCase)
            || !ushort.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        type = new RRType(value);
        return true;
    }

    private static FrozenDictionary<ushort, string> MakeNames()
    {
        string[] words = Table.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Dictionary<ushort, string> names = [];
        for (int i = 0; i < words.Length; i += 2)
        {
            names.Add(ushort.Parse(words[i], CultureInfo.InvariantCulture), words[i + 1]);
        }

        return names.ToFrozenDictionary();
    }

    private static FrozenDictionary<string, ushort> MakeValues()
    {
        Dictionary<string, ushort> values = new(StringComparer.OrdinalIgnoreCase);
        foreach ((ushort value, string name) in Names)
        {
            values.Add(name, value);
        }

        return values.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
