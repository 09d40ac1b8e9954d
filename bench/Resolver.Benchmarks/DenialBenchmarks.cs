// What proofs of absence cost: a name that does not exist, by NSEC and by NSEC3 with and without extra
// iterations.
using BenchmarkDotNet.Attributes;
using Resolver.Dnssec;
using Resolver.Dnssec.Tests;
using Resolver.Wire;

namespace Resolver.Benchmarks;

[MemoryDiagnoser]
public class DenialBenchmarks
{
    private readonly DomainName _name = DomainName.Parse("no.such.name.example");
    private DenialEvidence _evidence = null!;

    // NSEC; NSEC3 without extra iterations; NSEC3 with 12 and a salt of 4 octets.
    [Params("p256", "p256-nsec3", "rsasha1-nsec3")]
    public string Zone { get; set; } = "";

    [GlobalSetup]
    public void Load() => _evidence = SignedZone.Load(Zone).Evidence();

    [Benchmark]
    public int NameError()
    {
        CryptoBudget budget = new() { HashUnitsLeft = 64 };
        return (int)Denial.OfName(_evidence, _name, ref budget);
    }
}
