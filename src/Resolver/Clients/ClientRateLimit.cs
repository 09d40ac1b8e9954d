// How many queries of one client are answered in a second. For each client the time is kept at which it will
// have paid for what it had (the virtual scheduling of a leaky bucket): one number in a table of fixed size,
// changed by compare and exchange. A client may be ahead of its rate by a second's worth.
using System;
using System.Threading;

namespace Resolver;

/// <summary>The rate limit of all clients. Thread-safe without a lock; allocates nothing per query.</summary>
internal sealed class ClientRateLimit
{
    // No limit of the operator's: 512 KiB for 65,536 clients in one second, and a mask is made of it.
    private const int Places = 1 << 16;
    private const int Probes = 4;
    private const int TagBits = 16;
    private const int TimeBits = 64 - TagBits;
    private const long TicksPerUnit = TimeSpan.TicksPerMicrosecond;
    private const long Ahead = 1_000_000;

    private readonly ulong[] _places = new ulong[Places];
    private readonly ulong _secret;
    private readonly long _cost;

    /// <summary>
    /// At most <paramref name="perSecond"/> queries of a client; <paramref name="secret"/> keeps anybody from
    /// choosing addresses that share a place.
    /// </summary>
    public ClientRateLimit(int perSecond, ulong secret)
    {
        _cost = Math.Max(1, Ahead / perSecond);
        _secret = secret | 1;
    }

    /// <summary>Counts a query at <paramref name="now"/> (ticks); false when it is one too many.</summary>
    public bool Admits(ClientKey client, long now)
    {
        ulong word = client.Prefix ^ (client.IsProven ? _secret >> 1 : 0);
        ulong hash = Math.BigMul(word, _secret, out ulong low) ^ low;
        ulong tag = hash >> TimeBits << TimeBits;
        long time = now / TicksPerUnit;
        while (true)
        {
            ref ulong place = ref PlaceOf(hash, tag, time);
            ulong seen = Volatile.Read(ref place);
            long paid = seen >> TimeBits << TimeBits == tag ? Math.Max(TimeOf(seen), time) : time;
            if (paid - time > Ahead - _cost)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref place, tag | (ulong)(paid + _cost), seen) == seen)
            {
                return true;
            }
        }
    }

    // The client's own place, else one whose client has paid, else the one that will first have.
    private ref ulong PlaceOf(ulong hash, ulong tag, long time)
    {
        int first = (int)(hash & (Places - Probes));
        int best = first;
        for (int at = first; at < first + Probes; at++)
        {
            ulong seen = Volatile.Read(ref _places[at]);
            if (seen >> TimeBits << TimeBits == tag && TimeOf(seen) > time)
            {
                return ref _places[at];
            }

            if (TimeOf(seen) < TimeOf(Volatile.Read(ref _places[best])))
            {
                best = at;
            }
        }

        return ref _places[best];
    }

    private static long TimeOf(ulong place) => (long)(place & ((1UL << TimeBits) - 1));
}
