// The file form of trust points: read back as written, and refused as a whole after any break or change.
using System;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Resolver.Wire;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class TrustPointTextTests
{
    private static readonly TrustPoint[] Points =
    [
        new TrustPoint(
            DomainName.Root,
            [
                new AnchorKey(new byte[] { 1, 1, 3, 13, 7 }, AnchorState.Valid, 100),
                new AnchorKey(new byte[] { 1, 1, 3, 13, 8 }, AnchorState.AddPending, 200)
                {
                    TrustedFrom = 300,
                },
            ])
        {
            NextQuery = 5,
            LastSuccess = 4,
            Basis = "AB",
        },
        new TrustPoint(DomainName.Parse("a\\032b.example"), []),
    ];

    [Fact]
    public void What_was_written_is_read()
    {
        string text = TrustPointText.Format(Points);
        Assert.True(TrustPointText.TryParse(text, out ImmutableArray<TrustPoint> read, out string why), why);
        Assert.Equal(text, TrustPointText.Format(read));
        Assert.Equal(2, read.Length);
        Assert.Equal("AB", read[0].Basis);
        Assert.Equal(300, read[0].Keys[1].TrustedFrom);
    }

    [Fact]
    public void A_text_that_breaks_off_anywhere_is_refused()
    {
        string text = TrustPointText.Format(Points);
        for (int length = 0; length < text.Length; length++)
        {
            Assert.False(TrustPointText.TryParse(text[..length], out var read, out string reason));
            Assert.Empty(read);
            Assert.NotEmpty(reason);
        }
    }

    [Fact]
    public void A_text_that_was_altered_anywhere_is_refused()
    {
        string text = TrustPointText.Format(Points);
        for (int at = 0; at < text.Length; at++)
        {
            char other = text[at] == 'x' ? 'y' : 'x';
            Assert.False(
                TrustPointText.TryParse(text[..at] + other + text[(at + 1)..], out _, out string reason));
            Assert.NotEmpty(reason);
        }
    }

    [Theory]
    [InlineData("zone . 1 2 -", "key Valid 1 2 AQEDDQc=", true)]
    [InlineData("zone . 1 2 -", "key Doubtful 1 2 AQEDDQc=", false)]
    [InlineData("zone . 1 2 -", "key 9 1 2 AQEDDQc=", false)]
    [InlineData("zone . 1 2 -", "key Valid -1 2 AQEDDQc=", false)]
    [InlineData("zone . 1 2 -", "key Valid 1 two AQEDDQc=", false)]
    [InlineData("zone . 1 2 -", "key Valid 1 2 AQED", false)]
    [InlineData("zone . 1 2 -", "key Valid 1 2 ####", false)]
    [InlineData("zone . 1 2 -", "key Valid 1 2", false)]
    [InlineData("zone . 1 2", "key Valid 1 2 AQEDDQc=", false)]
    [InlineData("zone a..b 1 2 -", "key Valid 1 2 AQEDDQc=", false)]
    [InlineData("zone . x 2 -", "key Valid 1 2 AQEDDQc=", false)]
    [InlineData("zone . 1 x -", "key Valid 1 2 AQEDDQc=", false)]
    [InlineData("key Valid 1 2 AQEDDQc=", "zone . 1 2 -", false)]
    [InlineData("nothing", "", false)]
    public void Lines_that_make_no_sense_are_refused(string first, string second, bool isGood)
    {
        string empty = TrustPointText.Format([]);
        string title = empty[..empty.IndexOf('\n', StringComparison.Ordinal)];
        string body = $"{title}\n{first}\n{second}\n";
        string digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        Assert.Equal(isGood, TrustPointText.TryParse($"{body}; sha256 {digest}\n", out _, out string reason));
        Assert.Equal(isGood, reason.Length == 0);
    }
}
