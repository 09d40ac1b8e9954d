// The root key sentinel: a client learns from two odd names which keys its resolver trusts. RFC 8509 §3:
// only for A and AAAA, only for answers that were found secure, never with CD.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>Decides about sentinel names.</summary>
internal static class KeySentinel
{
    private const int DigitsOfTag = 5;

    private static ReadOnlySpan<byte> IsTrusted => "root-key-sentinel-is-ta-"u8;

    private static ReadOnlySpan<byte> IsNotTrusted => "root-key-sentinel-not-ta-"u8;

    /// <summary>True when the question is one of a sentinel.</summary>
    public static bool IsSentinel(DomainName name, RRType type) =>
        (type == RRType.A || type == RRType.Aaaa) && !name.IsRoot
        && (TryReadTag(name.Wire.Slice(1, name.Wire[0]), IsTrusted, out _)
            || TryReadTag(name.Wire.Slice(1, name.Wire[0]), IsNotTrusted, out _));

    /// <summary>
    /// True when a secure answer to the question has to be turned into SERVFAIL. The caller has seen that the
    /// answer is secure and CD clear.
    /// </summary>
    public static bool MustFail(DomainName name, RRType type, IReadOnlyCollection<ushort> trustedTags)
    {
        if (!IsSentinel(name, type))
        {
            return false;
        }

        ReadOnlySpan<byte> label = name.Wire.Slice(1, name.Wire[0]);
        if (TryReadTag(label, IsTrusted, out ushort tag))
        {
            return !Contains(trustedTags, tag);
        }

        return TryReadTag(label, IsNotTrusted, out tag) && Contains(trustedTags, tag);
    }

    private static bool TryReadTag(ReadOnlySpan<byte> label, ReadOnlySpan<byte> prefix, out ushort tag)
    {
        tag = 0;
        return label.Length == prefix.Length + DigitsOfTag
            && Ascii.EqualsIgnoreCase(label[..prefix.Length], prefix)
            && ushort.TryParse(
                label[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out tag);
    }

    private static bool Contains(IReadOnlyCollection<ushort> tags, ushort tag)
    {
        foreach (ushort trusted in tags)
        {
            if (trusted == tag)
            {
                return true;
            }
        }

        return false;
    }
}
