// Any text at all is read to its end: what is wrong with it is a mistake with a place, never an exception.
using System.Linq;
using System.Text;
using CsCheck;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class AnyTextTests
{
    private static readonly string[] Pieces =
    [
        "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "\n", "\r", "\"", "\"\"\"", "'", "'''", "#", "\\",
        "\\u", "\\UFFFFFFFF", "\\uD800", "\\x", "\0", "\uFEFF", "\uFFFD", "\U0010FFFF", "server", "threads",
        "listen", "cache", "size", "forward", "a", "1", "-", "+", "_", "e", "0x", "0b", "0o",
        "99999999999999999999",
        "1e999999999", "inf", "nan", "true", "false", "1979-05-27", "T07:32:00Z", "24:61:61",
        "9999-99-99T99:99:99+99:99", " ", "\t", "x=", "a={", "\"127.0.0.1:53\"",
    ];

    [Fact]
    public void Mixed_pieces_of_TOML_are_read_or_told() =>
        Gen.Int[0, Pieces.Length - 1].Array[0, 40].Sample(
            static chosen => IsReadOrTold(string.Concat(chosen.Select(static i => Pieces[i]))), iter: 3000);

    [Fact]
    public void Random_octets_are_read_or_told() =>
        Gen.Byte.Array[0, 200].Sample(
            static octets => IsReadOrTold(Encoding.UTF8.GetString(octets))
                && IsReadOrTold("[server]\nthreads = " + Encoding.UTF8.GetString(octets)),
            iter: 1000);

    [Theory]
    [InlineData("x=", "[", "")]
    [InlineData("x=", "{a=", "")]
    [InlineData("x=", "[{a=", "")]
    [InlineData("[", "a.", "b]\ny=1")]
    [InlineData("", "a.", "b=1")]
    [InlineData("x={", "a.", "b=1}")]
    [InlineData("", "a", "=1")]
    [InlineData("x=", "9", "")]
    [InlineData("x=1.", "9", "")]
    [InlineData("x=1e", "9", "")]
    [InlineData("x=0x", "f", "")]
    [InlineData("x=\"", "\\t", "\"")]
    [InlineData("x=", "\"", "")]
    [InlineData("", "[a]\n", "")]
    [InlineData("", "[", "")]
    [InlineData("", "]", "")]
    public void What_is_repeated_thousands_of_times_is_read_or_told(string start, string piece, string end) =>
        Assert.True(IsReadOrTold(start + string.Concat(Enumerable.Repeat(piece, 3000)) + end));

    [Theory]
    [InlineData("[", 66)]
    [InlineData("{a=", 192)]
    public void What_is_nested_too_deeply_is_a_mistake_with_its_place(string opens, int column)
    {
        ConfigurationProblem problem =
            Read("[server]\nx=" + string.Concat(Enumerable.Repeat(opens, 3000))).Problems[0];
        Assert.Equal(("file.toml", 2, column), (problem.Source, problem.Line, problem.Column));
        Assert.Contains("depth", problem.What, System.StringComparison.Ordinal);
        Assert.StartsWith("close strings, brackets", problem.Advice, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_ends_after_a_backslash_is_a_mistake_with_its_place() => Assert.StartsWith(
        "file.toml:2:13: the text ends after a backslash in a string: close strings",
        Assert.Single(Read("[server]\nidentity = \"\\").Problems).ToString(),
        System.StringComparison.Ordinal);

    [Fact]
    public void A_value_of_set_that_is_nested_too_deeply_is_a_mistake()
    {
        string setting = "server.listen=" + new string('[', 3000);
        ConfigurationResult result = ConfigurationReader.Read(
            new ConfigurationSources { Settings = [setting] });
        Assert.Equal(0, Assert.Single(result.Problems).Line);
    }

    private static bool IsReadOrTold(string text) =>
        Read(text).Problems.All(static p => p.Line >= 1 && p.Column >= 1);

    private static ConfigurationResult Read(string text) =>
        ConfigurationReader.ReadText(text, "file.toml", "/folder");
}
