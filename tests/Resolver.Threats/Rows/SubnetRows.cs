// Rows 10 and 11: client subnets (RFC 7871) are neither sent, nor used, nor echoed.
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>The rows.</summary>
internal static class SubnetRows
{
    private const ushort ClientSubnet = 8;

    public static IReadOnlyList<Row> All { get; } =
    [
        new(10, "200 client subnets for one slow name make one question",
            "<= 4 tries, none sent or echoed", ManyAsync),
        new(11, "an answer's scope divides no cache", "1 query, none echoed", ScopeAsync),
    ];

    private static Message Query(string name, int subnet)
    {
        Message query = Message.Query(name, Types.A);
        query.Options.Add((ClientSubnet, [0, 1, 24, 0, 203, 0, (byte)subnet]));
        return query;
    }

    private static async Task<Finding> ManyAsync(Examination exam)
    {
        exam.World.Zone("ecs.lab.", "198.18.10.1", async exchange =>
        {
            await Task.Delay(exchange.Query.Name == "www.ecs.lab." ? 500 : 0);
            await Scripts.EveryName("ecs.lab.", "198.18.10.80")(exchange);
        });
        _ = await exam.AddressOfAsync("first.ecs.lab.");
        StubReply?[] replies = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => exam.Client.AskAsync(Query("www.ecs.lab.", i))));
        return Judge(exam, "www.ecs.lab.", 4, replies);
    }

    private static async Task<Finding> ScopeAsync(Examination exam)
    {
        exam.World.Zone("scope.lab.", "198.18.11.1", exchange =>
        {
            Message reply = exchange.Query.Reply().With(Record.A(exchange.Query.Name, "198.18.11.80"));
            reply.Options.Add((ClientSubnet, [0, 1, 24, 24, 203, 0, 1]));
            return exchange.SendAsync(reply);
        });
        _ = await exam.AddressOfAsync("first.scope.lab.");
        StubReply?[] replies =
        [
            await exam.Client.AskAsync(Query("www.scope.lab.", 1)),
            await exam.Client.AskAsync(Query("www.scope.lab.", 2)),
        ];
        return Judge(exam, "www.scope.lab.", 1, replies);
    }

    private static Finding Judge(Examination exam, string name, int most, StubReply?[] replies)
    {
        int asked = exam.World.CountBelow(name);
        int sent = exam.World.Seen.Count(static e => e.Query.HasOption(ClientSubnet));
        int echoed = replies.Count(static r => r is { } reply && reply.Message.HasOption(ClientSubnet));
        int answered = replies.Count(static r => r is { } reply && reply.Message.Addresses.Any());
        return new Finding(
            asked > 0 && asked <= most && sent == 0 && echoed == 0 && answered == replies.Length,
            $"{asked} queries, {sent} sent, {echoed} echoed, {answered} of {replies.Length} answered");
    }
}
