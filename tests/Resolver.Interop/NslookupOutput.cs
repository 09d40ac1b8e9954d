// Reads what nslookup prints. It words each type in its own way, names no TTL, shows no flags, and prints a
// record of another type than asked only when it is an alias; records are compared by type and data with
// their owner.

using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Resolver.Interop;

internal static partial class NslookupOutput
{
    private static readonly (string Words, string Type)[] Wordings =
    [
        ("canonical name", "CNAME"), ("mail exchanger", "MX"), ("nameserver", "NS"), ("dname", "DNAME"),
        ("name", "PTR"), ("service", "SRV"), ("text", "TXT"), ("hinfo", "HINFO"), ("loc", "LOC"),
        ("rp", "RP"), ("afsdb", "AFSDB"), ("naptr", "NAPTR"), ("kx", "KX"), ("cert", "CERT"),
    ];

    // Types that nslookup has no words for: it prints "rdata_NUMBER = DATA".
    private static readonly FrozenDictionary<string, string> NumberedTypes = new Dictionary<string, string>
    {
        ["44"] = "SSHFP",
        ["52"] = "TLSA",
        ["53"] = "SMIMEA",
        ["61"] = "OPENPGPKEY",
        ["64"] = "SVCB",
        ["65"] = "HTTPS",
        ["256"] = "URI",
        ["257"] = "CAA",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Reply Parse(string output, Question question)
    {
        var reply = new Reply();
        string name = "";
        var soa = new List<string>();
        bool inAnswer = false;
        foreach (string line in output.Split('\n'))
        {
            string text = line.Trim();
            if (text.StartsWith("Authoritative answers can be found", StringComparison.Ordinal))
            {
                break;    // what follows is the authority section
            }

            if (ServerLine().IsMatch(text))
            {
                inAnswer = true;    // this was the server's own address
            }
            else if (CannotFind().Match(text) is { Success: true } failure)
            {
                reply.Rcode = failure.Groups[1].Value;
            }
            else if (text.Contains("No answer", StringComparison.Ordinal))
            {
                reply.Rcode = "NOERROR";
            }
            else if (inAnswer)
            {
                ReadAnswerLine(text, question, reply, ref name, soa);
            }
        }

        return reply;
    }

    private static void ReadAnswerLine(
        string text, Question question, Reply reply, ref string name, List<string> soa)
    {
        if (text.StartsWith("Name:", StringComparison.Ordinal))
        {
            name = text[5..].Trim();
            return;
        }

        if (text.StartsWith("Address:", StringComparison.Ordinal))
        {
            string address = text[8..].Trim();
            Add(reply, name, address.Contains(':', StringComparison.Ordinal) ? "AAAA" : "A", address);
            return;
        }

        int equals = text.IndexOf(" = ", StringComparison.Ordinal);
        if (equals < 0)
        {
            if (reply.Rcode == Reply.Silent && text == question.Name.TrimEnd('.'))
            {
                name = text;    // the owner of the SOA whose fields follow
            }

            return;
        }

        ReadAssignment(text[..equals].Trim(), text[(equals + 3)..].Trim(), reply, (name, soa));
    }

    private static void ReadAssignment(
        string left, string right, Reply reply, (string Name, List<string> Fields) soa)
    {
        // "OWNER WORDS = DATA", but the fields of an SOA stand alone: "origin = …", "serial = …".
        if (SoaField().IsMatch(left))
        {
            soa.Fields.Add(left is "origin" or "mail addr" ? right + "." : right);
            if (left == "minimum")
            {
                Add(reply, soa.Name, "SOA", string.Join(' ', soa.Fields));
                soa.Fields.Clear();
            }

            return;
        }

        foreach ((string words, string type) in Wordings)
        {
            if (left.EndsWith(words, StringComparison.Ordinal))
            {
                Add(reply, left[..^words.Length].Trim(), type, right);
                return;
            }
        }

        Match numbered = Numbered().Match(left);
        if (numbered.Success)
        {
            string number = numbered.Groups[2].Value;
            string type = NumberedTypes.GetValueOrDefault(number, $"TYPE{number}");
            Add(reply, numbered.Groups[1].Value, type, right);
        }
    }

    private static void Add(Reply reply, string owner, string type, string rdata)
    {
        reply.Rcode = "NOERROR";
        string full = owner.EndsWith('.') ? owner : owner + ".";
        reply.Answers.Add(Answer.Create(full, type, rdata));
    }

    [GeneratedRegex("^Address:.*#[0-9]+$")]
    private static partial Regex ServerLine();

    [GeneratedRegex(@"\*\* server can't find .*: ([A-Z]+)$")]
    private static partial Regex CannotFind();

    [GeneratedRegex("^(origin|mail addr|serial|refresh|retry|expire|minimum)$")]
    private static partial Regex SoaField();

    [GeneratedRegex(@"^(\S+)\s+rdata_(\d+)$")]
    private static partial Regex Numbered();
}
