// Rows 24, 25 and 27: data that was not judged, algorithms that nobody knows, data that has expired.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>The rows.</summary>
internal static class TrustRows
{
    private const string Server = "198.18.24.1";
    private const string Good = "198.18.24.80";
    private const string Evil = "198.18.66.6";
    private const byte Unknown = 200;

    public static IReadOnlyList<Row> All { get; } =
    [
        Judged(24, "a forged NXDOMAIN fetched with CD, beside secure data",
            "the secure address, AD", ForgedDenialAsync),
        Judged(24, "a forged address fetched with CD before the true one",
            "the secure address, AD", ForgedDataAsync),
        Judged(25, "DS of algorithms 13 and 200, signatures of 200 alone",
            "SERVFAIL", e => DowngradeAsync(e, hasKnown: true)),
        Judged(25, "DS of algorithm 200 alone",
            "the address without AD", e => DowngradeAsync(e, hasKnown: false)),
        Judged(27, "expired data whose server has become bogus", "SERVFAIL, not stale", StaleAsync) with
        {
            Settings = SubjectSettings.Judging with { UnboundServer = ["serve-expired: yes"] },
        },
    ];

    private static Row Judged(
        int number, string behaviour, string asked, Func<Examination, Task<Finding>> examine) =>
        new(number, behaviour, asked, examine) { Settings = SubjectSettings.Judging };

    private static async Task<Finding> ForgedDenialAsync(Examination exam)
    {
        SignedZone zone = exam.Signed.Zone("rank.lab.", Server, Record.A("www.rank.lab.", Good));
        StubReply? before = await AskAsync(exam, "www.rank.lab.", Types.A);
        exam.World.Serve(Server, exchange =>
        {
            Message reply = exchange.Query.Reply(3);
            reply.Authority.Add(Record.Soa(zone.Apex));
            return exchange.SendAsync(reply);
        });
        StubReply? forged = await AskAsync(exam, "www.rank.lab.", Types.MX, isUnchecked: true);
        StubReply? after = await AskAsync(exam, "www.rank.lab.", Types.A);
        return new Finding(
            Describe(before) == Describe(after) && Describe(after) == Good + " AD",
            $"{Describe(before)}, CD: {Describe(forged)}, then {Describe(after)}");
    }

    private static async Task<Finding> ForgedDataAsync(Examination exam)
    {
        SignedZone zone = exam.Signed.Zone("rank.lab.", Server, Record.A("www.rank.lab.", Good));
        exam.World.Serve(Server, exchange => exchange.SendAsync(
            exchange.Query.Type == Types.A
                ? exchange.Query.Reply().With(Record.A(exchange.Query.Name, Evil, 3600))
                : zone.Answer(exchange.Query)));
        StubReply? forged = await AskAsync(exam, "www.rank.lab.", Types.A, isUnchecked: true);
        exam.World.Serve(Server, exchange => exchange.SendAsync(zone.Answer(exchange.Query)));
        StubReply? after = await AskAsync(exam, "www.rank.lab.", Types.A);
        return new Finding(
            Describe(after) == Good + " AD", $"CD: {Describe(forged)}, then {Describe(after)}");
    }

    private static async Task<Finding> DowngradeAsync(Examination exam, bool hasKnown)
    {
        SigningKey known = exam.Signed.MakeKey("down.lab.");
        SigningKey own = exam.Signed.MakeKey("down.lab.");
        SigningKey unknown = new("down.lab.") { Rdata = [.. own.Rdata[..3], Unknown, .. own.Rdata[4..]] };
        using (unknown)
        {
            SignedZone zone = new(unknown, () => SignedLab.Content(
                "down.lab.", Server, Record.A("www.down.lab.", Good)))
            {
                OtherKeys = hasKnown ? [known.Dnskey] : [],
            };
            exam.Signed.Add(zone, Server, hasKnown ? [known.Signer, unknown.Signer] : [unknown.Signer]);
            StubReply? reply = await AskAsync(exam, "www.down.lab.", Types.A);
            return new Finding(Describe(reply) == (hasKnown ? "rcode 2" : Good), Describe(reply));
        }
    }

    private static async Task<Finding> StaleAsync(Examination exam)
    {
        SignedZone zone = exam.Signed.Zone("stale.lab.", Server, Record.A("www.stale.lab.", Good, 2));
        StubReply? before = await AskAsync(exam, "www.stale.lab.", Types.A);
        exam.World.Serve(Server, exchange =>
        {
            Message reply = zone.Answer(exchange.Query);
            if (exchange.Query.Type == Types.A)
            {
                reply.Answer.RemoveAll(static r => r.Type == Types.Rrsig);
            }

            return exchange.SendAsync(reply);
        });
        await Task.Delay(3000);
        List<string> after = [];
        for (int i = 0; i < 3; i++)
        {
            after.Add(Describe(await AskAsync(exam, "www.stale.lab.", Types.A)));
            await Task.Delay(300);
        }

        return new Finding(
            Describe(before) == Good + " AD" && after.All(static a => a == "rcode 2"),
            $"{Describe(before)}, then {string.Join(", ", after.Distinct())}");
    }

    private static Task<StubReply?> AskAsync(
        Examination exam, string name, ushort type, bool isUnchecked = false)
    {
        Message query = Message.Query(name, type);
        query.IsDnssecOk = true;
        query.Flags |= isUnchecked ? Message.CheckingDisabled : (ushort)0;
        return exam.Client.AskAsync(query);
    }

    private static string Describe(StubReply? reply) =>
        reply is null ? "no reply"
        : (reply.Message.Addresses.FirstOrDefault() ?? $"rcode {reply.Message.Rcode}")
            + (reply.Message.IsAuthentic ? " AD" : "");
}
