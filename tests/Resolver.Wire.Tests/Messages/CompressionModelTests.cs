// Random names through the compressor: each reads back as it was, and none takes more octets than with a
// plain table of suffixes. A failure prints the seed.
using System;
using System.Linq;
using CsCheck;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class CompressionModelTests
{
    private const int Rounds = 4000;

    private static readonly string[] Ends = ["com", "CoM", "net", "example", "eXample", "0example", "a", "b"];

    // Few different labels, so that names share much; octets that are lengths elsewhere; labels of one octet.
    private static readonly Gen<byte[]> Label = Gen.OneOf(
        Gen.Int[0, Ends.Length - 1].Select(i => Ends[i].Select(c => (byte)c).ToArray()),
        Gen.Byte[1, 4].Array[1, 6],
        Gen.Int[0, 3].Select(i => (byte)"aA0\u0001"[i]).Array[1, 3],
        Gen.Int[0, 99].Select(i => $"ns{i}".Select(c => (byte)c).ToArray()));

    private static readonly Gen<byte[]> Name = Gen.OneOf(
        Label.Array[0, 4], Label.Array[3, 5], Label.Array[0, 40]).Select(FromLabels);

    [Fact]
    public void Names_read_back_and_take_no_more_octets_than_with_a_plain_table() =>
        Gen.Select(Name.Array[1, 150], Gen.Int[12, 200]).Sample(Check, iter: Rounds);

    [Fact]
    public void Names_read_back_and_take_no_more_octets_where_pointers_end() =>
        Gen.Select(Name.Array[1, 60], Gen.Int[0x3E00, 0x4010]).Sample(Check, iter: Rounds);

    private static void Check(byte[][] names, int start)
    {
        byte[] message = new byte[65535];
        byte[] read = new byte[NameOctets.MaxLength];
        NameCompressor compressor = default;
        SuffixTable table = new();
        int position = start;
        int plain = start;
        foreach (byte[] name in names)
        {
            int end = compressor.Write(message, position, name);
            plain += table.Take(name, plain);
            int offset = position;
            Assert.True(
                CompressedName.TryRead(message.AsSpan(0, end), ref offset, read, out int length, out _));
            Assert.Equal(end, offset);
            Assert.True(NameOctets.EqualsIgnoreCase(name, read.AsSpan(0, length)));
            Assert.InRange(end, position + 1, plain);
            position = end;
        }
    }

    private static byte[] FromLabels(byte[][] labels)
    {
        int length = 1;
        byte[][] fitting =
            [.. labels.Reverse().TakeWhile(label => (length += label.Length + 1) <= 255).Reverse()];
        return [.. fitting.SelectMany(label => (byte[])[(byte)label.Length, .. label]), 0];
    }
}
