// Replays the corpus: each message comes to what its file says.
using System;
using System.Linq;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class CorpusTests
{
    public static TheoryData<string> Names => [.. CorpusFile.All().Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_of_the_corpus_comes_to_what_its_file_says(string name)
    {
        CorpusFile file = CorpusFile.All().Single(f => f.Name == name);
        CodecTrial trial = new();
        TrialResult result = trial.Run(file.Octets);
        Assert.Equal((file.Read, file.Query), (result.Read.ToString(), result.Query.ToString()));
        trial.RunNames(file.Octets.AsSpan(0, Math.Min(file.Octets.Length, 2048)));
    }

    [Fact]
    public void The_corpus_is_there() => Assert.InRange(CorpusFile.All().Count, 60, 1000);
}
