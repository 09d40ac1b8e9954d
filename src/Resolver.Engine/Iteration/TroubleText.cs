// Bounded words for extended errors: a hostile name must not crowd out the cause (RFC 8914 §2, EXTRA-TEXT).
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Shortens names for people.</summary>
internal static class TroubleText
{
    // For people: the text as a whole has max-error-text.
    private const int MaxName = 48;

    /// <summary>A name in presentation form, its octets escaped; of a long one the end.</summary>
    public static string Short(DomainName name)
    {
        string text = name.ToString();
        return text.Length <= MaxName ? text : "..." + text[^(MaxName - 3)..];
    }
}
