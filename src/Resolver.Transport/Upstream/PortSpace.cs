// The source ports of one resolver: one space for all its loops, so that no thread has a pool of its own that
// could be told apart (CVE-2026-50252). Whoever has seen any number of ports knows no more of the next than
// which are in use: each is drawn uniformly from 1024 to 65535 (RFC 6056 §3.3.1, RFC 5452 §9.2), almost 16
// bits.
using System.Threading;
using Resolver.Engine;

namespace Resolver.Transport;

/// <summary>Which ports are in use by us, in two bitmaps of 8 KiB. Thread-safe, without locks.</summary>
internal sealed class PortSpace
{
    /// <summary>The lowest port drawn: those below belong to the system (RFC 6335 §6).</summary>
    public const int First = 1024;

    /// <summary>Count of ports in the space.</summary>
    public const int Size = 65536 - First;

    private const int BitsPerWord = 64;

    private readonly ulong[] _ipv4 = new ulong[65536 / BitsPerWord];
    private readonly ulong[] _ipv6 = new ulong[65536 / BitsPerWord];

    /// <summary>Draws a port uniformly, in use or not.</summary>
    public static ushort Draw(IRandomSource random) => (ushort)(First + random.NextBelow(Size));

    /// <summary>Marks the port as in use; false when it already is.</summary>
    public bool TryTake(bool ipv6, ushort port)
    {
        ulong bit = Bit(port);
        return (Interlocked.Or(ref Word(ipv6, port), bit) & bit) == 0;
    }

    /// <summary>Gives a port back.</summary>
    public void GiveBack(bool ipv6, ushort port) => Interlocked.And(ref Word(ipv6, port), ~Bit(port));

    private static ulong Bit(ushort port) => 1UL << (port % BitsPerWord);

    private ref ulong Word(bool ipv6, ushort port) => ref (ipv6 ? _ipv6 : _ipv4)[port / BitsPerWord];
}
