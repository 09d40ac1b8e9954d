// Random names that share suffixes and differ in case, as those of one message do.
using System.Linq;
using CsCheck;

namespace Resolver.Wire.Tests;

internal static class RandomNames
{
    private static readonly string[] Known =
        ["www", "WWW", "ns1", "a", "B", "example", "eXample", "com", "COM", "x-1", "*"];

    private static readonly Gen<byte[]> Label = Gen.OneOf(
        Gen.Int[0, Known.Length - 1].Select(i => Known[i].Select(c => (byte)c).ToArray()),
        Gen.Byte.Array[1, 5],
        Gen.Byte.Array[1, 63]);

    /// <summary>Uncompressed names of few labels, often related.</summary>
    public static readonly Gen<byte[]> Related = Label.Array[0, 4].Select(FromLabels);

    /// <summary>Uncompressed names of up to 255 octets.</summary>
    public static readonly Gen<byte[]> Any = Gen.OneOf(
        Related, Label.Array[0, 30].Select(FromLabels), Gen.Byte.Array[1, 1].Array[0, 127].Select(
            FromLabels));

    private static byte[] FromLabels(byte[][] labels)
    {
        int length = 1;
        byte[][] fitting =
            [.. labels.Reverse().TakeWhile(label => (length += label.Length + 1) <= 255).Reverse()];
        return [.. fitting.SelectMany(label => (byte[])[(byte)label.Length, .. label]), 0];
    }
}
