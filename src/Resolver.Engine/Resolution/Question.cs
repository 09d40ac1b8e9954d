// What is asked: the key under which work is joined.
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>
/// A question of class IN, in a view. Equality ignores the name's case.
/// </summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type.</param>
/// <param name="View">The view: clients of different views never share work.</param>
internal readonly record struct Question(DomainName Name, RRType Type, ViewId View)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Type}";

    /// <summary>The same type and view for another name.</summary>
    public Question For(DomainName name) => this with { Name = name };

    /// <summary>
    /// The position, below <paramref name="loops"/>, of the loop on which this question is worked on: a keyed
    /// hash, so that nobody can aim all questions at one loop.
    /// </summary>
    public int HomeLoop(ulong key, int loops)
    {
        ulong hash = NameOctets.Hash(Name.Wire, key ^ ((ulong)Type.Value << 16) ^ View.Value);
        return (int)(((hash >> 32) * (uint)loops) >> 32);
    }
}
