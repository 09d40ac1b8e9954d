// What is written to a slot behind its header.
using System;

namespace Resolver.Engine;

/// <summary>The variable parts of a stored answer, over the caller's memory.</summary>
internal readonly ref struct AnswerContent
{
    public AnswerContent(
        ReadOnlySpan<byte> message, ReadOnlySpan<AnswerPart> parts, ReadOnlySpan<ushort> ttlOffsets)
    {
        Message = message;
        Parts = parts;
        TtlOffsets = ttlOffsets;
    }

    /// <summary>The message.</summary>
    public ReadOnlySpan<byte> Message { get; }

    /// <summary>Hash and epoch of each part.</summary>
    public ReadOnlySpan<AnswerPart> Parts { get; }

    /// <summary>Where the TTLs stand in the message.</summary>
    public ReadOnlySpan<ushort> TtlOffsets { get; }
}
