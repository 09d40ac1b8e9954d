// What a line on the control socket asks for, and the reply to it.
using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>Answers control requests about one running resolver. Thread-safe.</summary>
internal sealed class ControlRequests(
    ServedResolver served, StatusReading status, NegativeAnchorRequests negative)
{
    /// <summary>Connections served at once.</summary>
    public int MaxConnections => served.Resolver.Works.Limits.MaxControlConnections;

    /// <summary>The whole reply to a line.</summary>
    public async Task<string> AnswerAsync(string line, CancellationToken cancellation)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["status", "text"] => Done(StatusText.Format(status.Read())),
            ["status", "json"] => Done(StatusText.ToJson(status.Read())),
            ["flush", string name] => Flush(name),
            ["nta", "add", string name, string seconds] =>
                Reply(await negative.AddAsync(name, seconds, cancellation)),
            ["nta", "remove", string name] => Reply(await negative.RemoveAsync(name, cancellation)),
            ["nta", "list"] => Reply(negative.List()),
            ["explain", ("text" or "json") and string form, string name, string type] =>
                await ExplainAsync(form == "json", (name, type), cancellation),
            _ => Failed("no such request: the server and this program may be of different versions"),
        };
    }

    private static string Done(string text) => ControlProtocol.Done + "\n" + text;

    private static string Failed(string reason) => ControlProtocol.Failed + reason + "\n";

    private static string Reply(ControlReply reply) =>
        reply.IsDone ? Done(reply.Text) : Failed(reply.Text);

    private string Flush(string text)
    {
        if (!DomainName.TryParse(text, out DomainName name))
        {
            return Failed($"'{text}' is no domain name");
        }

        int entries = served.Resolver.Works.Caches.Flush(name);
        string what = entries == 1 ? "entry" : "entries";
        return Done(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} and everything below it is forgotten: {entries} {what}, and all whole answers.\n"));
    }

    private async Task<string> ExplainAsync(
        bool asJson, (string Name, string Type) asked, CancellationToken cancellation)
    {
        if (!DomainName.TryParse(asked.Name, out DomainName name)
            || !RRType.TryParse(asked.Type, out RRType type))
        {
            return Failed($"'{asked.Name} {asked.Type}' is no question");
        }

        ResolverWorks works = served.Resolver.Works;
        Question question = new(name, type, default);
        Explanation explanation = works.Failures.TryFind(question, out FailedQuery? failed)
            ? Explanation.Of(failed, works.Engines[0].Parts.Loop.Time.GetTimestamp())
            : await AskNowAsync(name, type, cancellation);
        return Done(asJson ? explanation.ToJson() : explanation.ToText());
    }

    private async Task<Explanation> AskNowAsync(DomainName name, RRType type, CancellationToken cancellation)
    {
        Resolution resolution = await served.Resolver.ResolveAsync(
            name, type, new QueryOptions { Trace = true }, cancellation);
        return new Explanation(name, type, resolution);
    }
}
