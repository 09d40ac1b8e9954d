// resolver query: one question, printed as dig prints it; from a server, or by walking from the roots itself.
using System.CommandLine;
using System.Net;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging.Abstractions;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>The command query.</summary>
internal static class QueryCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandSurroundings surroundings)
    {
        Command command = new(
            "query", "Ask one question, as dig does; without --server resolve it from the roots.");
        QuestionArguments question = new(command);
        ResolutionArguments resolution = new(command);
        Option<IPEndPoint?> server = new("--server")
        {
            HelpName = "ADDRESS[:PORT]",
            Description = "Ask this server.",
            CustomParser = static argument =>
            {
                string text = argument.Tokens[0].Value;
                if (!EndpointText.TryParseServer(text, out IPEndPoint? endpoint))
                {
                    argument.AddError($"'{text}' is no server: write {ValueKinds.Server.Expected}.");
                }

                return endpoint;
            },
        };
        Option<bool> tcp = new("--tcp") { Description = "Ask the server by TCP from the first." };
        Option<bool> dnssec = new("--dnssec") { Description = "Ask for signatures and proofs too (DO)." };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        command.Add(server);
        command.Add(tcp);
        command.Add(dnssec);
        command.Add(json);
        command.SetAction((parsed, _) =>
        {
            (DomainName name, RRType type) = question.Read(parsed);
            QueryRequest request = new(name, type, parsed.GetValue(server))
            {
                ByTcp = parsed.GetValue(tcp),
                DnssecOk = parsed.GetValue(dnssec),
                AsJson = parsed.GetValue(json),
            };
            return RunAsync(surroundings, request, resolution.Read(parsed));
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CommandSurroundings surroundings, QueryRequest request, ConfigurationSources sources)
    {
        if (surroundings.ReadConfiguration(sources) is not { } configuration)
        {
            return ExitStatus.Usage;
        }

        byte[] query = QueryMessage.Create(request.Name, request.Type, request.DnssecOk);
        AskedReply? reply = request.Server is { } server
            ? await AskServerAsync(surroundings, server, query, request.ByTcp)
            : await AskRootsAsync(surroundings, configuration, query);
        if (reply is null)
        {
            return ExitStatus.Failed;
        }

        MessageContent content = MessageContent.Read(reply.Message);
        await surroundings.Output.WriteAsync(request.AsJson
            ? MessageJson.Format(content, reply)
            : DigText.Format(request, content, reply, surroundings.Time));

        // A server's SERVFAIL is what was asked for; one of our own means that there is no answer.
        return reply.Server is null && content.Rcode == Rcode.ServFail ? ExitStatus.Failed : ExitStatus.Done;
    }

    private static async Task<AskedReply?> AskServerAsync(
        CommandSurroundings surroundings, IPEndPoint server, byte[] query, bool byTcp)
    {
        ServerExchange exchange = new(server, surroundings.Time);
        AskedReply? reply = await exchange.AskAsync(query, byTcp);
        if (reply is null)
        {
            await surroundings.Error.WriteLineAsync(
                $"resolver query: no reply from {server}: {exchange.LastFailure}");
        }

        return reply;
    }

    private static async Task<AskedReply?> AskRootsAsync(
        CommandSurroundings surroundings, ServerConfiguration configuration, byte[] query)
    {
        await using OwnResolver resolver = OwnResolver.Create(configuration, NullLoggerFactory.Instance);
        long began = surroundings.Time.GetTimestamp();
        byte[] message = await resolver.AnswerAsync(query);
        return new AskedReply(message, surroundings.Time.GetElapsedTime(began), null, null);
    }
}
