// A keeper of the root's anchors over a folder of its own, a clock that is set by hand, and a zone whose
// keys the test holds.
using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;
using Resolver.Dnssec;
using Resolver.Dnssec.Tests;
using Resolver.Wire;

namespace Resolver.Tests;

internal sealed class KeeperRig : IDisposable
{
    private readonly List<byte[]> _shown = [];
    private int[] _signers = [0];

    public KeeperRig()
    {
        Old = Keys.Make();
        New = Keys.Make();
        _shown.Add(Old);
        Anchors = TrustAnchors.None.With(
            DomainName.Root, [DelegationSigner.FromKey(DomainName.Root.Wire, Old)]);
    }

    public ForgedKeys Keys { get; } = new();

    public byte[] Old { get; }

    public byte[] New { get; }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public LogLines Log { get; } = new();

    public TrustAnchors Anchors { get; set; }

    public List<string> Asked { get; } = [];

    public List<DomainName> Changed { get; } = [];

    public SecurityStatus Found { get; set; } = SecurityStatus.Secure;

    public string AnchorFile => Path.Combine(Folder, "trust-anchors");

    public string FloorFile => Path.Combine(Folder, "time-floor");

    public void Dispose()
    {
        Keys.Dispose();
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    // A keeper as after a start of the program; what it keeps is its own.
    public (AnchorKeeper Keeper, TrustState Trust) Start()
    {
        TrustState trust = new(
            Anchors,
            new(KeyLibrary.Of(new FrameworkImporter(), new DnssecPolicy())),
            new NegativeTrustAnchors());
        AnchorKeeper keeper = new(new AnchorKeeperParts(trust, Folder, Time, AskAsync)
        {
            Changed = Changed.AddRange,
            Logger = Log,
        });
        keeper.Load();
        return (keeper, trust);
    }

    public void Show(byte[][] keys, params int[] signers)
    {
        _shown.Clear();
        _shown.AddRange(keys);
        _signers = signers;
    }

    public static int CountOf(TrustState trust) =>
        trust.Anchors.TryGet(DomainName.Root, out RRset signers) ? signers.Count : 0;

    private ValueTask<Resolution> AskAsync(DomainName name, RRType type, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Asked.Add($"{name} {type}");
        RRset keys = Keys.Sign(".", (uint)Time.GetUtcNow().ToUnixTimeSeconds(), [.. _shown], _signers);
        List<ResourceRecord> answer = [];
        foreach (ReadOnlySpan<byte> rdata in keys.Records)
        {
            answer.Add(Record(name, RRType.Dnskey, rdata));
        }

        foreach (ReadOnlySpan<byte> rdata in keys.Signatures)
        {
            answer.Add(Record(name, RRType.Rrsig, rdata));
        }

        return new ValueTask<Resolution>(new Resolution
        {
            Rcode = Rcode.NoError,
            Answer = type == RRType.Dnskey ? answer : [],
            Authority = [],
            Security = Found,
        });
    }

    private static ResourceRecord Record(DomainName name, RRType type, ReadOnlySpan<byte> rdata) =>
        ResourceRecord.Create(new RecordFields(name, type, RRClass.IN, 172_800, rdata.ToArray()));
}
