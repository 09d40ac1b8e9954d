// The three sections that hold records (RFC 1035 §4.1).
namespace Resolver.Wire;

/// <summary>A section of records.</summary>
public enum MessageSection : byte
{
    /// <summary>The answer section.</summary>
    Answer,

    /// <summary>The authority section.</summary>
    Authority,

    /// <summary>The additional section.</summary>
    Additional,
}
