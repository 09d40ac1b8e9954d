// Describes a simulated internet in code: zones as texts, servers as settings.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Net;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>Builds a <see cref="SimulatedInternet"/>.</summary>
public sealed class SimulatedInternetBuilder
{
    private const string AnchorFile = "trust anchor";

    private string? _seed;
    private ImmutableArray<DomainName> _unsigned = [];
    private Func<DomainName, ZoneSigning>? _styleOf;

    private readonly Dictionary<string, string> _texts = [];
    private readonly List<ServerSettings> _servers = [];

    /// <summary>Adds a zone as zone-file text, relative names below the origin.</summary>
    public SimulatedInternetBuilder Zone(string origin, string text)
    {
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(text);
        if (!_texts.TryAdd(InternetParts.FileOf(DomainName.Parse(origin)), text))
        {
            throw new ArgumentException($"The zone {origin} is there already.", nameof(origin));
        }

        return this;
    }

    /// <summary>Adds a server without delay or fault.</summary>
    public SimulatedInternetBuilder Server(string address, params string[] zones)
    {
        ArgumentNullException.ThrowIfNull(zones);
        return Server(new ServerSettings
        {
            Addresses = [IPAddress.Parse(address)],
            Zones = [.. zones.Select(DomainName.Parse)],
        });
    }

    /// <summary>Adds a server.</summary>
    public SimulatedInternetBuilder Server(ServerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _servers.Add(settings);
        return this;
    }

    /// <summary>Sets the trust anchor: DS or DNSKEY records in zone-file form.</summary>
    public SimulatedInternetBuilder TrustAnchors(string text)
    {
        _texts[AnchorFile] = text;
        return this;
    }

    /// <summary>
    /// Signs all zones with keys that follow from the seed, save those named; the root's key is the anchor
    /// unless another is given.
    /// </summary>
    public SimulatedInternetBuilder Sign(string seed, params string[] unsigned)
    {
        ArgumentNullException.ThrowIfNull(seed);
        ArgumentNullException.ThrowIfNull(unsigned);
        _seed = seed;
        _unsigned = [.. unsigned.Select(DomainName.Parse)];
        return this;
    }

    /// <summary>Says how each zone is signed.</summary>
    internal SimulatedInternetBuilder SignEach(Func<DomainName, ZoneSigning> styleOf)
    {
        _styleOf = styleOf;
        return this;
    }

    /// <summary>The internet as described.</summary>
    /// <exception cref="InternetFormatException">A zone is missing or wrong, or two servers have one
    /// address.</exception>
    public SimulatedInternet Build()
    {
        InternetParts parts = new(new TextFiles(_texts));
        foreach (ServerSettings server in _servers)
        {
            ImmutableArray<DomainName> zones = server.Zones;
            foreach (IPAddress address in server.Addresses.Where(a => !parts.TryTakeAddress(a)))
            {
                parts.Mistakes.Add($"two servers have the address {address}");
            }

            foreach (DomainName zone in zones)
            {
                if (!parts.TryAddZone(zone, out string? error))
                {
                    parts.Mistakes.Add(error!);
                }
            }

            parts.AddServer(server);
        }

        if (_texts.ContainsKey(AnchorFile) && !parts.TrySetTrustAnchors(AnchorFile, out string? wrong))
        {
            parts.Mistakes.Add(wrong!);
        }

        if (_seed is not null)
        {
            parts.SignFrom(_seed);
            parts.LeaveUnsigned(_unsigned);
            parts.StyleOf = _styleOf;
        }

        return parts.Build();
    }
}
