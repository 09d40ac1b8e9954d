// What surrounds a message in dig's output: the first lines, and the footer with time, server and size.
using System;
using System.Globalization;
using System.Text;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>Prints a reply as dig prints it.</summary>
internal static class DigText
{
    /// <summary>The whole output.</summary>
    public static string Format(
        QueryRequest request, MessageContent content, AskedReply reply, TimeProvider time)
    {
        StringBuilder text = new();
        string type = request.Type == RRType.A ? "" : " " + request.Type;
        if (reply.WasTruncated)
        {
            text.Append(";; Truncated, retrying in TCP mode.\n");
        }

        text.Append('\n').Append("; <<>> Resolver <<>> ").Append(request.Name).Append(type).Append('\n');
        text.Append(request.Server is null ? "" : "; (1 server found)\n");
        text.Append(";; global options: +cmd\n").Append(MessageText.Format(content));
        AppendFooter(text, reply, time);
        return text.ToString();
    }

    private static void AppendFooter(StringBuilder text, AskedReply reply, TimeProvider time)
    {
        string server = reply.Server is null
            ? "none: resolved from the roots by this command"
            : $"{reply.Server} ({reply.Transport})";
        DateTimeOffset now = time.GetUtcNow();
        text.Append(
            CultureInfo.InvariantCulture, $";; Query time: {(long)reply.Elapsed.TotalMilliseconds} msec\n");
        text.Append(CultureInfo.InvariantCulture, $";; SERVER: {server}\n");
        text.Append(CultureInfo.InvariantCulture, $";; WHEN: {now:ddd MMM dd HH:mm:ss} UTC {now:yyyy}\n");
        text.Append(CultureInfo.InvariantCulture, $";; MSG SIZE  rcvd: {reply.Message.Length}\n\n");
    }
}
