// Raises the soft limit of open files to the hard one: the JIT runtime does it by itself, Native AOT does
// not, and 1024 descriptors are few for a resolver that gives each exchange a socket of its own.
using System;

namespace Resolver.Transport;

/// <summary>RLIMIT_NOFILE of this process.</summary>
internal static unsafe class OpenFileLimit
{
    private const int Assumed = 1024;

    /// <summary>Raises the limit where possible and returns how many files may be open.</summary>
    public static int Raise()
    {
        if (!Libc.IsSupported)
        {
            return Assumed;
        }

        // SAFETY: the kernel fills or reads one local struct rlimit during each call.
        Libc.ResourceLimit limit;
        if (Libc.GetResourceLimit(Libc.LimitOpenFiles, &limit) != 0)
        {
            return Assumed;
        }

        if (limit.Soft < limit.Hard)
        {
            Libc.ResourceLimit wanted = limit;
            wanted.Soft = limit.Hard;
            if (Libc.SetResourceLimit(Libc.LimitOpenFiles, &wanted) == 0)
            {
                limit = wanted;
            }
        }

        return (int)Math.Min(limit.Soft, int.MaxValue);
    }
}
