// What a client showed of one reply. A question without any reply has the rcode "SILENT".

using System;
using System.Collections.Generic;
using System.Linq;

namespace Resolver.Interop;

internal sealed class Reply
{
    public const string Silent = "SILENT";

    public string Rcode { get; set; } = Silent;

    /// <summary>Header flags without qr, in the order printed: "rd ra".</summary>
    public string Flags { get; set; } = "";

    /// <summary>The reply over UDP was truncated and the client asked again over TCP.</summary>
    public bool Truncated { get; set; }

    public List<Answer> Answers { get; } = [];

    /// <summary>The types of the records in the authority section.</summary>
    public List<string> AuthorityTypes { get; } = [];

    /// <summary>The codes of RFC 8914 in the order printed.</summary>
    public List<string> ExtendedErrors { get; } = [];

    public bool HasFlag(string flag) => Flags.Split(' ').Contains(flag, StringComparer.Ordinal);

    public override string ToString()
    {
        string answers = string.Join(" | ", Answers.Select(a => $"{a.Owner} {a.Ttl} {a.Type} {a.Rdata}"));
        string authority = string.Join(',', AuthorityTypes.Distinct());
        string errors = string.Concat(ExtendedErrors.Select(static e => $" EDE {e}"));
        string truncated = Truncated ? " TC->TCP" : "";
        return $"{Rcode} [{Flags}]{errors}{truncated} {answers} (authority: {authority})";
    }
}
