// DNS cookies towards name servers (RFC 7873 §5.1, RFC 9018 §3). The client cookie is a keyed hash of the
// server's address, so it needs no memory and tells servers nothing of each other; what each server gave in
// return is remembered, in a fixed number of places, until it was not seen for long. Shared by all loops.
using System;
using System.Buffers.Binary;
using System.Threading;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Cookies by server.</summary>
internal sealed class ServerCookies
{
    private const int Stripes = 64;
    private const int AddressLength = 16;

    private readonly SipHash24 _secret;
    private readonly Place[] _places;
    private readonly byte[] _octets;
    private readonly Lock[] _locks = new Lock[Stripes];
    private readonly long _memory;

    public ServerCookies(ResolverLimits limits, IRandomSource random)
    {
        _secret = SipHash24.Draw(random);
        _places = new Place[limits.MaxServerCookies];
        _octets = new byte[_places.Length * CookieOption.MaxServerLength];
        _memory = limits.ServerMemoryMilliseconds * TimeSpan.TicksPerMillisecond;
        for (int i = 0; i < Stripes; i++)
        {
            _locks[i] = new Lock();
        }
    }

    /// <summary>
    /// Writes the client cookie, and the server's when it is known; returns their octets, which are more than
    /// <see cref="CookieOption.ClientLength"/> for a server known to use cookies.
    /// </summary>
    public int Write(in InetEndpoint server, long now, Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, ClientCookie(server));
        int at = PlaceOf(server);
        lock (_locks[at % Stripes])
        {
            ref readonly Place place = ref _places[at];
            if (place.Length == 0 || place.Server != server || now - place.SeenAt > _memory)
            {
                return CookieOption.ClientLength;
            }

            OctetsOf(at, place.Length).CopyTo(destination[CookieOption.ClientLength..]);
            return CookieOption.ClientLength + place.Length;
        }
    }

    /// <summary>Remembers the cookie that a server gave with ours; an empty one is forgotten.</summary>
    public void Keep(in InetEndpoint server, ReadOnlySpan<byte> cookie, long now)
    {
        int at = PlaceOf(server);
        lock (_locks[at % Stripes])
        {
            ref Place place = ref _places[at];
            if (cookie.IsEmpty && place.Server != server)
            {
                return;
            }

            place.Server = server;
            place.SeenAt = now;
            place.Length = cookie.Length;
            cookie.CopyTo(OctetsOf(at, cookie.Length));
        }
    }

    private ulong ClientCookie(in InetEndpoint server)
    {
        Span<byte> address = stackalloc byte[AddressLength];
        server.Address.CopyTo(address);
        return _secret.Hash(address[..server.Address.Length]);
    }

    private int PlaceOf(in InetEndpoint server) =>
        (int)((uint)server.GetHashCode() % (uint)_places.Length);

    private Span<byte> OctetsOf(int place, int length) =>
        _octets.AsSpan(place * CookieOption.MaxServerLength, length);

    private struct Place
    {
        public InetEndpoint Server;
        public long SeenAt;
        public int Length;
    }
}
