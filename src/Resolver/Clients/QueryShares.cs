// Who may have how many of the places for waiting queries, which all loops share. While half of them are free
// nobody is limited; from then on a client may hold no more than half of what is still free: the threshold
// falls as the table fills, the greediest meet it first, and one who holds little always finds a place. What
// the caches answer needs no place.
using System.Collections.Generic;
using System.Threading;

namespace Resolver;

/// <summary>What became of the wish for a place.</summary>
internal enum ShareVerdict : byte
{
    /// <summary>The query may wait; the place must be given back.</summary>
    Admitted,

    /// <summary>The client has its share.</summary>
    ShareUsedUp,

    /// <summary>All places are taken.</summary>
    Full,
}

/// <summary>Waiting queries by client. Thread-safe; not used for what the answer cache has.</summary>
internal sealed class QueryShares
{
    private const int StripeCount = 16;

    private readonly Stripe[] _stripes = new Stripe[StripeCount];
    private readonly int _most;
    private int _total;

    /// <summary>Shares of <paramref name="most"/> places.</summary>
    public QueryShares(int most)
    {
        _most = most;
        for (int i = 0; i < StripeCount; i++)
        {
            _stripes[i] = new Stripe();
        }
    }

    /// <summary>Places taken by all.</summary>
    public int Total => Volatile.Read(ref _total);

    /// <summary>Asks for a place.</summary>
    public ShareVerdict TryTake(in ClientKey client)
    {
        Stripe stripe = StripeOf(client);
        lock (stripe)
        {
            int held = stripe.Held.GetValueOrDefault(client);
            int total = Total;
            int free = _most - total;
            if (total > _most / 2 && held > 0 && held >= free / 2 && !client.IsProgram)
            {
                return ShareVerdict.ShareUsedUp;
            }

            // Stripes fill the table side by side: the last place is taken once.
            if (Interlocked.Increment(ref _total) > _most)
            {
                _ = Interlocked.Decrement(ref _total);
                return ShareVerdict.Full;
            }

            stripe.Held[client] = held + 1;
            return ShareVerdict.Admitted;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void GiveBack(in ClientKey client)
    {
        Stripe stripe = StripeOf(client);
        lock (stripe)
        {
            int held = stripe.Held[client] - 1;
            _ = Interlocked.Decrement(ref _total);
            if (held == 0)
            {
                _ = stripe.Held.Remove(client);
            }
            else
            {
                stripe.Held[client] = held;
            }
        }
    }

    /// <summary>How many a client holds.</summary>
    public int HeldBy(in ClientKey client)
    {
        Stripe stripe = StripeOf(client);
        lock (stripe)
        {
            return stripe.Held.GetValueOrDefault(client);
        }
    }

    private Stripe StripeOf(in ClientKey client) =>
        _stripes[(int)((client.Prefix * 0x9E37_79B9_7F4A_7C15) >> 60)];

    private sealed class Stripe
    {
        public Dictionary<ClientKey, int> Held { get; } = [];
    }
}
