// The words of MATCH, of Deckard and of Unbound.
using System.Globalization;

namespace Resolver.Scenarios;

/// <summary>Reads the words of MATCH.</summary>
internal static class MatchWords
{
    /// <summary>Takes one word; false when it is not known.</summary>
    public static bool TryTake(string text, ScenarioEntry entry)
    {
        string[] parts = text.Split('=', 2);
        if (parts.Length == 2)
        {
            return TryTakeValue(parts[0].ToUpperInvariant(), parts[1], entry);
        }

        MatchField[]? fields = text.ToUpperInvariant() switch
        {
            "OPCODE" => [MatchField.Opcode],
            "QTYPE" => [MatchField.QType],
            "QNAME" => [MatchField.QName],
            "QCASE" => [MatchField.QCase],
            "SUBDOMAIN" => [MatchField.Subdomain],
            "QUESTION" => [MatchField.Question],
            "FLAGS" => [MatchField.Flags],
            "RCODE" => [MatchField.Rcode],
            "REPLY" => [MatchField.Flags, MatchField.Rcode],
            "ANSWER" => [MatchField.Answer],
            "AUTHORITY" => [MatchField.Authority],
            "ADDITIONAL" => [MatchField.Additional],
            "TTL" => [MatchField.Ttl],
            "DO" => [MatchField.DnssecOk],
            "EDNS" => [MatchField.Edns],
            "NOEDNS" => [MatchField.NoEdns],
            "EDNSDATA" => [MatchField.EdnsOptions],
            "NSID" => [MatchField.Nsid],
            "CLIENT_COOKIE" => [MatchField.ClientCookie],
            "SERVER_COOKIE" => [MatchField.ServerCookie],
            "UDP" => [MatchField.Udp],
            "TCP" => [MatchField.Tcp],
            "ALL" or "ALL_NOEDNS" =>
            [
                MatchField.Opcode, MatchField.QType, MatchField.QName, MatchField.Flags, MatchField.Rcode,
                MatchField.Answer, MatchField.Authority, MatchField.Additional,
            ],
            _ => null,
        };
        entry.Matches.UnionWith(fields ?? []);
        return fields is not null;
    }

    private static bool TryTakeValue(string word, string value, ScenarioEntry entry)
    {
        bool isNumber = uint.TryParse(
            value, NumberStyles.None, CultureInfo.InvariantCulture, out uint number);
        switch (word)
        {
            case "SERIAL" when isNumber:
                entry.Serial = number;
                _ = entry.Matches.Add(MatchField.Serial);
                return true;
            case "EDE" when isNumber || value == "any":
                entry.ExtendedError = isNumber ? (ushort)number : null;
                _ = entry.Matches.Add(MatchField.ExtendedError);
                return true;
            default:
                return false;
        }
    }
}
