// Why octets could not be read or written: a closed set, made for the caller's next decision.
namespace Resolver.Wire;

/// <summary>Why octets could not be read or written.</summary>
public enum WireError : byte
{
    /// <summary>No error.</summary>
    None,

    /// <summary>The octets end before the value does.</summary>
    Truncated,

    /// <summary>A compression pointer does not point strictly backwards (RFC 1035 §4.1.4).</summary>
    BadPointer,

    /// <summary>A label type other than a length or a pointer (RFC 1035 §4.1.4, RFC 6891 §5).</summary>
    BadLabelType,

    /// <summary>A name of more than 255 octets (RFC 1035 §3.1).</summary>
    NameTooLong,

    /// <summary>A label of more than 63 octets or of none (RFC 1035 §3.1).</summary>
    BadLabel,

    /// <summary>RDATA that is not of the form of its type.</summary>
    BadRdata,

    /// <summary>
    /// An OPT record twice, outside the additional section, or not at the root (RFC 6891 §6.1.1).
    /// </summary>
    BadOpt,

    /// <summary>Octets after the last record.</summary>
    TrailingOctets,

    /// <summary>No room is left in the buffer or below the size limit.</summary>
    NoSpace,

    /// <summary>A bound on count was reached.</summary>
    TooMany,

    /// <summary>Text that cannot be read as the value.</summary>
    BadText,

    /// <summary>A message of no octets on a stream (RFC 1035 §4.2.2).</summary>
    EmptyMessage,
}
