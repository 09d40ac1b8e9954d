// Many prefixes made ready for the fast lane: sorted, disjoint ranges per family, found by halving. A list of
// clients or of blocked addresses may hold thousands of prefixes; a look-up takes some fifteen comparisons
// and allocates nothing.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using Resolver.Engine;

namespace Resolver;

/// <summary>An immutable set of addresses, made of prefixes.</summary>
internal sealed class AddressPrefixSet
{
    private readonly (uint First, uint Last)[] _ranges4;
    private readonly (UInt128 First, UInt128 Last)[] _ranges6;

    /// <summary>A set of all addresses of the prefixes.</summary>
    public AddressPrefixSet(IEnumerable<AddressPrefix> prefixes)
    {
        AddressPrefix[] all = [.. prefixes];
        _ranges4 = [.. Merge(all.Where(static p => !p.IsIPv6)).Select(
            static r => ((uint)r.First, (uint)r.Last))];
        _ranges6 = [.. Merge(all.Where(static p => p.IsIPv6))];
    }

    /// <summary>The set without members.</summary>
    public static AddressPrefixSet Empty { get; } = new([]);

    /// <summary>True when there is no member.</summary>
    public bool IsEmpty => _ranges4.Length == 0 && _ranges6.Length == 0;

    /// <summary>True when the address is a member; its scope is not looked at.</summary>
    public bool Contains(in InetAddress address) => address.IsIPv6
        ? Contains<UInt128>(_ranges6, address.Bits)
        : Contains<uint>(_ranges4, (uint)address.Bits);

    /// <summary>True when the address is a member.</summary>
    public bool Contains(IPAddress address) => Contains(InetAddress.From(address));

    private static bool Contains<T>((T First, T Last)[] ranges, T address)
        where T : IComparable<T>
    {
        int low = 0;
        int high = ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            ref readonly (T First, T Last) range = ref ranges[middle];
            if (address.CompareTo(range.First) < 0)
            {
                high = middle - 1;
            }
            else if (address.CompareTo(range.Last) > 0)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    // Prefixes nest or are disjoint: sorted by their first address, widest first, one inside the range before
    // it adds nothing.
    private static List<(UInt128 First, UInt128 Last)> Merge(IEnumerable<AddressPrefix> prefixes)
    {
        List<(UInt128 First, UInt128 Last)> ranges = [];
        foreach (AddressPrefix prefix in prefixes.OrderBy(static p => p.First).ThenBy(static p => p.Length))
        {
            if (ranges.Count == 0 || prefix.First > ranges[^1].Last)
            {
                ranges.Add((prefix.First, prefix.Last));
            }
        }

        return ranges;
    }
}
