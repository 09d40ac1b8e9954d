// Puts an internet together from settings and files, whoever describes it: loads each zone once, checks the
// anchor, and gathers every mistake before giving up.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>The parts of one internet while it is being described.</summary>
internal sealed class InternetParts(InternetFiles files)
{
    private readonly Dictionary<DomainName, AuthoritativeZone?> _zones = [];
    private readonly List<AuthoritativeZone> _loaded = [];
    private readonly List<ServerSettings> _servers = [];
    private readonly HashSet<InetAddress> _addresses = [];
    private string _trustAnchors = "";
    private string? _seed;
    private IReadOnlyCollection<DomainName> _unsigned = [];
    private readonly Dictionary<DomainName, Nsec3Settings> _hashed = [];

    /// <summary>The mistakes so far.</summary>
    public List<string> Mistakes { get; } = [];

    /// <summary>The name of a zone's file: root.zone, or the zone's name followed by zone.</summary>
    public static string FileOf(DomainName zone) =>
        zone.IsRoot ? "root.zone" : zone.ToCanonical() + "zone";

    /// <summary>Adds a server, whose zones have been added before.</summary>
    public void AddServer(ServerSettings settings) => _servers.Add(settings);

    /// <summary>Takes an address for a server; false when another has it.</summary>
    public bool TryTakeAddress(IPAddress address) => _addresses.Add(InetAddress.From(address));

    /// <summary>
    /// Loads a zone at its first use. False when its file cannot be opened, with the reason.
    /// </summary>
    public bool TryAddZone(DomainName origin, out string? error)
    {
        error = null;
        if (_zones.ContainsKey(origin))
        {
            return true;
        }

        string file = FileOf(origin);
        _zones.Add(origin, null);
        ZoneFileOptions options = new() { Origin = origin, Name = files.NameOf(file) };
        if (!files.TryOpenZone(file, options, out ZoneFileReader? reader, out ZoneFileError? missing))
        {
            error = missing!.ToString();
            return false;
        }

        using (reader)
        {
            IReadOnlyList<ZoneFileError> errors =
                ZoneLoading.TryLoad(origin, files.NameOf(file), reader!, out AuthoritativeZone? zone);
            Mistakes.AddRange(errors.Select(static e => e.ToString()));
            _zones[origin] = zone;
            if (zone is not null)
            {
                _loaded.Add(zone);
            }
        }

        return true;
    }

    /// <summary>
    /// Reads the trust anchor from a file. False when it cannot be opened, with the reason.
    /// </summary>
    public bool TrySetTrustAnchors(string file, out string? error)
    {
        if (files.Read(file, out error) is not { } text)
        {
            return false;
        }

        _trustAnchors = text;
        List<ZoneFileError> errors = [];
        ZoneFileOptions options = new() { Ttl = 0, Name = files.NameOf(file) };
        using ZoneFileReader reader = ZoneFileReader.FromText(text, options);
        foreach (ZoneRecord record in reader.ReadAll(errors))
        {
            if (record.Type != RRType.DS && record.Type != RRType.Dnskey)
            {
                string sentence = $"a trust anchor is a DS or DNSKEY record, not {record.Type}";
                errors.Add(new ZoneFileError(record.File, record.Line, 1, sentence));
            }
        }

        Mistakes.AddRange(errors.Select(static e => e.ToString()));
        return true;
    }

    /// <summary>Has the zones signed from a seed.</summary>
    public void SignFrom(string seed) => _seed = seed;

    /// <summary>How zones are signed; as it comes all alike, but for those that hash their denials.</summary>
    public Func<DomainName, ZoneSigning>? StyleOf { get; set; }

    /// <summary>Names zones that deny by NSEC3, with or without opt-out.</summary>
    public void HashDenials(IEnumerable<DomainName> zones, bool isOptOut)
    {
        foreach (DomainName zone in zones)
        {
            _hashed[zone] = Nsec3Settings.Plain with { IsOptOut = isOptOut };
        }
    }

    /// <summary>Names the zones that are not signed.</summary>
    public void LeaveUnsigned(IReadOnlyCollection<DomainName> zones) => _unsigned = zones;

    /// <summary>The internet.</summary>
    /// <exception cref="InternetFormatException">There are mistakes.</exception>
    public SimulatedInternet Build()
    {
        if (Mistakes.Count > 0)
        {
            throw new InternetFormatException(Mistakes);
        }

        if (_seed is null)
        {
            return new SimulatedInternet(_servers, _loaded, _trustAnchors);
        }

        InternetSigner signer = new(_seed, _unsigned, StyleOf ?? DefaultStyleOf);
        string anchors = _trustAnchors.Length > 0 ? _trustAnchors : signer.TrustAnchor;
        return new SimulatedInternet(_servers, signer.Sign(_loaded), anchors);
    }

    private ZoneSigning DefaultStyleOf(DomainName zone) => new() { Nsec3 = _hashed.GetValueOrDefault(zone) };
}
