// The records that hold an address: A (RFC 1035 §3.4.1) and AAAA (RFC 3596 §2.2). One idea, so one file.
using System.Net;

namespace Resolver.Wire;

/// <summary>An IPv4 host address (RFC 1035 §3.4.1).</summary>
public sealed class ARecord : ResourceRecord
{
    internal ARecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>The address.</summary>
    public IPAddress Address => new(Data.Span);
}

/// <summary>An IPv6 host address (RFC 3596 §2.2).</summary>
public sealed class AaaaRecord : ResourceRecord
{
    internal AaaaRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>The address.</summary>
    public IPAddress Address => new(Data.Span);
}
