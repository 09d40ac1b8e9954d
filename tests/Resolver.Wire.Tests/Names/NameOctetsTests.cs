// Uncompressed names as octets: case, order, ancestry, validity (RFC 1035 §3.1, RFC 4034 §6.1, RFC 4343).
using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class NameOctetsTests
{
    private static byte[] Name(string text) => new MessageOctets().Name(text).ToArray();

    [Fact]
    public void Each_octet_folds_as_ASCII_says_wherever_it_stands()
    {
        for (int octet = 0; octet < 256; octet++)
        {
            byte expected = (byte)(octet is >= 'A' and <= 'Z' ? octet + 32 : octet);
            for (int length = 1; length <= 20; length++)
            {
                byte[] octets = [.. Enumerable.Repeat((byte)octet, length)];
                byte[] folded = new byte[length];
                NameOctets.ToCanonical(octets, folded);
                Assert.All(folded, o => Assert.Equal(expected, o));
                Assert.True(NameOctets.EqualsIgnoreCase(octets, folded));
                Assert.Equal(NameOctets.Hash(octets, 7), NameOctets.Hash(folded, 7));
            }
        }
    }

    [Theory]
    [InlineData('@', '`')]
    [InlineData('[', '{')]
    [InlineData('\0', ' ')]
    [InlineData('k', 'K' + 0x80)]
    public void Octets_that_differ_in_one_bit_but_are_no_letters_differ(int left, int right) =>
        Assert.False(NameOctets.EqualsIgnoreCase(
            [1, 1, 1, 1, 1, 1, 1, 1, (byte)left], [1, 1, 1, 1, 1, 1, 1, 1, (byte)right]));

    [Fact]
    public void Canonical_order_is_that_of_RFC_4034()
    {
        byte[][] ordered =
        [
            Name("example"), Name("a.example"), Name("yljkjljk.a.example"), Name("Z.a.example"),
            Name("zABC.a.EXAMPLE"), Name("z.example"), Name("\u0001.z.example"), Name("*.z.example"),
            Name("\u00C8.z.example"),
        ];
        for (int i = 0; i < ordered.Length; i++)
        {
            for (int j = 0; j < ordered.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(NameOctets.CompareCanonical(ordered[i], ordered[j])));
            }
        }
    }

    [Fact]
    public void The_root_comes_first_and_above_all()
    {
        Assert.True(NameOctets.CompareCanonical([0], Name("a")) < 0);
        Assert.True(NameOctets.IsSubdomainOf(Name("a"), [0]));
        Assert.True(NameOctets.IsSubdomainOf([0], [0]));
        Assert.False(NameOctets.IsSubdomainOf([0], Name("a")));
        Assert.Equal(0, NameOctets.CountLabels([0]));
        Assert.Equal([0], NameOctets.Skip([0], 3).ToArray());
    }

    [Theory]
    [InlineData("www.example.com", "example.com", true)]
    [InlineData("wwwexample.com", "example.com", false)]
    [InlineData("example.com", "EXAMPLE.com", true)]
    [InlineData("com", "example.com", false)]
    [InlineData("a.com", "b.com", false)]
    public void Ancestry_goes_by_whole_labels(string name, string ancestor, bool expected) =>
        Assert.Equal(expected, NameOctets.IsSubdomainOf(Name(name), Name(ancestor)));

    [Fact]
    public void Ancestry_is_not_feigned_by_octets_inside_a_label()
    {
        // One label whose content ends in the octets of "com" with its length octet.
        byte[] feigned = [6, (byte)'a', (byte)'b', 3, (byte)'c', (byte)'o', (byte)'m', 0];
        Assert.False(NameOctets.IsSubdomainOf(feigned, Name("com")));
    }

    [Theory]
    [InlineData(new byte[] { }, WireError.Truncated)]
    [InlineData(new byte[] { 1 }, WireError.Truncated)]
    [InlineData(new byte[] { 1, 97 }, WireError.Truncated)]
    [InlineData(new byte[] { 1, 97, 0, 0 }, WireError.TrailingOctets)]
    [InlineData(new byte[] { 0xC0, 12 }, WireError.BadLabelType)]
    [InlineData(new byte[] { 0x40, 0 }, WireError.BadLabelType)]
    [InlineData(new byte[] { 1, 97, 0 }, WireError.None)]
    [InlineData(new byte[] { 0 }, WireError.None)]
    public void Validity_is_told_with_its_reason(byte[] octets, WireError expected)
    {
        Assert.Equal(expected == WireError.None, NameOctets.TryValidate(octets, out WireError error));
        Assert.Equal(expected, error);
        Assert.Equal(expected == WireError.None, DomainName.TryFromWire(octets, out _, out _));
    }

    [Fact]
    public void The_length_of_a_first_name_is_found_or_none_at_every_cut()
    {
        byte[] octets = [.. Name("ab.cd"), 1, 2, 3];
        for (int length = 0; length <= octets.Length; length++)
        {
            Assert.Equal(length >= 7 ? 7 : -1, NameOctets.Measure(octets.AsSpan(0, length)));
        }

        Assert.Equal(-1, NameOctets.Measure([0xC0, 0]));
        byte[] endless = [.. Enumerable.Repeat((byte[])[1, 97], 200).SelectMany(o => o)];
        Assert.Equal(-1, NameOctets.Measure(endless));
    }

    [Fact]
    public void Names_of_255_octets_and_127_labels_are_handled()
    {
        byte[] longest = Name(string.Join('.', Enumerable.Repeat("a", 127)));
        Assert.Equal(255, longest.Length);
        Assert.True(NameOctets.TryValidate(longest, out _));
        Assert.Equal(127, NameOctets.CountLabels(longest));
        Assert.Equal(0, NameOctets.CompareCanonical(longest, longest));
        Assert.Equal([0], NameOctets.Skip(longest, 127).ToArray());
        Assert.Equal(WireError.NameTooLong, Error([1, 97, .. longest]));

        static WireError Error(byte[] octets)
        {
            NameOctets.TryValidate(octets, out WireError error);
            return error;
        }
    }

    [Fact]
    public void Order_equality_and_hash_agree_for_any_names() =>
        Gen.Select(RandomNames.Related, RandomNames.Related).Sample((left, right) =>
        {
            int order = NameOctets.CompareCanonical(left, right);
            Assert.Equal(-Math.Sign(order), Math.Sign(NameOctets.CompareCanonical(right, left)));
            Assert.Equal(order == 0, NameOctets.EqualsIgnoreCase(left, right));
            Assert.Equal(order == 0, Reference(left).SequenceEqual(Reference(right)));
            if (order == 0)
            {
                Assert.Equal(NameOctets.Hash(left, 42), NameOctets.Hash(right, 42));
            }
        });

    [Fact]
    public void Ancestry_agrees_with_the_list_of_labels() =>
        Gen.Select(RandomNames.Related, RandomNames.Related).Sample((left, right) =>
        {
            List<string> name = Reference(left);
            List<string> ancestor = Reference(right);
            bool expected = name.Count >= ancestor.Count
                && name.TakeLast(ancestor.Count).SequenceEqual(ancestor);
            Assert.Equal(expected, NameOctets.IsSubdomainOf(left, right));
        });

    private static List<string> Reference(byte[] name)
    {
        List<string> labels = [];
        for (int at = 0; name[at] != 0; at += name[at] + 1)
        {
            string label = string.Concat(name.Skip(at + 1).Take(name[at]).Select(o => (char)o));
            labels.Add(string.Concat(label.Select(c => c is >= 'A' and <= 'Z' ? (char)(c + 32) : c)));
        }

        return labels;
    }
}
