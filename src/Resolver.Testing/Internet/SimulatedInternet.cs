// An internet without a network: name servers, their zones and their faults, as one value that several
// resolvers may live in. It decides which server answers at an address; how packets get there is
// PacketSimulator's matter.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>
/// A simulated internet: servers that answer from zone files, with chosen delays and faults. Thread-safe; the
/// servers' behaviour may be changed at any time. As the network of a resolver it runs in real time; for
/// virtual time wrap it into a <see cref="VirtualNetwork"/>.
/// </summary>
public sealed class SimulatedInternet : ResolverNetwork
{
    private readonly Dictionary<InetAddress, SimulatedServer> _byAddress = [];
    private readonly IReadOnlyList<AuthoritativeZone> _zones;

    internal SimulatedInternet(
        IReadOnlyList<ServerSettings> servers, IReadOnlyList<AuthoritativeZone> zones, string trustAnchors)
    {
        _zones = zones;
        TrustAnchors = trustAnchors;
        List<SimulatedServer> made = [];
        foreach (ServerSettings settings in servers)
        {
            SimulatedServer server = new(settings, [.. zones.Where(z => settings.Zones.Contains(z.Origin))]);
            made.Add(server);
            foreach (IPAddress address in server.Addresses)
            {
                if (!_byAddress.TryAdd(InetAddress.From(address), server))
                {
                    throw new ArgumentException($"Two servers have the address {address}.", nameof(servers));
                }
            }
        }

        Servers = made;
    }

    /// <summary>The servers, in the order in which they were described.</summary>
    public IReadOnlyList<SimulatedServer> Servers { get; }

    /// <summary>
    /// The trust anchor of this internet, as DS or DNSKEY records in zone-file form; empty: it has none.
    /// </summary>
    public string TrustAnchors { get; }

    /// <summary>
    /// A root hints file for this internet (zone-file form): what its root zone says of its own servers.
    /// Empty when it has no root zone. An internet that serves the root at the real root servers' addresses
    /// needs none.
    /// </summary>
    public string RootHints
    {
        get
        {
            StringBuilder text = new();
            AuthoritativeZone? root = _zones.FirstOrDefault(static z => z.Origin.IsRoot);
            foreach (ReadOnlySpan<byte> rdata in root is null ? default : root.Apex.Find(RRType.NS).Records)
            {
                DomainName server = DomainName.FromValidWire(rdata);
                text.AppendLine($". 3600000 IN NS {server}");
                AppendAddresses(text, root!.Find(server));
            }

            return text.ToString();
        }
    }

    /// <summary>How many queries all servers have been sent.</summary>
    public long QueryCount => Servers.Sum(static s => s.QueryCount);

    /// <summary>
    /// What its network does to packets when a resolver lives in it in real time. Read when the resolver is
    /// made.
    /// </summary>
    public PacketSimulatorOptions Packets { get; set; } = PacketSimulatorOptions.Default;

    internal IReadOnlyList<AuthoritativeZone> Zones => _zones;

    /// <summary>
    /// Loads a folder with an internet.toml and the zone files that it names: <c>root.zone</c> for the zone
    /// ".", <c>example.com.zone</c> for example.com.
    /// </summary>
    /// <exception cref="InternetFormatException">
    /// A file is missing or wrong; the message names every mistake with file, line and column.
    /// </exception>
    public static SimulatedInternet Load(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return InternetFile.Load(new FolderFiles(folder));
    }

    /// <summary>
    /// The built-in sample: root, com, net, org, arpa and some dozen zones with everything worth seeing once,
    /// served from the addresses of the real root servers. Each call makes a new one.
    /// </summary>
    public static SimulatedInternet LoadSample() => InternetFile.Load(new EmbeddedFiles("Sample."));

    /// <summary>
    /// Anchors of the real internet prove nothing in here: this one's own replace them, and without any
    /// nothing is validated.
    /// </summary>
    internal override ResolverOptions Adapt(ResolverOptions options) =>
        !options.TrustAnchors.IsEmpty ? options
        : TrustAnchors.Length > 0 ? options with { TrustAnchors = [TrustAnchors] }
        : options with { Validation = false };

    /// <summary>The server at an address; null when there is none.</summary>
    public SimulatedServer? FindServer(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return FindServer(InetAddress.From(address));
    }

    /// <summary>Starts the query counts of all servers again at 0.</summary>
    public void ResetQueryCounts()
    {
        foreach (SimulatedServer server in Servers)
        {
            server.ResetQueryCount();
        }
    }

    /// <summary>
    /// Real loops, on which the simulated delays are waited for; clients may be listened to on sockets.
    /// </summary>
    internal override NetworkRun Open(NetworkRequest request)
    {
        PacketSimulatorOptions packets = Packets;
        return new SocketNetworkRun(
            request, (_, loop) => new PacketSimulator(loop, this, packets, request.Options.Limits));
    }

    internal SimulatedServer? FindServer(InetAddress address) => _byAddress.GetValueOrDefault(address);

    private static void AppendAddresses(StringBuilder text, ZoneNode? host)
    {
        foreach (RRType type in (ReadOnlySpan<RRType>)[RRType.A, RRType.Aaaa])
        {
            if (host?.Find(type) is not { IsEmpty: false } addresses)
            {
                continue;
            }

            foreach (ReadOnlySpan<byte> address in addresses.Records)
            {
                text.AppendLine($"{host.Name} 3600000 IN {type} {new IPAddress(address)}");
            }
        }
    }
}
