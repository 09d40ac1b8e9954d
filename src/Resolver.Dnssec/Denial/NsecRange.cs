// One NSEC as a range of absent names and a set of types: RFC 4034 §4, RFC 6840 §4.1-4.4. Reading it refuses
// what a proof must not rest on: ends outside the zone, another signer's records, an owner made from a
// wildcard.
using System;
using Resolver.Wire;

namespace Resolver.Dnssec;

/// <summary>A verified NSEC of a zone.</summary>
internal readonly struct NsecRange
{
    private readonly RRset _set;
    private readonly int _nextLength;
    private readonly int _zoneLength;

    private NsecRange(RRset set, int nextLength, int zoneLength)
    {
        _set = set;
        _nextLength = nextLength;
        _zoneLength = zoneLength;
    }

    /// <summary>The name that exists at the beginning.</summary>
    public ReadOnlySpan<byte> Owner => _set.Owner;

    /// <summary>The name that exists at the end; the apex after the last.</summary>
    public ReadOnlySpan<byte> Next => _set.First[.._nextLength];

    /// <summary>The RRset it was read from.</summary>
    public RRset Set => _set;

    private ReadOnlySpan<byte> Zone => Owner[^_zoneLength..];

    private ReadOnlySpan<byte> Types => _set.First[_nextLength..];

    /// <summary>Reads a verified NSEC RRset of a zone; false when no proof may rest on it.</summary>
    public static bool TryRead(RRset set, ReadOnlySpan<byte> zone, out NsecRange range)
    {
        range = default;
        if (set.IsEmpty || set.Type != RRType.Nsec || set.Count != 1
            || !NameOctets.IsSubdomainOf(set.Owner, zone) || !DenialSigner.IsOf(set, zone))
        {
            return false;
        }

        ReadOnlySpan<byte> rdata = set.First;
        int nextLength = NameOctets.Measure(rdata);
        if (nextLength < 0 || !NameOctets.IsSubdomainOf(rdata[..nextLength], zone)
            || !TypeBitmap.IsValid(rdata[nextLength..]))
        {
            return false;
        }

        range = new NsecRange(set, nextLength, zone.Length);
        return true;
    }

    /// <summary>True when the owner has the type.</summary>
    public bool Has(RRType type) => TypeBitmap.Contains(Types, type);

    /// <summary>True at a delegation, seen from the parent.</summary>
    public bool IsDelegation => Has(RRType.NS) && !Has(RRType.Soa);

    /// <summary>True when the name is the owner.</summary>
    public bool Matches(ReadOnlySpan<byte> name) => NameOctets.EqualsIgnoreCase(name, Owner);

    /// <summary>
    /// True when the name of the zone lies strictly between the ends, and the owner is none above it whose
    /// delegation or DNAME leaves the name to others (RFC 6840 §4.1, RFC 6672 §5.3.4.1).
    /// </summary>
    public bool Covers(ReadOnlySpan<byte> name) =>
        NameOctets.CompareCanonical(name, Owner) > 0
        && (IsLast ? NameOctets.IsSubdomainOf(name, Zone) : NameOctets.CompareCanonical(name, Next) < 0)
        && !(NameOctets.IsSubdomainOf(name, Owner) && (IsDelegation || Has(RRType.Dname)));

    /// <summary>
    /// True when the name exists without records of its own: names below it exist (RFC 9499 §7).
    /// </summary>
    public bool ShowsEmptyNonTerminal(ReadOnlySpan<byte> name) =>
        Covers(name) && NameOctets.IsSubdomainOf(Next, name);

    /// <summary>
    /// Labels of the closest encloser of a covered name: the longest end that it shares with one of the two
    /// names that exist.
    /// </summary>
    public int EncloserLabelsOf(ReadOnlySpan<byte> name) =>
        Math.Max(SharedLabels(name, Owner), SharedLabels(name, Next));

    private bool IsLast => NameOctets.EqualsIgnoreCase(Next, Zone);

    private static int SharedLabels(ReadOnlySpan<byte> name, ReadOnlySpan<byte> other)
    {
        int labels = NameOctets.CountLabels(name);
        int surplus = Math.Max(0, labels - NameOctets.CountLabels(other));
        while (!NameOctets.IsSubdomainOf(other, NameOctets.Skip(name, surplus)))
        {
            surplus++;
        }

        return labels - surplus;
    }
}
