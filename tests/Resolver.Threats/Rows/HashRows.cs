// Row 21: proofs of absence that are made to cost too much.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>The rows.</summary>
internal static class HashRows
{
    private const string Server = "198.18.21.1";
    private const string Good = "198.18.21.80";
    private const int Names = 20;
    private const int Patience = 2000;
    private const string Cheap = "no AD, < 5 ms CPU each";

    public static IReadOnlyList<Row> All { get; } =
    [
        Judged(21, "20 names of 110 labels, 500 iterations", Cheap, e => DeepAsync(e, 500)),
        Judged(21, "20 names of 110 labels, 50 iterations",
            "a reply, < 5 ms CPU each", e => DeepAsync(e, 50)),
        Judged(21, "an unsigned delegation proven with 65535 iterations", Cheap, IterationsAtCutAsync),
        Judged(21, "20 denials behind 100 signed NSEC3 each",
            "NXDOMAIN, AD, <= 32 checks, < 10 ms CPU each", e => PaddedAsync(e, 100)),
        Judged(21, "20 denials behind 200 signed NSEC3 each",
            "<= 32 checks, < 10 ms CPU each", e => PaddedAsync(e, 200)),
    ];

    private static Row Judged(
        int number, string behaviour, string asked, Func<Examination, Task<Finding>> examine) =>
        new(number, behaviour, asked, examine) { Settings = SubjectSettings.Judging };

    private static async Task<Finding> DeepAsync(Examination exam, ushort iterations)
    {
        SigningKey key = exam.Signed.MakeKey("n3.lab.");
        SignedZone zone = new(key, () => SignedLab.Content("n3.lab.", Server))
        {
            Hashing = new Hashing(iterations),
        };
        exam.Signed.Add(zone, Server, [key.Signer]);
        string labels = string.Concat(Enumerable.Repeat("a.", 109));
        _ = await exam.Client.AskAsync("first.n3.lab.");
        StubReply?[] replies = new StubReply?[Names];
        TimeSpan cpu = await exam.CpuOfAsync(async () =>
        {
            for (int i = 0; i < Names; i++)
            {
                replies[i] = await exam.Client.AskAsync(Query(labels + $"x{i}.n3.lab."), Patience);
            }
        });
        bool isRight = iterations <= 50 || replies.All(static r => r?.Message.IsAuthentic == false);
        return Cost(isRight, replies[^1], cpu, 5);
    }

    private static async Task<Finding> IterationsAtCutAsync(Examination exam)
    {
        SigningKey key = exam.Signed.MakeKey("n3.lab.");
        Hashing hashing = new(ushort.MaxValue);
        SignedZone zone = new(key, () => SignedLab.Content("n3.lab.", Server)) { Hashing = hashing };
        exam.Signed.Add(zone, Server, [key.Signer]);
        exam.World.Serve("198.18.21.2", Scripts.EveryName("u.n3.lab.", Good));

        // The proof is made once for each: hashing so often takes the server longer than the resolver.
        Message[] referrals = new Message[Names];
        for (int i = 0; i < Names; i++)
        {
            string cut = $"u{i}.n3.lab.";
            Record proof = new(
                DenialChain.OwnerOf(DenialChain.Hash(cut, hashing), "n3.lab."),
                Types.Nsec3,
                60,
                DenialChain.MakeHashed(hashing, new string('v', 32), DenialChain.MakeBitmap([Types.NS])));
            referrals[i] = new Message();
            referrals[i].Authority.Add(Record.NS(cut, "ns." + cut));
            referrals[i].Authority.AddRange(zone.Signed(proof));
            referrals[i].Additional.Add(Record.A("ns." + cut, "198.18.21.2"));
        }

        exam.World.Serve(Server, exchange => exchange.SendAsync(AtCut(zone, exchange.Query, referrals)));
        _ = await exam.Client.AskAsync("ns.n3.lab.");
        StubReply?[] replies = new StubReply?[Names];
        TimeSpan cpu = await exam.CpuOfAsync(async () =>
        {
            for (int i = 0; i < Names; i++)
            {
                replies[i] = await exam.Client.AskAsync(Query($"www.u{i}.n3.lab."));
            }
        });
        return Cost(replies.All(static r => r?.Message.IsAuthentic == false), replies[^1], cpu, 5);
    }

    private static Message AtCut(SignedZone zone, Message query, Message[] referrals)
    {
        Message? referral =
            referrals.FirstOrDefault(r => World.IsBelow(query.Name, r.Authority[0].Owner));
        if (referral is null)
        {
            // Keys and addresses need no hashes; denials of others are not asked for here.
            Message answer = query.Reply();
            answer.Answer.AddRange(query.Type == Types.Dnskey ? zone.Signed(zone.Key.Dnskey)
                : query.Name == "ns.n3.lab." ? zone.Signed(Record.A(query.Name, Server)) : []);
            return answer;
        }

        Message reply = query.Reply();
        bool isOfSigner = query.Type == Types.DS && query.Name == referral.Authority[0].Owner;
        if (isOfSigner)
        {
            reply.Authority.AddRange([.. zone.Signed(Record.Soa(zone.Apex)), .. referral.Authority.Skip(1)]);
            return reply;
        }

        reply.Flags &= unchecked((ushort)~Message.Authoritative);
        reply.Authority.AddRange(referral.Authority);
        reply.Additional.AddRange(referral.Additional);
        return reply;
    }

    private static async Task<Finding> PaddedAsync(Examination exam, int count)
    {
        SigningKey key = exam.Signed.MakeKey("n3.lab.");
        Hashing hashing = new(0);
        SignedZone zone = new(key, () => SignedLab.Content("n3.lab.", Server)) { Hashing = hashing };
        exam.Signed.Add(zone, Server, [key.Signer]);
        Record[] padding = [.. Enumerable.Range(0, count).SelectMany(i => zone.Signed(new Record(
            DenialChain.OwnerOf(DenialChain.Hash($"p{i}.n3.lab.", hashing), "n3.lab."),
            Types.Nsec3,
            60,
            DenialChain.MakeHashed(
                hashing, DenialChain.Hash($"q{i}.n3.lab.", hashing), DenialChain.MakeBitmap([Types.A])))))];
        exam.World.Serve(Server, exchange =>
        {
            Message reply = zone.Answer(exchange.Query);
            reply.Authority.InsertRange(0, reply.Rcode == 3 ? padding : []);
            return exchange.SendAsync(reply);
        });
        _ = await exam.Client.AskAsync("ns.n3.lab.");
        long before = await exam.Subject.ReadChecksAsync();
        StubReply? last = null;
        TimeSpan cpu = await exam.CpuOfAsync(async () =>
        {
            for (int i = 0; i < Names; i++)
            {
                last = await exam.Client.AskAsync(Query($"x{i}.n3.lab."));
            }
        });
        long checks = (await exam.Subject.ReadChecksAsync() - before) / Names;
        bool isRight = checks <= 32 && (count > 100 || last?.Message is { Rcode: 3, IsAuthentic: true });
        return Cost(isRight, last, cpu, 10, exam.Subject.Kind.IsOurs ? $", {checks} checks each" : "");
    }

    private static Message Query(string name)
    {
        Message query = Message.Query(name, Types.A);
        query.IsDnssecOk = true;
        return query;
    }

    private static Finding Cost(bool isRight, StubReply? last, TimeSpan cpu, double most, string counted = "")
    {
        double each = cpu.TotalMilliseconds / Names;
        string told = last is null ? "no reply"
            : $"rcode {last.Message.Rcode}{(last.Message.IsAuthentic ? " AD" : "")}";
        return new Finding(
            isRight && last is not null && each < most,
            string.Create(CultureInfo.InvariantCulture, $"{told}{counted}, {each:F1} ms each"));
    }
}
