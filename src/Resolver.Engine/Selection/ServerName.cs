// A name server's name where it lies: among the octets of its delegation, of which there are many, or alone.
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A domain name as a part of an array of octets. The default is the root.</summary>
internal readonly struct ServerName : IEquatable<ServerName>
{
    private readonly byte[]? _octets;
    private readonly int _at;
    private readonly int _length;

    private ServerName(byte[] octets, int at, int length) => (_octets, _at, _length) = (octets, at, length);

    /// <summary>The name in uncompressed wire form.</summary>
    public ReadOnlySpan<byte> Wire => _octets is null ? DomainName.Root.Wire : _octets.AsSpan(_at, _length);

    /// <summary>A name of its own.</summary>
    public static ServerName Of(DomainName name) => new(name.Octets, 0, name.Octets.Length);

    /// <summary>The name that begins at a position, in uncompressed wire form.</summary>
    public static ServerName ReadAt(byte[] octets, int at)
    {
        int end = at;
        while (octets[end] != 0)
        {
            end += octets[end] + 1;
        }

        return new ServerName(octets, at, end + 1 - at);
    }

    /// <summary>A copy that stands alone.</summary>
    public DomainName ToName() => DomainName.FromValidWire(Wire);

    /// <inheritdoc/>
    public bool Equals(ServerName other) => NameOctets.EqualsIgnoreCase(Wire, other.Wire);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ServerName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ToName().GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => ToName().ToString();
}
