// The addresses that an HTTPS or SVCB record gives as hints: the keys ipv4hint and ipv6hint (RFC 9460 §7.3)
// of the list behind priority and target (§2.2). RDATA has been checked when it was read; what does not fit
// ends the reading.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace Resolver.Engine;

/// <summary>Reads address hints.</summary>
internal static class ServiceHints
{
    private const int PriorityLength = sizeof(ushort);
    private const int ParameterHead = 2 * sizeof(ushort);
    private const ushort Ipv4Hint = 4;
    private const ushort Ipv6Hint = 6;

    /// <summary>The hints of one record.</summary>
    public static List<InetAddress> Read(ReadOnlySpan<byte> rdata)
    {
        List<InetAddress> hints = [];
        if (!TrySkipTarget(ref rdata))
        {
            return hints;
        }

        while (rdata.Length >= ParameterHead)
        {
            ushort key = BinaryPrimitives.ReadUInt16BigEndian(rdata);
            int length = BinaryPrimitives.ReadUInt16BigEndian(rdata[sizeof(ushort)..]);
            rdata = rdata[ParameterHead..];
            if (length > rdata.Length)
            {
                return hints;
            }

            int size = key == Ipv4Hint ? 4 : key == Ipv6Hint ? 16 : 0;
            for (int at = 0; size > 0 && at + size <= length; at += size)
            {
                hints.Add(InetAddress.FromOctets(rdata.Slice(at, size)));
            }

            rdata = rdata[length..];
        }

        return hints;
    }

    private static bool TrySkipTarget(ref ReadOnlySpan<byte> rdata)
    {
        int at = PriorityLength;
        while (at < rdata.Length && rdata[at] != 0)
        {
            at += rdata[at] + 1;
        }

        bool fits = at < rdata.Length;
        rdata = fits ? rdata[(at + 1)..] : default;
        return fits;
    }
}
