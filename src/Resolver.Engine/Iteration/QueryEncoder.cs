// A query to a name server: one question, RD for forwarders alone, DO set with EDNS so that signatures are
// cached for those who ask for them; ID and letter case from the random source (RFC 5452 §9.2, 0x20). Who
// validates asks forwarders with CD for what they would withhold (RFC 6840 §5.9): it is judged here, by the
// anchors in force here.
using System;
using System.Buffers.Binary;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Encodes queries to name servers.</summary>
internal static class QueryEncoder
{
    private const int IdLength = sizeof(ushort);

    /// <summary>
    /// Writes the query of a step into room for <see cref="QueryWriter.MaxLength"/>; returns its octets.
    /// </summary>
    public static int Encode(Span<byte> buffer, in Step step, IRandomSource random, EngineOptions options)
    {
        ReadOnlySpan<byte> name = step.Asked.Name.Wire;
        Span<byte> drawn = stackalloc byte[IdLength + (NameOctets.MaxLength / 8) + 1];
        drawn = drawn[..(IdLength + (name.Length / 8) + 1)];
        random.Fill(drawn);
        Span<byte> spelt = stackalloc byte[NameOctets.MaxLength];
        Spell(spelt, name, step.WithCase ? drawn[IdLength..] : default);
        return QueryWriter.Write(buffer, new UpstreamQuestion
        {
            Flags = FlagsFor(step.Asked.Role, options.Validates),
            Id = BinaryPrimitives.ReadUInt16BigEndian(drawn),
            Name = spelt[..name.Length],
            Type = step.Asked.Type,
            Class = RRClass.IN,
            Edns = step.WithEdns
                ? new OptFields((ushort)options.Limits.UpstreamUdpPayloadSize, 0, 0, true)
                : null,
        });
    }

    private static HeaderFlags FlagsFor(ServerRole role, bool validates) =>
        role != ServerRole.Recursive ? HeaderFlags.None
        : validates ? HeaderFlags.RecursionDesired | HeaderFlags.CheckingDisabled
        : HeaderFlags.RecursionDesired;

    private static void Spell(Span<byte> destination, ReadOnlySpan<byte> name, ReadOnlySpan<byte> bits)
    {
        for (int i = 0; i < name.Length; i++)
        {
            byte octet = NameOctets.Fold(name[i]);
            bool upper = !bits.IsEmpty && octet is >= (byte)'a' and <= (byte)'z'
                && ((bits[i / 8] >> (i % 8)) & 1) != 0;
            destination[i] = upper ? (byte)(octet & ~0x20) : octet;
        }
    }
}
