// The kernel's CSPRNG, asked directly: RandomNumberGenerator asks OpenSSL, and loading that takes a fifth of
// the program's start.
using System;
using System.Security.Cryptography;

namespace Resolver.Transport;

/// <summary>Random octets of the kernel.</summary>
internal static unsafe class KernelRandom
{
    /// <summary>
    /// Fills all octets by getrandom(2), which waits until the kernel has entropy; where there is no such
    /// call, by <see cref="RandomNumberGenerator"/>.
    /// </summary>
    public static void Fill(Span<byte> octets)
    {
        while (octets.Length > 0)
        {
            nint count = Libc.IsSupported ? Draw(octets) : -1;
            if (count > 0)
            {
                octets = octets[(int)count..];
            }
            else if (!Libc.IsSupported || Errno.Last != Errno.Interrupted)
            {
                RandomNumberGenerator.Fill(octets);
                return;
            }
        }
    }

    private static nint Draw(Span<byte> octets)
    {
        // SAFETY: the span is fixed during the call, and the kernel writes no more than its length.
        fixed (byte* start = octets)
        {
            return Libc.GetRandom(start, (nuint)octets.Length, 0);
        }
    }
}
