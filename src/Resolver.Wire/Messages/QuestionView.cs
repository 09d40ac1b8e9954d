// One question as read: the name lies in the caller's buffer.
namespace Resolver.Wire;

/// <summary>A question (RFC 1035 §4.1.2).</summary>
/// <param name="NameLength">Octets of the name in the buffer given to the reader.</param>
/// <param name="Type">QTYPE.</param>
/// <param name="Class">QCLASS.</param>
internal readonly record struct QuestionView(int NameLength, RRType Type, RRClass Class);
