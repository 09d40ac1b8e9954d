// What a denial speaks of.
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A name, the type that was asked for, and which of the two does not exist.</summary>
internal readonly ref struct DenialSubject
{
    public DenialSubject(ReadOnlySpan<byte> owner, RRType type, DenialKind kind)
    {
        Owner = owner;
        Type = type;
        Kind = kind;
    }

    /// <summary>The name, uncompressed, any case.</summary>
    public ReadOnlySpan<byte> Owner { get; }

    /// <summary>The type asked for.</summary>
    public RRType Type { get; }

    /// <summary>What does not exist.</summary>
    public DenialKind Kind { get; }
}
