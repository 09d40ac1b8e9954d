// What the shards of one store share.
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The surroundings of shards.</summary>
/// <param name="Table">All objects by key.</param>
/// <param name="Present">Owners of all entries, objects or not.</param>
/// <param name="Epochs">What answers learn by that they have ended.</param>
/// <param name="Times">The rules about TTLs, for objects made of octets.</param>
internal sealed record StoreParts(
    EntryTable Table, PresenceFilter Present, ReplacementEpochs Epochs, CacheTimes Times)
{
    /// <summary>Called before an entry is published, and may throw.</summary>
    public Action? OnPublish { get; set; }
}

/// <summary>A key and its hashes, on the stack.</summary>
internal readonly ref struct StoreKey(ReadOnlySpan<char> text, KeyHash hash)
{
    /// <summary>The key (see <see cref="EntryKey"/>).</summary>
    public ReadOnlySpan<char> Text { get; } = text;

    /// <summary>The owner in it, canonical.</summary>
    public ReadOnlySpan<char> Owner => Text[..^EntryKey.Suffix];

    /// <summary>The type in it.</summary>
    public RRType Type => new(Text[^2]);

    /// <summary>The kind in it.</summary>
    public EntryKind Kind => (EntryKind)Text[^1];

    /// <summary>Its hashes.</summary>
    public KeyHash Hash { get; } = hash;
}
