// The rows of LimitTable on what is remembered and asked of name servers.
using System.Collections.Immutable;

namespace Resolver.Engine;

/// <summary>The rows on name servers.</summary>
internal static class ServerLimitTable
{
    public static readonly Limit MaxServersAtOnce = new(
        "max-servers-at-once", 2, 1, 4,
        "Servers asked at once for one question, the others beside late ones, and one more, silent before, "
        + "while the address of another is looked up; 1: never another.");

    public static readonly Limit MaxLameMarks = new(
        "max-lame-marks", 4096, 64, 1048576,
        "Servers remembered with a zone that they do not serve; beyond it a new one takes an old place.");

    public static readonly Limit MaxServerCookies = new(
        "max-server-cookies", 4096, 64, 1048576,
        "Servers whose cookies are remembered (RFC 7873 §5.3); beyond it a new one takes an old place.");

    /// <summary>
    /// These rows with their properties. Last, as static fields are made in the order of the text.
    /// </summary>
    public static ImmutableArray<LimitBinding> All { get; } =
    [
        new(MaxServersAtOnce,
            static l => l.MaxServersAtOnce, static (l, v) => l with { MaxServersAtOnce = v }),
        new(MaxLameMarks,
            static l => l.MaxLameMarks, static (l, v) => l with { MaxLameMarks = v }),
        new(MaxServerCookies,
            static l => l.MaxServerCookies, static (l, v) => l with { MaxServerCookies = v }),
    ];
}
