// The start of a zone of authority: RFC 1035 §3.3.13, with the minimum as RFC 2308 §4 understands it.
namespace Resolver.Wire;

/// <summary>The start of a zone of authority (RFC 1035 §3.3.13).</summary>
public sealed class SoaRecord : ResourceRecord
{
    internal SoaRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>The name server where the zone comes from.</summary>
    public DomainName PrimaryNameServer => FieldAt(0).TakeName();

    /// <summary>The mailbox of who is responsible, its first label the local part.</summary>
    public DomainName ResponsibleMailbox => FieldAt(1).TakeName();

    /// <summary>The version of the zone, in serial number arithmetic (RFC 1982).</summary>
    public uint Serial => FieldAt(2).TakeU32();

    /// <summary>Seconds between checks for a new version.</summary>
    public uint Refresh => FieldAt(3).TakeU32();

    /// <summary>Seconds between checks after one that failed.</summary>
    public uint Retry => FieldAt(4).TakeU32();

    /// <summary>Seconds after which a zone that cannot be checked is given up.</summary>
    public uint Expire => FieldAt(5).TakeU32();

    /// <summary>Bound on seconds that a negative answer lives (RFC 2308 §4).</summary>
    public uint Minimum => FieldAt(6).TakeU32();
}
