// What a signature check costs per algorithm, in both libraries: with the key imported before (the usual
// case), and with importing it. The set is four A records of a zone that a real signer signed.
using System;
using BenchmarkDotNet.Attributes;
using Resolver.Dnssec;
using Resolver.Dnssec.Tests;
using Resolver.Wire;

namespace Resolver.Benchmarks;

[MemoryDiagnoser]
public class SignatureBenchmarks
{
    private SignedZone _zone = null!;
    private IKeyImporter _importer = null!;
    private ZoneKeys _keys = null!;
    private RRset _set;

    // rsasha1 and rsasha256 sign with 1024 bits, rsasha512 with 2048.
    [Params("rsasha1", "rsasha256", "rsasha512", "p256", "p384", "ed25519", "ed448")]
    public string Zone { get; set; } = "";

    [Params("libcrypto", "framework")]
    public string Library { get; set; } = "";

    [GlobalSetup]
    public void Load()
    {
        _zone = SignedZone.Load(Zone);
        _importer = Library == "framework"
            ? new FrameworkImporter()
            : LibcryptoImporter.TryCreate() ?? throw new NotSupportedException("libcrypto.so.3 is missing");
        _keys = _zone.Keys(_importer);
        _set = _zone["many.example.", RRType.A];
    }

    [Benchmark(Baseline = true)]
    public bool Check() => CheckWith(_keys);

    [Benchmark]
    public bool ImportAndCheck() => CheckWith(_zone.Keys(_importer));

    private bool CheckWith(ZoneKeys keys)
    {
        CryptoBudget budget = new() { ChecksLeft = 1, FailuresLeft = 1 };
        return RRsetAuthentication.Authenticate(_set, keys, SignedZone.Terms, ref budget).IsValid
            ? true
            : throw new InvalidOperationException("the signature is not good");
    }
}
