// Words of the REPLY line: flags, opcodes and rcodes, both ways.
using System;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Scenarios;

/// <summary>Flags, opcodes and rcodes as words.</summary>
internal static class FlagText
{
    private static readonly (string Word, HeaderFlags Flag)[] Flags =
    [
        ("QR", HeaderFlags.Response), ("AA", HeaderFlags.Authoritative), ("TC", HeaderFlags.Truncated),
        ("RD", HeaderFlags.RecursionDesired), ("RA", HeaderFlags.RecursionAvailable),
        ("AD", HeaderFlags.AuthenticData), ("CD", HeaderFlags.CheckingDisabled),
    ];

    // IANA, DNS RCODEs and OpCodes; the place is the number.
    private static readonly string[] Rcodes =
    [
        "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET",
        "NOTAUTH", "NOTZONE",
    ];

    private static readonly string[] Opcodes = ["QUERY", "IQUERY", "STATUS", "", "NOTIFY", "UPDATE"];

    public static string Of(HeaderFlags flags) =>
        string.Join(' ', Flags.Where(f => (flags & f.Flag) != 0).Select(static f => f.Word));

    /// <summary>Applies one word to a message; false when it is none of these.</summary>
    public static bool TryApply(string text, ScriptMessage message)
    {
        string word = text.ToUpperInvariant();
        HeaderFlags flag = Flags.FirstOrDefault(f => f.Word == word).Flag;
        int rcode = word == "BADVERS" ? 16 : Array.IndexOf(Rcodes, word);
        int opcode = Array.IndexOf(Opcodes, word);
        if (word == "DO")
        {
            (message.HasEdns, message.DnssecOk) = (true, true);
        }
        else if (flag != HeaderFlags.None)
        {
            message.Flags |= flag;
        }
        else if (rcode >= 0)
        {
            message.Rcode = new Rcode((ushort)rcode);
        }
        else if (opcode >= 0)
        {
            message.Opcode = new Opcode((byte)opcode);
        }
        else
        {
            return false;
        }

        return true;
    }
}
