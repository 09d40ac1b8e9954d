// A domain name as a value: its uncompressed wire octets, case kept, compared with case ignored.
// RFC 1035 §3.1, RFC 4343 (case), RFC 9499 §2. The text form is NameText's matter.
using System;
using System.Diagnostics.CodeAnalysis;

namespace Resolver.Wire;

/// <summary>
/// A fully qualified domain name. Case of ASCII letters is kept and ignored in comparisons (RFC 4343).
/// <c>default</c> is the root.
/// </summary>
public readonly struct DomainName : IEquatable<DomainName>, IComparable<DomainName>, ISpanParsable<DomainName>
{
    private static readonly byte[] RootWire = [0];

    // HashCode is seeded at random in each process: hash tables of names cannot be attacked with prepared
    // names.
    private static readonly ulong HashKey =
        ((ulong)(uint)HashCode.Combine(1) << 32) | (uint)HashCode.Combine(2);

    private readonly byte[]? _wire;

    private DomainName(byte[] wire) => _wire = wire;

    /// <summary>The root of the name space.</summary>
    public static DomainName Root => default;

    /// <summary>The name in uncompressed wire form, root label included: 1 to 255 octets.</summary>
    public ReadOnlySpan<byte> Wire => _wire ?? RootWire;

    /// <summary>The array that holds <see cref="Wire"/> and nothing else.</summary>
    internal byte[] Octets => _wire ?? RootWire;

    /// <summary>Count of labels, the root label apart.</summary>
    public int LabelCount => NameOctets.CountLabels(Wire);

    /// <summary>True for the root.</summary>
    public bool IsRoot => Wire.Length == 1;

    /// <summary>The name one label shorter; the root's parent is the root.</summary>
    public DomainName Parent => Skip(1);

    /// <summary>True when the first label is "*" (RFC 4592 §2.1.1).</summary>
    public bool IsWildcard => Wire is [1, (byte)'*', ..];

    /// <summary>Reads one whole uncompressed name.</summary>
    public static bool TryFromWire(ReadOnlySpan<byte> octets, out DomainName name, out WireError error)
    {
        bool valid = NameOctets.TryValidate(octets, out error);
        name = valid ? FromValidWire(octets) : default;
        return valid;
    }

    /// <summary>
    /// Reads presentation form (RFC 1035 §5.1, RFC 4343 §2.1): a missing last dot is added.
    /// </summary>
    /// <exception cref="FormatException">Not a domain name.</exception>
    public static DomainName Parse(string text) => Parse(text, null);

    /// <summary>Reads presentation form (RFC 1035 §5.1): a missing last dot is added.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DomainName name)
    {
        name = default;
        return text is not null && TryParse(text.AsSpan(), null, out name);
    }

    /// <inheritdoc/>
    public static DomainName Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <inheritdoc/>
    public static DomainName Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out DomainName name)
            ? name
            : throw new FormatException($"'{s}' is no domain name");

    /// <inheritdoc/>
    public static bool TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, out DomainName result) =>
        TryParse(s, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out DomainName result)
    {
        Span<byte> wire = stackalloc byte[NameOctets.MaxLength];
        bool valid = NameText.TryParse(s, RootWire, wire, out int length, out _);
        result = valid ? FromValidWire(wire[..length]) : default;
        return valid;
    }

    /// <summary>True when this name is <paramref name="ancestor"/> or below it.</summary>
    public bool IsSubdomainOf(DomainName ancestor) => NameOctets.IsSubdomainOf(Wire, ancestor.Wire);

    /// <summary>The name without its first <paramref name="labels"/> labels; stops at the root.</summary>
    public DomainName Skip(int labels) =>
        labels == 0 ? this : FromValidWire(NameOctets.Skip(Wire, labels));

    /// <summary>
    /// The name's last <paramref name="labels"/> labels; the whole name when it has no more.
    /// </summary>
    public DomainName Suffix(int labels) => Skip(Math.Max(0, LabelCount - labels));

    /// <summary>The same name in lower case (RFC 4034 §6.2); itself when it is so already.</summary>
    public DomainName ToCanonical()
    {
        if (NameOctets.IsCanonical(Wire))
        {
            return this;
        }

        byte[] canonical = new byte[Wire.Length];
        NameOctets.ToCanonical(Wire, canonical);
        return new DomainName(canonical);
    }

    /// <summary>Canonical DNS order (RFC 4034 §6.1).</summary>
    public int CompareTo(DomainName other) => NameOctets.CompareCanonical(Wire, other.Wire);

    /// <inheritdoc/>
    public bool Equals(DomainName other) => NameOctets.EqualsIgnoreCase(Wire, other.Wire);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DomainName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => NameOctets.Hash(Wire, HashKey).GetHashCode();

    /// <summary>Presentation form with a last dot and with escapes (RFC 1035 §5.1).</summary>
    public override string ToString() => NameText.Format(Wire);

    /// <summary>Equality with case ignored.</summary>
    public static bool operator ==(DomainName left, DomainName right) => left.Equals(right);

    /// <summary>Inequality with case ignored.</summary>
    public static bool operator !=(DomainName left, DomainName right) => !left.Equals(right);

    /// <summary>Canonical DNS order.</summary>
    public static bool operator <(DomainName left, DomainName right) => left.CompareTo(right) < 0;

    /// <summary>Canonical DNS order.</summary>
    public static bool operator >(DomainName left, DomainName right) => left.CompareTo(right) > 0;

    /// <summary>Canonical DNS order.</summary>
    public static bool operator <=(DomainName left, DomainName right) => left.CompareTo(right) <= 0;

    /// <summary>Canonical DNS order.</summary>
    public static bool operator >=(DomainName left, DomainName right) => left.CompareTo(right) >= 0;

    /// <summary>A name from octets already known to be one whole valid name; copies them.</summary>
    internal static DomainName FromValidWire(ReadOnlySpan<byte> wire) =>
        wire.Length == 1 ? default : new DomainName(wire.ToArray());
}
