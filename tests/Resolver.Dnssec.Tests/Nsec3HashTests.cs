// Hashes of names against RFC 5155 Appendix A, their text form, and what they cost: RFC 5155 §5,
// CVE-2023-50868.
using System.Text;
using Resolver.Wire;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class Nsec3HashTests
{
    private static readonly byte[] Salt = [0xAA, 0xBB, 0xCC, 0xDD];

    [Theory]
    [InlineData("example", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom")]
    [InlineData("a.example", "35mthgpgcu1qg68fab165klnsnk3dpvl")]
    [InlineData("ai.example", "gjeqe526plbf1g8mklp59enfd789njgi")]
    [InlineData("ns1.example", "2t7b4g4vsa5smi47k61mv5bv1a22bojr")]
    [InlineData("ns2.example", "q04jkcevqvmu85r014c7dkba38o0ji5r")]
    [InlineData("w.example", "k8udemvp1j2f7eg6jebps17vp3n8i58h")]
    [InlineData("*.w.example", "r53bq7cc2uvmubfu5ocmm6pers9tk9en")]
    [InlineData("x.w.EXAMPLE", "b4um86eghhds6nea196smvmlo4ors995")]
    [InlineData("y.w.example", "ji6neoaepv8b5o6k4ev33abha8ht9fgc")]
    [InlineData("x.y.w.example", "2vptu5timamqttgl4luu9kg21e0aor3s")]
    [InlineData("xx.example", "t644ebqk9bibcna874givr6joj62mlhv")]
    public void Names_hash_as_in_RFC_5155(string name, string expected)
    {
        Assert.True(NameHash.TryRead(Encoding.ASCII.GetBytes(expected), out NameHash hash));
        Assert.Equal(hash, Nsec3Hash.Hash(DomainName.Parse(name).Wire, new Nsec3Parameters(12, Salt)));
    }

    [Theory]
    [InlineData("0p9mhaveqvm6t7vbl5lop2u3t2rp3to")]
    [InlineData("0p9mhaveqvm6t7vbl5lop2u3t2rp3tomm")]
    [InlineData("0p9mhaveqvm6t7vbl5lop2u3t2rp3tow")]
    [InlineData("0p9mhaveqvm6t7vbl5lop2u3t2rp3to/")]
    public void What_is_no_hash_in_base32_is_refused(string label) =>
        Assert.False(NameHash.TryRead(Encoding.ASCII.GetBytes(label), out _));

    [Fact]
    public void Hashes_are_ordered_as_their_octets_are()
    {
        byte[] octets = new byte[NameHash.Length];
        NameHash zero = NameHash.From(octets);
        for (int at = 0; at < octets.Length; at++)
        {
            byte[] one = new byte[NameHash.Length];
            one[at] = 1;
            byte[] more = [.. one];
            more[^1]++;
            Assert.True(zero.CompareTo(NameHash.From(one)) < 0);
            Assert.True(NameHash.From(more).CompareTo(NameHash.From(one)) > 0);
            Assert.Equal(0, NameHash.From(one).CompareTo(NameHash.From(one)));
        }
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(15, 0, 1)]
    [InlineData(16, 0, 2)]
    [InlineData(50, 8, 4)]
    [InlineData(50, 255, 16)]
    [InlineData(500, 0, 32)]
    [InlineData(65535, 255, 20480)]
    public void A_hash_costs_by_iterations_and_salt(int iterations, int salt, int units) =>
        Assert.Equal(units, Nsec3Hash.PriceOf(DomainName.Parse("a.example").Wire, iterations, salt));

    [Fact]
    public void A_hash_that_the_budget_cannot_pay_is_not_computed()
    {
        int left = 3;
        Assert.True(Nsec3Hash.TryHash([0], new Nsec3Parameters(12, Salt), ref left, out _));
        Assert.Equal(2, left);
        Assert.False(Nsec3Hash.TryHash([0], new Nsec3Parameters(50, Salt), ref left, out _));
        Assert.Equal(0, left);
    }
}
