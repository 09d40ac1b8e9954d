// The records that are one name, or two: NS, CNAME, PTR, DNAME, RP. One idea, so one file.
// RFC 1035 §3.3, RFC 6672 §2.1, RFC 1183 §2.2.
namespace Resolver.Wire;

/// <summary>An authoritative name server of a zone (RFC 1035 §3.3.11).</summary>
public sealed class NSRecord : ResourceRecord
{
    internal NSRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>The name server.</summary>
    public DomainName NameServer => FieldAt(0).TakeName();
}

/// <summary>The canonical name of an alias (RFC 1035 §3.3.1).</summary>
public sealed class CnameRecord : ResourceRecord
{
    internal CnameRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>The canonical name.</summary>
    public DomainName Target => FieldAt(0).TakeName();
}

/// <summary>A pointer to a name (RFC 1035 §3.3.12).</summary>
public sealed class PtrRecord : ResourceRecord
{
    internal PtrRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>The name pointed to.</summary>
    public DomainName Target => FieldAt(0).TakeName();
}

/// <summary>The redirection of a subtree (RFC 6672 §2.1).</summary>
public sealed class DnameRecord : ResourceRecord
{
    internal DnameRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Where names below the owner are redirected to.</summary>
    public DomainName Target => FieldAt(0).TakeName();
}

/// <summary>A responsible person (RFC 1183 §2.2).</summary>
public sealed class RPRecord : ResourceRecord
{
    internal RPRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>The mailbox, its first label the local part.</summary>
    public DomainName Mailbox => FieldAt(0).TakeName();

    /// <summary>Owner of TXT records that tell more; the root when there are none.</summary>
    public DomainName TextName => FieldAt(1).TakeName();
}
