// The records that tell where a service is: MX, SRV, NAPTR, URI. One idea, so one file.
// RFC 1035 §3.3.9, RFC 2782, RFC 3403 §4, RFC 7553.
using System.Text;

namespace Resolver.Wire;

/// <summary>A mail exchange (RFC 1035 §3.3.9).</summary>
public sealed class MXRecord : ResourceRecord
{
    internal MXRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Lower is tried first.</summary>
    public ushort Preference => FieldAt(0).TakeU16();

    /// <summary>The host; the root when no mail is taken (RFC 7505).</summary>
    public DomainName Exchange => FieldAt(1).TakeName();
}

/// <summary>The location of a service (RFC 2782).</summary>
public sealed class SrvRecord : ResourceRecord
{
    internal SrvRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Lower is tried first.</summary>
    public ushort Priority => FieldAt(0).TakeU16();

    /// <summary>Share among equals in priority.</summary>
    public ushort Weight => FieldAt(1).TakeU16();

    /// <summary>The port.</summary>
    public ushort Port => FieldAt(2).TakeU16();

    /// <summary>The host; the root when there is no such service.</summary>
    public DomainName Target => FieldAt(3).TakeName();
}

/// <summary>A naming authority pointer (RFC 3403 §4).</summary>
public sealed class NaptrRecord : ResourceRecord
{
    internal NaptrRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Order in which records must be taken.</summary>
    public ushort Order => FieldAt(0).TakeU16();

    /// <summary>Order among equals.</summary>
    public ushort Preference => FieldAt(1).TakeU16();

    /// <summary>Flags.</summary>
    public string Flags => FieldAt(2).TakeText();

    /// <summary>The service.</summary>
    public string Service => FieldAt(3).TakeText();

    /// <summary>A substitution to apply, or nothing.</summary>
    public string RegularExpression => FieldAt(4).TakeText();

    /// <summary>The next name to ask for, or the root.</summary>
    public DomainName Replacement => FieldAt(5).TakeName();
}

/// <summary>A uniform resource identifier (RFC 7553).</summary>
public sealed class UriRecord : ResourceRecord
{
    internal UriRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Lower is tried first.</summary>
    public ushort Priority => FieldAt(0).TakeU16();

    /// <summary>Share among equals in priority.</summary>
    public ushort Weight => FieldAt(1).TakeU16();

    /// <summary>The URI.</summary>
    public string Target => Encoding.UTF8.GetString(FieldAt(2).Rest);
}
