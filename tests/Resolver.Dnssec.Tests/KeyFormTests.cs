// The form and bounds of keys, before and behind the door to a library: RFC 3110 §2, RFC 5702 §2, RFC 6605
// §4.
using System;
using System.Linq;
using Xunit;

namespace Resolver.Dnssec.Tests;

public sealed class KeyFormTests
{
    private static readonly DnssecPolicy Policy = new();

    [Theory]
    [InlineData(64, KeyProblem.None)]
    [InlineData(63, KeyProblem.ModulusTooShort)]
    [InlineData(512, KeyProblem.None)]
    [InlineData(513, KeyProblem.ModulusTooLong)]
    public void An_RSA_modulus_is_bounded(int octets, object expected) =>
        Assert.Equal(expected, (object)Rsa([3, 1, 0, 1], Modulus(octets)));

    [Theory]
    [InlineData(8, KeyProblem.None)]
    [InlineData(9, KeyProblem.ExponentTooLong)]
    public void An_RSA_exponent_is_bounded(int octets, object expected) =>
        Assert.Equal(expected, (object)Rsa([(byte)octets, .. Modulus(octets)], Modulus(128)));

    [Fact]
    public void Leading_zeros_do_not_count() =>
        Assert.Equal(
            KeyProblem.None, Rsa([0, 0, 12, .. new byte[9], 1, 0, 1], [0, 0, .. Modulus(512)]));

    [Theory]
    [InlineData("")]
    [InlineData("0100")]
    [InlineData("00000101")]
    [InlineData("03010001")]
    [InlineData("0400000000FF")]
    [InlineData("0300010000")]
    public void What_is_no_RSA_key_is_malformed(string key) =>
        Assert.Equal(
            KeyProblem.Malformed,
            KeyForm.Check(DnssecAlgorithm.RsaSha256, Convert.FromHexString(key), Policy));

    [Fact]
    public void Even_numbers_and_the_exponent_one_are_malformed()
    {
        Assert.Equal(KeyProblem.Malformed, Rsa([1, 1], Modulus(128)));
        Assert.Equal(KeyProblem.Malformed, Rsa([1, 4], Modulus(128)));
        Assert.Equal(KeyProblem.Malformed, Rsa([1, 3], [.. Modulus(128)[..^1], 2]));
    }

    [Theory]
    [InlineData(13, 64)]
    [InlineData(14, 96)]
    [InlineData(15, 32)]
    [InlineData(16, 57)]
    public void Other_keys_have_one_length(byte algorithm, int length)
    {
        Assert.Equal(KeyProblem.None, KeyForm.Check((DnssecAlgorithm)algorithm, new byte[length], Policy));
        Assert.Equal(
            KeyProblem.Malformed, KeyForm.Check((DnssecAlgorithm)algorithm, new byte[length + 1], Policy));
        Assert.Equal(
            KeyProblem.Malformed, KeyForm.Check((DnssecAlgorithm)algorithm, new byte[length - 1], Policy));
    }

    [Theory]
    [InlineData(Importers.Framework)]
    [InlineData(Importers.Libcrypto)]
    public void Octets_that_are_no_point_are_no_key(string name)
    {
        IKeyImporter importer = Importers.Of(name);
        byte[] noise = [.. Enumerable.Repeat((byte)0xA7, 96)];
        Assert.Null(importer.Import(DnssecAlgorithm.EcdsaP256, noise.AsSpan(0, 64)));
        Assert.Null(importer.Import(DnssecAlgorithm.EcdsaP384, noise));
        Assert.Null(importer.Import(DnssecAlgorithm.Ed25519, noise.AsSpan(0, 31)));
        Assert.Null(importer.Import(DnssecAlgorithm.Ed448, noise.AsSpan(0, 56)));
        Assert.Null(importer.Import(DnssecAlgorithm.Ed25519, [.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Null(importer.Import(DnssecAlgorithm.Ed448, [.. Enumerable.Repeat((byte)0xFF, 57)]));
        Assert.Null(importer.Import(DnssecAlgorithm.RsaSha256, [0]));
        Assert.Null(importer.Import(DnssecAlgorithm.Unsupported, noise));
    }

    [Theory]
    [InlineData(Importers.Framework)]
    [InlineData(Importers.Libcrypto)]
    public void A_signature_of_another_length_is_not_good(string name)
    {
        IKeyImporter importer = Importers.Of(name);
        foreach (string zone in (string[])["p256", "p384", "ed25519", "ed448", "rsasha256"])
        {
            byte[] dnskey = SignedZone.Load(zone).EntryKey();
            using PublicKey? key = importer.Import((DnssecAlgorithm)dnskey[3], dnskey.AsSpan(4));
            Assert.NotNull(key);
            Assert.InRange(key.NativeOctets, 0, 8192);
            foreach (int length in (int[])[0, 1, 63, 65, 95, 97, 113, 115, 127, 129])
            {
                Assert.False(key.Verify([1, 2, 3], new byte[length]));
            }
        }
    }

    [Theory]
    [InlineData("00", "3006020100020100")]
    [InlineData("0102", "3006020101020102")]
    [InlineData("FF01007F", "3008020300FF0102017F")]
    public void ECDSA_numbers_become_DER_integers(string signature, string expected)
    {
        byte[] octets = Convert.FromHexString(signature.Length == 2 ? signature + signature : signature);
        byte[] written = new byte[EcdsaEncoding.MaxLength];
        Assert.Equal(
            expected, Convert.ToHexString(written.AsSpan(0, EcdsaEncoding.Write(octets, written))));
    }

    private static byte[] Modulus(int octets) => [.. Enumerable.Repeat((byte)0xFF, octets)];

    private static KeyProblem Rsa(byte[] exponent, byte[] modulus) =>
        KeyForm.Check(DnssecAlgorithm.RsaSha256, [.. exponent, .. modulus], Policy);
}
