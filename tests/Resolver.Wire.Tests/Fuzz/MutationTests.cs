// Any octets end in a value or an error. A failure prints its seed: CsCheck_Seed=… replays it.
// FUZZ_FACTOR=100 runs a hundred times as long.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using CsCheck;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class MutationTests
{
    private const int MaxLength = 2000;

    private static readonly long Rounds = 20_000 * Factor();
    private static readonly ThreadLocal<CodecTrial> Trial = new(() => new CodecTrial());

    private static readonly List<byte[]> Messages =
    [
        SampleMessages.Query(), SampleMessages.Referral(), SampleMessages.AliasAnswer(),
        SampleMessages.Denial(),
        SampleMessages.MixedAnswer(),
        .. CorpusFile.All().Select(file => file.Octets).Where(octets => octets.Length is > 0 and < MaxLength),
    ];

    [Fact]
    public void Mutated_messages_end_in_a_value_or_an_error() =>
        Mutation.Of(Messages).Sample(octets => { Trial.Value!.Run(octets); }, iter: Rounds, print: Hex);

    [Fact]
    public void Names_read_at_any_offset_of_mutated_messages_end_in_a_value_or_an_error() =>
        Mutation.Of(Messages).Sample(
            octets => { Trial.Value!.RunNames(octets); }, iter: Rounds / 20, print: Hex);

    [Fact]
    public void Random_octets_end_in_a_value_or_an_error() =>
        Gen.Byte.Array[0, 600].Sample(octets => { Trial.Value!.Run(octets); }, iter: Rounds, print: Hex);

    [Fact]
    public void Random_octets_behind_a_good_header_end_in_a_value_or_an_error() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 3], Gen.Int[0, 3]).Sample(
            (body, answers, additionals) =>
            {
                byte[] head = MessageOctets.Query("a.example", 1, (ushort)additionals).ToArray();
                head[7] = (byte)answers;
                Trial.Value!.Run([.. head, .. body]);
            },
            iter: Rounds);

    private static long Factor() =>
        long.Parse(Environment.GetEnvironmentVariable("FUZZ_FACTOR") ?? "1", CultureInfo.InvariantCulture);

    private static string Hex(byte[] octets) => Convert.ToHexString(octets);
}
