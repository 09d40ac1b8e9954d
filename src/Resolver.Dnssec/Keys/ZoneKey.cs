// One DNSKEY of a zone: its fields (RFC 4034 §2, RFC 5011 §3) and, once a signature needs it, the imported
// key. Importing happens at most once, whichever thread comes first.
using System;
using System.Buffers.Binary;
using System.Threading;

namespace Resolver.Dnssec;

/// <summary>A DNSKEY with its public key. Thread-safe.</summary>
internal sealed class ZoneKey
{
    private const int KeyAt = 4;
    private const ushort ZoneFlag = 0x0100;
    private const ushort RevokeFlag = 0x0080;
    private const ushort EntryFlag = 0x0001;

    private readonly byte[] _rdata;
    private readonly IKeyImporter _importer;
    private Imported? _imported;

    /// <summary>A key from a DNSKEY's RDATA (at least 4 octets).</summary>
    public ZoneKey(ReadOnlySpan<byte> rdata, IKeyImporter importer, DnssecPolicy policy)
    {
        _rdata = rdata.ToArray();
        _importer = importer;
        Tag = KeyTag.Of(rdata);
        KnownAlgorithm = DnssecAlgorithms.Of(Algorithm, policy);
        FormProblem = KeyForm.Check(KnownAlgorithm, Key, policy);
    }

    /// <summary>The DNSKEY's RDATA.</summary>
    public ReadOnlySpan<byte> Rdata => _rdata;

    /// <summary>The key tag (RFC 4034 App. B).</summary>
    public ushort Tag { get; }

    /// <summary>The number of the algorithm.</summary>
    public byte Algorithm => _rdata[3];

    /// <summary>The algorithm, or that it is unsupported.</summary>
    public DnssecAlgorithm KnownAlgorithm { get; }

    /// <summary>True when it may sign a zone's data (RFC 4034 §2.1.1, and protocol 3 of §2.1.2).</summary>
    public bool IsZoneKey => (Flags & ZoneFlag) != 0 && _rdata[2] == 3;

    /// <summary>True when it is revoked (RFC 5011 §2.1).</summary>
    public bool IsRevoked => (Flags & RevokeFlag) != 0;

    /// <summary>True when it is meant for a DS or an anchor (RFC 4034 §2.1.1).</summary>
    public bool IsSecureEntryPoint => (Flags & EntryFlag) != 0;

    /// <summary>What is wrong with the key's form, seen without importing it.</summary>
    public KeyProblem FormProblem { get; }

    /// <summary>Octets of native memory held at the moment.</summary>
    public int NativeOctets => Volatile.Read(ref _imported)?.Key?.NativeOctets ?? 0;

    private ushort Flags => BinaryPrimitives.ReadUInt16BigEndian(_rdata);

    private ReadOnlySpan<byte> Key => _rdata.AsSpan(KeyAt);

    /// <summary>The public key, imported at first use; null when the octets are no key.</summary>
    public PublicKey? GetPublicKey()
    {
        if (FormProblem != KeyProblem.None)
        {
            return null;
        }

        Imported? imported = Volatile.Read(ref _imported);
        if (imported is null)
        {
            imported = new Imported(_importer.Import(KnownAlgorithm, Key));
            if (Interlocked.CompareExchange(ref _imported, imported, null) is { } first)
            {
                imported.Key?.Dispose();
                imported = first;
            }
        }

        return imported.Key;
    }

    private sealed record Imported(PublicKey? Key);
}
