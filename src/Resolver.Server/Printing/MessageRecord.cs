// What stands in the sections of a message, as values.
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>A question.</summary>
/// <param name="Name">QNAME.</param>
/// <param name="Class">QCLASS.</param>
/// <param name="Type">QTYPE.</param>
internal sealed record MessageQuestion(DomainName Name, RRClass Class, RRType Type);

/// <summary>A record and where it stands.</summary>
/// <param name="Section">The section.</param>
/// <param name="Record">The record.</param>
internal sealed record MessageRecord(MessageSection Section, ResourceRecord Record);
