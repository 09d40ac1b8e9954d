// The OPT record of a message, seen in place (RFC 6891 §6.1): at most one, in the additional section, owned
// by the root, its options of whole lengths. What the options mean is their readers' matter; unknown ones are
// stepped over (RFC 6891 §6.1.2), and the octets stay where they are for whoever passes them on.
using System;

namespace Resolver.Wire;

/// <summary>A message's OPT record; <c>default</c> when there is none.</summary>
internal readonly record struct EdnsView
{
    /// <summary>True when the message has an OPT record.</summary>
    public bool IsPresent { get; private init; }

    /// <summary>Size, high rcode bits, version and DO.</summary>
    public OptFields Fields { get; private init; }

    /// <summary>Offset of the options in the message.</summary>
    public int OptionsOffset { get; private init; }

    /// <summary>Octets of the options.</summary>
    public int OptionsLength { get; private init; }

    /// <summary>The options as they stand.</summary>
    public ReadOnlySpan<byte> Options(ReadOnlySpan<byte> message) =>
        message.Slice(OptionsOffset, OptionsLength);

    /// <summary>
    /// Takes an OPT record met while walking the message's records. False when it may not stand there, is a
    /// second one, or (in the version known here) holds an option that ends beyond it.
    /// </summary>
    public static bool TryAccept(
        ReadOnlySpan<byte> message, in RecordView record, ref EdnsView edns, out WireError error)
    {
        error = WireError.BadOpt;
        if (edns.IsPresent || record.Section != MessageSection.Additional || message[record.NameOffset] != 0)
        {
            return false;
        }

        edns = new EdnsView
        {
            IsPresent = true,
            Fields = OptFields.From(record),
            OptionsOffset = record.RdataOffset,
            OptionsLength = record.RdataLength,
        };

        // A later version may give its RDATA another form (RFC 6891 §6.1.3 has the version judged first).
        if (edns.Fields.Version != 0 || EdnsOptionEnumerator.AreWhole(edns.Options(message)))
        {
            error = WireError.None;
        }

        return error == WireError.None;
    }
}
