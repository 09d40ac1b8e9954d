// The records that hold text: TXT, HINFO, CAA. One idea, so one file. Text is read as UTF-8; the octets are
// in Data. RFC 1035 §3.3.14 and §3.3.2, RFC 8659 §4.
using System.Collections.Generic;
using System.Text;

namespace Resolver.Wire;

/// <summary>Text (RFC 1035 §3.3.14).</summary>
public sealed class TxtRecord : ResourceRecord
{
    internal TxtRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>The strings.</summary>
    public IReadOnlyList<string> Strings => FieldAt(0).TakeTexts();

    /// <summary>All strings together, with nothing between them.</summary>
    public string Text => string.Concat(Strings);
}

/// <summary>Host information; also the small answer to ANY (RFC 1035 §3.3.2, RFC 8482).</summary>
public sealed class HinfoRecord : ResourceRecord
{
    internal HinfoRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>The kind of machine.</summary>
    public string Cpu => FieldAt(0).TakeText();

    /// <summary>The operating system.</summary>
    public string OperatingSystem => FieldAt(1).TakeText();
}

/// <summary>Which authorities may issue certificates (RFC 8659 §4).</summary>
public sealed class CaaRecord : ResourceRecord
{
    internal CaaRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Flags; 128 when the property must be understood.</summary>
    public byte Flags => FieldAt(0).TakeU8();

    /// <summary>The property: issue, issuewild, iodef.</summary>
    public string Tag => FieldAt(1).TakeText();

    /// <summary>Its value.</summary>
    public string Value => Encoding.UTF8.GetString(FieldAt(2).Rest);
}
