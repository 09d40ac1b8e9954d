// Which cryptographic library checks signatures on this machine, and whether it takes SHA-1: systems whose
// policy forbids it would call every RSASHA1 signature forged, so the algorithm then counts as unsupported
// (RFC 9905 §2).
using System;

namespace Resolver.Dnssec;

/// <summary>A library and the policy that goes with it.</summary>
/// <param name="Importer">Imports keys.</param>
/// <param name="Policy">The policy, with RSASHA1 only where the library takes it.</param>
internal sealed record KeyLibrary(IKeyImporter Importer, DnssecPolicy Policy)
{
    // A key of 1024 bits and its RSASHA1 signature over the three octets "abc".
    private const string ProbeKey =
        "AwEAAedILneYpIVXGYWpkP/tWdAXrn3jv0p1L+cR267dxMKdjwFX1FT6sRUNt27REAQd77B4hlTpuxSYbnj+6BEB/h"
        + "UMIXvEDJf4owQQ6QOYK3XgE8finqnGlCpLxcSBG6l88WFt0Va1/Y1nqIyoEseoya9wKflmJudC7cVsliPzaYBx";

    private const string ProbeSignature =
        "zQjcdUpW75rv0GwXmpwuhNrt6CyDUdwUZlg1ARL4jmlLkWP/L3xKsep3/+IFtZHdsxogaHrln73TTQo6I2eHPmCqa7"
        + "qoz8xfbm9Hk3geN0IyI8+ITtvOZEsK+jtmALmuhHJILKHaMoqEqPnNWWXcGAew8PPdAaHuQfBao8ninzU=";

    /// <summary>True when keys live in libcrypto, false for the framework's classes.</summary>
    public bool IsNative => Importer is LibcryptoImporter;

    /// <summary>libcrypto where it is found, else the framework.</summary>
    public static KeyLibrary Choose(DnssecPolicy policy) =>
        Of((IKeyImporter?)LibcryptoImporter.TryCreate() ?? new FrameworkImporter(), policy);

    /// <summary>A given library.</summary>
    public static KeyLibrary Of(IKeyImporter importer, DnssecPolicy policy) => new(
        importer, policy with { AcceptRsaSha1 = policy.AcceptRsaSha1 && TakesSha1(importer) });

    private static bool TakesSha1(IKeyImporter importer)
    {
        using PublicKey? key = importer.Import(
            DnssecAlgorithm.RsaSha1, Convert.FromBase64String(ProbeKey));
        return key is not null && key.Verify("abc"u8, Convert.FromBase64String(ProbeSignature));
    }
}
