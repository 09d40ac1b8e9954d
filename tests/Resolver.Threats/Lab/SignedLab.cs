// The signed part of the scripted internet: the root and lab. with keys, and zones below that are signed too.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Resolver.Threats;

/// <summary>Signs the world.</summary>
internal sealed class SignedLab : IDisposable
{
    private readonly World _world;
    private readonly List<SigningKey> _keys = [];

    public SignedLab(World world)
    {
        _world = world;
        SigningKey rootKey = MakeKey(".");
        SigningKey labKey = MakeKey("lab.");
        SignedZone root = new(rootKey, () =>
        [
            Record.NS(".", "root.lab-servers.", 86400),
            Record.A("root.lab-servers.", World.RootAddress, 86400),
            Record.NS("lab.", "ns.lab."), Record.A("ns.lab.", World.LabAddress), labKey.Signer,
        ]);
        Lab = new SignedZone(labKey, () => LabContent());
        Anchor = $". 86400 IN DS {Text(rootKey.Signer.Data)}\n";
        world.Serve(World.RootAddress, e => e.SendAsync(root.Answer(e.Query)));
        world.Serve(World.LabAddress, e => e.SendAsync(Lab.Answer(e.Query)));
    }

    /// <summary>The root's DS for the resolvers.</summary>
    public string Anchor { get; }

    /// <summary>The zone lab.</summary>
    public SignedZone Lab { get; }

    /// <summary>A key that lives as long as the lab.</summary>
    public SigningKey MakeKey(string zone)
    {
        SigningKey key = new(zone);
        _keys.Add(key);
        return key;
    }

    /// <summary>A signed zone with an honest server, delegated by lab.</summary>
    public SignedZone Zone(string zone, string address, params Record[] records)
    {
        SignedZone signed = new(MakeKey(zone), () => Content(zone, address, records));
        Add(signed, address, [signed.Key.Signer]);
        return signed;
    }

    /// <summary>The content of a zone with its server.</summary>
    public static IEnumerable<Record> Content(string zone, string address, params Record[] records) =>
        [Record.NS(zone, "ns." + zone), Record.A("ns." + zone, address), .. records];

    /// <summary>Delegates a zone with these DS records, and lets an honest server serve it.</summary>
    public void Add(SignedZone zone, string address, IReadOnlyList<Record> signers)
    {
        string server = "ns." + zone.Apex;
        World.Delegation delegation = new([Record.NS(zone.Apex, server)], [Record.A(server, address)])
        {
            Signers = signers,
        };
        _world.Delegate(zone.Apex, delegation);
        _world.Serve(address, e => e.SendAsync(zone.Answer(e.Query)));
    }

    public void Dispose() => _keys.ForEach(static k => k.Dispose());

    private IEnumerable<Record> LabContent() =>
    [
        Record.NS("lab.", "ns.lab."), Record.A("ns.lab.", World.LabAddress),
        .. _world.Delegations.SelectMany(static d => (Record[])[.. d.Servers, .. d.Signers, .. d.Glue]),
    ];

    private static string Text(byte[] ds) =>
        $"{(ds[0] << 8) | ds[1]} {ds[2]} {ds[3]} {Convert.ToHexString(ds.AsSpan(4))}";
}
