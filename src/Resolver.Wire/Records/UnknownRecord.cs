// A record of a type without a class of its own: its octets are all that is known (RFC 3597).
namespace Resolver.Wire;

/// <summary>A record of which only the octets are known (RFC 3597).</summary>
public sealed class UnknownRecord : ResourceRecord
{
    internal UnknownRecord(in RecordFields fields)
        : base(fields)
    {
    }
}
