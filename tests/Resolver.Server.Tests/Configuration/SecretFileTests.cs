// The file of cookie secrets: what is taken, and that mistakes are told with their line, without the secret.
using System.Collections.Generic;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class SecretFileTests
{
    private const string Good = "445536bcd2513298075a5d379663c962";

    [Fact]
    public void Secrets_stand_one_in_a_line_the_newest_first()
    {
        List<ConfigurationProblem> problems = [];
        string text = $"# cookies\n\n{Good}\r\n  e5e973e5a6b2a43f48e7dc849e37bfcf\n";
        Assert.Equal([Good, "e5e973e5a6b2a43f48e7dc849e37bfcf"], SecretFile.Read(text, "secrets", problems));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData(Good + "\n445536bcd2513298075a5d379663c9\n", "secrets:2:1: this is no cookie secret")]
    [InlineData("# nothing\n", "secrets: it holds no cookie secret")]
    [InlineData("", "secrets: it holds no cookie secret")]
    public void Mistakes_are_told_and_secrets_are_not(string text, string expected)
    {
        List<ConfigurationProblem> problems = [];
        _ = SecretFile.Read(text, "secrets", problems);
        string told = Assert.Single(problems).ToString();
        Assert.StartsWith(expected, told, System.StringComparison.Ordinal);
        Assert.DoesNotContain("445536", told, System.StringComparison.Ordinal);
    }
}
