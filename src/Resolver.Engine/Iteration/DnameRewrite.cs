// The name that a DNAME makes of another (RFC 6672 §2.2), and the CNAME that tells clients of it (§3.1):
// we always make it ourselves, a server's is not taken.
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Applies DNAMEs.</summary>
internal static class DnameRewrite
{
    /// <summary>
    /// Replaces the DNAME's owner at the end of <paramref name="name"/> by its target. False when the result
    /// would be longer than 255 octets (YXDOMAIN). The name must be strictly below the owner.
    /// </summary>
    public static bool TryApply(DomainName name, RRset dname, out DomainName target)
    {
        ReadOnlySpan<byte> prefix = name.Wire[..(name.Wire.Length - dname.Owner.Length)];
        ReadOnlySpan<byte> suffix = dname.First;
        Span<byte> joined = stackalloc byte[2 * NameOctets.MaxLength];
        prefix.CopyTo(joined);
        suffix.CopyTo(joined[prefix.Length..]);
        int length = prefix.Length + suffix.Length;
        bool fits = length <= NameOctets.MaxLength;
        target = fits ? DomainName.FromValidWire(joined[..length]) : default;
        return fits;
    }

    /// <summary>
    /// True when the CNAME made of a DNAME is itself what is asked for: a CNAME that matches the type is not
    /// followed (RFC 1034 §4.3.2 step 3a), and one that was made is no other.
    /// </summary>
    public static bool Answers(RRType type) => type == RRType.Cname || type == RRType.Any;

    /// <summary>How a link ends at a DNAME above its name, and the name that it makes of that.</summary>
    public static LinkEnd EndOf(Question question, RRset dname, out DomainName target) =>
        !TryApply(question.Name, dname, out target) ? LinkEnd.NameTooLong
        : Answers(question.Type) ? LinkEnd.Answer
        : LinkEnd.Alias;

    /// <summary>
    /// The CNAME from <paramref name="name"/> to <paramref name="target"/>, with the DNAME's TTL.
    /// </summary>
    public static RRset MakeCname(DomainName name, DomainName target, uint ttl)
    {
        RRsetBuilder builder = new();
        builder.Begin(name.Wire, RRType.Cname, RRClass.IN);
        builder.Add(target.Wire, ttl);
        return builder.Build();
    }
}
