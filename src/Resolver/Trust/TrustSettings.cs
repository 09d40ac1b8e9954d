// From options to what a resolver trusts at its beginning.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Dnssec;
using Resolver.Wire;

namespace Resolver;

/// <summary>Makes the trust of a resolver.</summary>
internal static class TrustSettings
{
    /// <summary>The trust that options ask for.</summary>
    /// <exception cref="ArgumentException">A text of anchors cannot be read.</exception>
    public static TrustState From(ResolverOptions options, DnssecPolicy policy) => new(
        AnchorsFrom(options),
        new Lazy<KeyLibrary>(() => KeyLibrary.Choose(policy)),
        new NegativeTrustAnchors(options.NegativeTrustAnchors))
    {
        TimeServers = options.TimeServers,
    };

    /// <summary>The anchors that options give, or the built-in ones of the root.</summary>
    /// <exception cref="ArgumentException">A text of anchors cannot be read.</exception>
    public static TrustAnchors AnchorsFrom(ResolverOptions options) => options.TrustAnchors.IsEmpty
        ? TrustAnchors.Root
        : TrustAnchors.From(options.TrustAnchors.SelectMany(Read));

    private static IReadOnlyList<ZoneRecord> Read(string text)
    {
        using ZoneFileReader reader = ZoneFileReader.FromText(
            text, new ZoneFileOptions { Name = "trust anchors", Ttl = 0 });
        List<ZoneFileError> errors = [];
        IReadOnlyList<ZoneRecord> records = reader.ReadAll(errors);
        return errors.Count == 0 ? records : throw new ArgumentException(errors[0].ToString(), nameof(text));
    }
}
