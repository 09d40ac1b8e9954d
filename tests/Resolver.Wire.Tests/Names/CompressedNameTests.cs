// Names in messages: what a pointer may do, and that work is bounded by construction (RFC 1035 §4.1.4).
using System;
using System.Linq;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class CompressedNameTests
{
    private readonly byte[] _name = new byte[NameOctets.MaxLength];

    private bool Read(MessageOctets message, int offset, out int end, out WireError error)
    {
        end = offset;
        byte[] octets = message.ToArray();
        bool read = CompressedName.TryRead(octets, ref end, _name, out int length, out error);
        Assert.Equal(read, error == WireError.None);
        if (read)
        {
            Assert.True(NameOctets.TryValidate(_name.AsSpan(0, length), out _));
            Assert.True(CompressedName.EqualsAt(octets, offset, _name.AsSpan(0, length)));
            int skipped = offset;
            Assert.True(CompressedName.TrySkip(octets, ref skipped, out _));
            Assert.Equal(end, skipped);
        }

        return read;
    }

    private WireError ErrorAt(MessageOctets message, int offset)
    {
        Assert.False(Read(message, offset, out int end, out WireError error));
        Assert.Equal(offset, end);
        return error;
    }

    private static MessageOctets Start => MessageOctets.Header(0);

    [Fact]
    public void Labels_and_one_pointer_make_a_name_with_its_case()
    {
        MessageOctets message = Start.Name("Example.COM").Labels("wWw").Pointer(12).Octets(9);
        Assert.True(Read(message, 25, out int end, out _));
        Assert.Equal(31, end);
        Assert.Equal("wWw.Example.COM.", DomainName.FromValidWire(_name.AsSpan(0, 17)).ToString());
    }

    [Fact]
    public void The_root_is_one_octet()
    {
        Assert.True(Read(Start.Octets(0), 12, out int end, out _));
        Assert.Equal(13, end);
    }

    [Fact]
    public void A_pointer_to_the_root_octet_is_good() =>
        Assert.True(Read(Start.Name("a").Pointer(14), 15, out _, out _));

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(100)]
    [InlineData(0x3FFF)]
    public void A_pointer_to_itself_or_forward_is_an_error(int target) =>
        Assert.Equal(WireError.BadPointer, ErrorAt(Start.Pointer(target).Name("a"), 12));

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void A_pointer_into_the_header_is_an_error(int target) =>
        Assert.Equal(WireError.BadPointer, ErrorAt(Start.Pointer(target), 12));

    [Fact]
    public void A_pointer_behind_labels_to_those_labels_is_an_error() =>
        Assert.Equal(WireError.BadPointer, ErrorAt(Start.Labels("a.b").Pointer(12), 12));

    [Fact]
    public void Two_pointers_to_each_other_are_an_error() =>
        Assert.Equal(WireError.BadPointer, ErrorAt(Start.Pointer(14).Pointer(12), 14));

    [Fact]
    public void A_loop_through_labels_is_an_error() =>
        Assert.Equal(
            WireError.BadPointer, ErrorAt(Start.Labels("a").Pointer(16).Labels("b").Pointer(12), 16));

    [Theory]
    [InlineData(0x40)]
    [InlineData(0x41)]
    [InlineData(0x7F)]
    [InlineData(0x80)]
    [InlineData(0xBF)]
    public void Other_label_types_are_errors_to_read_and_to_skip(byte type)
    {
        MessageOctets message = Start.Octets(type).Octets(new byte[200]);
        Assert.Equal(WireError.BadLabelType, ErrorAt(message, 12));
        int offset = 12;
        Assert.False(CompressedName.TrySkip(message.ToArray(), ref offset, out WireError error));
        Assert.Equal(WireError.BadLabelType, error);
    }

    [Fact]
    public void A_name_cut_off_is_an_error_at_every_octet()
    {
        byte[] message = Start.Name("ab.c").Labels("de").Pointer(12).ToArray();
        for (int start = 12; start <= 18; start += 6)
        {
            int end = start == 12 ? 18 : message.Length;
            for (int length = start; length < end; length++)
            {
                ReadOnlySpan<byte> cut = message.AsSpan(0, length);
                int offset = start;
                Assert.False(CompressedName.TryRead(cut, ref offset, _name, out _, out WireError error));
                Assert.Equal(WireError.Truncated, error);
                Assert.False(CompressedName.TrySkip(cut, ref offset, out error));
                Assert.Equal(WireError.Truncated, error);
                Assert.Equal(start, offset);
            }
        }
    }

    [Fact]
    public void A_name_of_255_octets_is_read_and_one_of_256_is_not()
    {
        string three = string.Join('.', Enumerable.Repeat(new string('x', 63), 3));
        Assert.True(Read(Start.Name(three + "." + new string('y', 61)), 12, out _, out _));
        Assert.Equal(WireError.NameTooLong, ErrorAt(Start.Name(three + "." + new string('y', 62)), 12));
    }

    [Fact]
    public void A_name_that_grows_too_long_through_pointers_is_an_error()
    {
        string two = string.Join('.', Enumerable.Repeat(new string('x', 63), 2));
        MessageOctets message = Start.Name(two);
        int second = message.Length;
        message.Labels(new string('y', 62)).Pointer(12);
        int third = message.Length;
        message.Labels(new string('z', 62)).Pointer(second);
        int fourth = message.Length;
        message.Labels("z").Pointer(third);
        Assert.True(Read(message, third, out _, out _));
        Assert.Equal(WireError.NameTooLong, ErrorAt(message, fourth));
    }

    [Fact]
    public void Names_are_not_skipped_beyond_255_octets()
    {
        MessageOctets message = Start.Labels(string.Join('.', Enumerable.Repeat("a", 1000)));
        int offset = 12;
        Assert.False(CompressedName.TrySkip(message.ToArray(), ref offset, out WireError error));
        Assert.Equal(WireError.NameTooLong, error);
    }

    [Fact]
    public void As_many_pointers_as_labels_are_followed_and_not_one_more()
    {
        MessageOctets message = Start.Octets(0);
        int last = 12;
        for (int i = 0; i < CompressedName.MaxPointers; i++)
        {
            int here = message.Length;
            message.Labels("a").Pointer(last);
            last = here;
        }

        // 127 labels, each behind its own pointer but the last: the name is as long as a name may be.
        Assert.True(Read(message, last, out _, out _));
        int beyond = message.Length;
        Assert.Equal(WireError.TooMany, ErrorAt(message.Pointer(last), beyond));
    }

    [Fact]
    public void A_chain_of_bare_pointers_is_cut_at_the_bound_however_long_it_is()
    {
        MessageOctets message = Start.Octets(0);
        int last = 12;
        for (int i = 0; i < 8000; i++)
        {
            int here = message.Length;
            message.Pointer(last);
            last = here;
            if (i == CompressedName.MaxPointers - 1)
            {
                Assert.True(Read(message, last, out _, out _));
            }
        }

        Assert.Equal(WireError.TooMany, ErrorAt(message, last));
    }

    [Fact]
    public void Comparison_in_place_ignores_case_and_nothing_else()
    {
        byte[] message = Start.Name("Example.Com").Labels("www").Pointer(12).Labels("loop").Pointer(
            200).ToArray();
        Assert.True(
            CompressedName.EqualsAt(message, 25, new MessageOctets().Name("WWW.eXample.com").ToArray()));
        Assert.False(CompressedName.EqualsAt(message, 25, new MessageOctets().Name("www.example").ToArray()));
        Assert.False(
            CompressedName.EqualsAt(message, 25, new MessageOctets().Name("www.example.com.x").ToArray()));
        Assert.False(
            CompressedName.EqualsAt(message, 25, new MessageOctets().Name("wwx.example.com").ToArray()));
        Assert.False(
            CompressedName.EqualsAt(message, 25, new MessageOctets().Name("ww.example.com").ToArray()));
        Assert.False(CompressedName.EqualsAt(message, 31, new MessageOctets().Name("loop.x").ToArray()));
        Assert.False(CompressedName.EqualsAt(message, 1000, [0]));
    }
}
