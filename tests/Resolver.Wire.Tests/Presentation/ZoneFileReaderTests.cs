// The zone-file reader: what records inherit, what directives do, and where mistakes are told.
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class ZoneFileReaderTests
{
    [Fact]
    public void A_zone_with_every_freedom_of_the_form_reads_as_its_plain_lines()
    {
        const string Zone = """
            $TTL 1h30m ; RFC 2308
            $ORIGIN example.com.
            @  IN SOA ns hostmaster ( 2024010101 ; serial
                    1d 2h
                    4w ) 900
                    NS ns
               300  IN  NS ns.other.example.
            ns IN 60 A 192.0.2.1
               60 AAAA 2001:db8::1
            www.sub CNAME @
            txt TXT "a b" c "d;e(f)\"g" \100\;x
            $ORIGIN sub
            a\.b A 192.0.2.2
            ( mx
              MX ) 10 mail
            unknown TYPE65280 \# 4 ( 0a0b
                  0C 0D )
            """;
        string[] expected =
        [
            "example.com. 5400 IN SOA ns.example.com. hostmaster.example.com. 2024010101 "
                + "86400 7200 2419200 900",
            "example.com. 5400 IN NS ns.example.com.",
            "example.com. 300 IN NS ns.other.example.",
            "ns.example.com. 60 IN A 192.0.2.1",
            "ns.example.com. 60 IN AAAA 2001:db8::1",
            "www.sub.example.com. 5400 IN CNAME example.com.",
            "txt.example.com. 5400 IN TXT \"a b\" \"c\" \"d;e(f)\\\"g\" \"d;x\"",
            "a\\.b.sub.example.com. 5400 IN A 192.0.2.2",
            "mx.sub.example.com. 5400 IN MX 10 mail.sub.example.com.",
            "unknown.sub.example.com. 5400 IN TYPE65280 \\# 4 0A0B0C0D",
        ];
        (List<string> lines, List<ZoneFileError> errors) = Read(Zone);
        Assert.Equal(expected, lines);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("a 1 A 1.2.3.4 5", 1, 15, "'5' is more than RDATA of A takes")]
    [InlineData("a 1 A 1.2.3", 1, 7, "'1.2.3' is not an IPv4 address")]
    [InlineData("a 1 A", 1, 6, "the record ends where an IPv4 address is due")]
    [InlineData("a 1 A ( ;\n\n )", 3, 3, "the record ends where an IPv4 address is due")]
    [InlineData("\n; c\na 1 MX 10", 3, 10, "the record ends where a name is due")]
    [InlineData(
        "a 1 MX ( 10\n ; c\n m..x )", 3, 2, "'m..x' has a label that is empty or longer than 63 octets")]
    [InlineData("a 1 IN", 1, 7, "the record ends where a type is due")]
    [InlineData("a 1 IN FOO x", 1, 8, "'FOO' is no type")]
    [InlineData("a 1 IN 2 A x", 1, 8, "'2' is no type")]
    [InlineData("a 1 OPT x", 1, 5, "OPT is no type of records")]
    [InlineData("a 1 A \\# 3 010203", 1, 12, "these octets are no RDATA of A")]
    [InlineData("a 1 TYPE9999 \\# 3 0102", 1, 19, "2 octets are given where 3 are announced")]
    [InlineData("a 1 TYPE9999 x", 1, 14, "RDATA of TYPE9999 is written as \\# count hexadecimal")]
    [InlineData(" A 1.2.3.4", 1, 2, "the first record has no owner to take over")]
    [InlineData("a A 1.2.3.4", 1, 3, "no TTL: neither here nor before, nor by $TTL")]
    [InlineData("a 2147483648 A 1.2.3.4", 1, 3,
        "'2147483648' is no TTL from 0 to 2147483647, such as 3600 or 1h30m")]
    [InlineData("a 1 TXT ( \"x\"", 1, 9, "the parenthesis is never closed")]
    [InlineData("a 1 TXT x )", 1, 11, "a closing parenthesis without an opening one")]
    [InlineData("a 1 TXT \"x\nb 1 A 1.2.3.4", 1, 9, "the quote is not closed on its line")]
    [InlineData("a 1 TXT x\\", 1, 10, "a backslash with nothing behind it")]
    [InlineData("$TTL", 1, 5, "$TTL takes one value")]
    [InlineData("$TTL 1 2", 1, 8, "$TTL takes one value")]
    [InlineData("$ORIGIN a..", 1, 9, "'a..' has a label that is empty or longer than 63 octets")]
    [InlineData("$GENERATE 1-2 a", 1, 1, "'$GENERATE' is none of $ORIGIN, $TTL and $INCLUDE")]
    [InlineData("$INCLUDE x", 1, 10, "only a file can include others")]
    public void A_mistake_is_told_with_line_column_and_a_sentence(
        string text, int line, int column, string sentence)
    {
        (List<string> lines, List<ZoneFileError> errors) = Read(text + "\nlast. 1 A 192.0.2.1\n");
        Assert.Equal(new ZoneFileError("zone", line, column, sentence), errors[0]);
        if (!sentence.Contains("never closed", System.StringComparison.Ordinal))
        {
            Assert.Equal("last. 1 IN A 192.0.2.1", lines[^1]);
        }
    }

    private static (List<string> Lines, List<ZoneFileError> Errors) Read(
        string text, ZoneFileOptions? options = null)
    {
        using ZoneFileReader reader = ZoneFileReader.FromText(text, options ?? new ZoneFileOptions());
        List<ZoneFileError> errors = [];
        return (reader.ReadAll(errors).Select(Line).ToList(), errors);
    }

    private static string Line(ZoneRecord record) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{record.Owner} {record.Ttl} {record.Class} {record.Type} {Rdata(record)}");

    private static string Rdata(ZoneRecord record) => RdataText.Format(record.Type, record.Rdata.Span);
}
