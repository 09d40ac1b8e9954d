// An extended DNS error as a value (RFC 8914 §2).
namespace Resolver.Wire;

/// <summary>Why an answer is what it is (RFC 8914).</summary>
/// <param name="Code">INFO-CODE.</param>
/// <param name="Text">EXTRA-TEXT, for people; may be empty.</param>
public sealed record ExtendedError(ExtendedErrorCode Code, string Text);
