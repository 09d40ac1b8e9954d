// A question over a caller's uncompressed name.
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Name, type and class of a question; lives on the stack, over the caller's octets.</summary>
internal readonly ref struct QuestionName
{
    public QuestionName(ReadOnlySpan<byte> name, RRType type, RRClass rrClass)
    {
        Name = name;
        Type = type;
        Class = rrClass;
    }

    /// <summary>QNAME, uncompressed, any case.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>QTYPE.</summary>
    public RRType Type { get; }

    /// <summary>QCLASS.</summary>
    public RRClass Class { get; }
}
