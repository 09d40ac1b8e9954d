// The ten lines of README.md about embedding: compiled and run here, and compared with what stands there.
using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class EmbeddingSnippet
{
    [Fact]
    public async Task The_snippet_of_the_README_runs()
    {
#pragma warning disable xUnit1051 // Who reads the README is in no test.
        // <README>
        ResolverOptions options = new() { Network = SimulatedInternet.LoadSample() };
        await using RecursiveResolver resolver = RecursiveResolver.Create(options);

        Resolution found = await resolver.ResolveAsync(DomainName.Parse("www.example.com"), RRType.A);
        Console.WriteLine(found.Rcode);
        foreach (ARecord record in found.Answer.OfType<ARecord>())
        {
            Console.WriteLine($"{record.Name} has {record.Address} for {record.Ttl} seconds");
        }

        // </README>
#pragma warning restore xUnit1051
        Assert.Equal(Rcode.NoError, found.Rcode);
        Assert.NotEmpty(found.Answer);
    }

    [Fact]
    public void The_README_holds_the_snippet_to_the_letter()
    {
        string[] lines = File.ReadAllLines(Path.Combine(
            Repository.Root, "tests", "Resolver.Server.Tests", "Readme", "EmbeddingSnippet.cs"));
        int first = Array.FindIndex(lines, l => l.EndsWith("// <README>", StringComparison.Ordinal)) + 1;
        int last = Array.FindIndex(lines, l => l.EndsWith("// </README>", StringComparison.Ordinal));
        string[] snippet = [.. lines[first..last].Select(l => l.Length >= 8 ? l[8..] : l)];
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Assert.Contains(string.Join('\n', snippet).TrimEnd() + "\n```", readme, StringComparison.Ordinal);
    }
}
