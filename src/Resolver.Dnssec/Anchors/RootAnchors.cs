// The trust anchors of the root that IANA publishes (RFC 7958): KSK-2017 and KSK-2024. Data; a change of
// them is followed at run time by RFC 5011.
using System;
using System.Collections.Immutable;

namespace Resolver.Dnssec;

/// <summary>The built-in anchors.</summary>
internal static class RootAnchors
{
    /// <summary>RDATA of the DS records: tags 20326 and 38696.</summary>
    public static ImmutableArray<ReadOnlyMemory<byte>> Signers { get; } =
    [
        DS("4F660802", "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D"),
        DS("97280802", "683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16"),
    ];

    private static ReadOnlyMemory<byte> DS(string lead, string digest) =>
        Convert.FromHexString(lead + digest);
}
