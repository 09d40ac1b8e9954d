// Runs the microbenchmarks: dotnet run -c Release --project bench/Resolver.Benchmarks -- --filter '*Cache*'
// or prints the hit rates of the eviction: … -- hit-rates
using BenchmarkDotNet.Running;
using Resolver.Benchmarks;

if (args is ["hit-rates"])
{
    HitRates.Report();
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(CacheBenchmarks).Assembly).Run(args);
}
