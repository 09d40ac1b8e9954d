// A message in the form that dig gives it, because everybody who works with the DNS reads that form at sight.
// The lines of records are the codec's.
using System.Globalization;
using System.Text;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>Prints one message.</summary>
internal sealed class MessageText
{
    private const int ClassColumn = 32;
    private const int TypeColumn = 40;
    private const int TabWidth = 8;

    private readonly StringBuilder _text = new();

    private MessageText()
    {
    }

    /// <summary>The message's text; what cannot be read is said at the place where reading ended.</summary>
    public static string Format(MessageContent message)
    {
        MessageText text = new();
        text.AppendHeader(message);
        text.AppendOpt(message);
        text.AppendQuestion(message);
        text.AppendSection(message, MessageSection.Answer, "ANSWER");
        text.AppendSection(message, MessageSection.Authority, "AUTHORITY");
        text.AppendSection(message, MessageSection.Additional, "ADDITIONAL");
        if (message.Error != WireError.None)
        {
            text.Line($";; WARNING: the message is malformed: {message.Error}");
        }

        return text._text.ToString();
    }

    private void AppendHeader(MessageContent message)
    {
        MessageHeader header = message.Header;
        Line(";; Got answer:");
        Line($";; ->>HEADER<<- opcode: {header.Opcode}, status: {message.Rcode}, id: {header.Id}");
        _text.Append(";; flags:");
        foreach (string flag in message.Flags)
        {
            _text.Append(' ').Append(flag);
        }

        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"; QUERY: {header.Questions}, ANSWER: {header.Answers}, AUTHORITY: {header.Authorities}, "
            + $"ADDITIONAL: {header.Additionals}"));
        if (header.Has(HeaderFlags.RecursionDesired) && !header.Has(HeaderFlags.RecursionAvailable))
        {
            Line(";; WARNING: recursion requested but not available");
        }

        Line("");
    }

    private void AppendOpt(MessageContent message)
    {
        if (message.Opt is not { } opt)
        {
            return;
        }

        string flags = opt.DnssecOk ? " do" : "";
        Line(";; OPT PSEUDOSECTION:");
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"; EDNS: version: {opt.Version}, flags:{flags}; udp: {opt.UdpPayloadSize}"));
        foreach (string option in message.Options)
        {
            Line("; " + option);
        }
    }

    private void AppendQuestion(MessageContent message)
    {
        if (message.Questions.IsEmpty)
        {
            return;
        }

        Line(";; QUESTION SECTION:");
        foreach (MessageQuestion question in message.Questions)
        {
            string line = Reach(question.Name.ToString(), ClassColumn);
            line = Reach(line + question.Class, TypeColumn);
            Line($";{line}{question.Type}");
        }

        Line("");
    }

    private void AppendSection(MessageContent message, MessageSection section, string title)
    {
        bool isFirst = true;
        foreach (MessageRecord record in message.Records)
        {
            if (record.Section != section)
            {
                continue;
            }

            if (isFirst)
            {
                Line($";; {title} SECTION:");
                isFirst = false;
            }

            Line(record.Record.ToString());
        }

        if (!isFirst)
        {
            Line("");
        }
    }

    // Tabs as far as the column, one blank behind what is already there.
    private static string Reach(string line, int column)
    {
        int at = 0;
        foreach (char c in line)
        {
            at = c == '\t' ? ((at / TabWidth) + 1) * TabWidth : at + 1;
        }

        return at < column ? line + new string('\t', (column / TabWidth) - (at / TabWidth)) : line + " ";
    }

    private void Line(string line) => _text.Append(line).Append('\n');
}
