// Runs the microbenchmarks: dotnet run -c Release --project bench/Resolver.Benchmarks -- --filter '*Cache*'
using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Resolver.Benchmarks.CacheBenchmarks).Assembly).Run(args);
