// Rows 22, 23 and 26: proofs of absence and wildcards that say too much, or too little.
using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>The rows.</summary>
internal static class ProofRows
{
    private const string Server = "198.18.21.1";
    private const string Good = "198.18.21.80";
    private const string Evil = "198.18.66.6";

    public static IReadOnlyList<Row> All { get; } =
    [
        Judged(22, "a signature with fewer labels than its signer",
            "SERVFAIL; nothing made of it", LabelsAsync),
        Judged(23, "an NSEC that ends outside its zone", "what exists still resolves", NextOutsideAsync),
        Judged(23, "an NSEC3 of the zone above, and one below a foreign name",
            "SERVFAIL; what exists still resolves", ForeignHashAsync),
        Judged(23, "the parent's NSEC of the delegation denies names below it",
            "SERVFAIL; what exists still resolves", GrandparentAsync),
        Judged(26, "a wildcard alias without its proof", "SERVFAIL", e => GapAsync(e, isMixed: false)),
        Judged(26, "a denial by NSEC and NSEC3 at once", "SERVFAIL, alive", e => GapAsync(e, isMixed: true)),
    ];

    private static Row Judged(
        int number, string behaviour, string asked, Func<Examination, Task<Finding>> examine) =>
        new(number, behaviour, asked, examine) { Settings = SubjectSettings.Judging };

    // www.evil22.lab. as if made from *.lab., which only lab. could have signed.
    private static async Task<Finding> LabelsAsync(Examination exam)
    {
        SignedZone victim =
            exam.Signed.Zone("victim.lab.", "198.18.22.2", Record.A("www.victim.lab.", Good));
        SignedZone zone = exam.Signed.Zone("evil22.lab.", Server);
        exam.World.Serve(Server, exchange =>
        {
            string name = exchange.Query.Name;
            if (exchange.Query.Type != Types.A || name == "ns.evil22.lab.")
            {
                return exchange.SendAsync(zone.Answer(exchange.Query));
            }

            Message reply = exchange.Query.Reply();
            foreach (Record record in zone.Signed(Record.A("*.lab.", Evil)))
            {
                reply.Answer.Add(record with { Owner = name });
            }

            reply.Authority.AddRange(zone.Denial(name));
            return exchange.SendAsync(reply);
        });
        StubReply? forged = await exam.Client.AskAsync(Query("www.evil22.lab."));
        string[] after =
        [
            await exam.AddressOfAsync("www." + victim.Apex), await exam.AddressOfAsync("x.victim.lab."),
            await exam.AddressOfAsync("absent.lab."),
        ];
        bool isGood = forged?.Message.Rcode == 2 && after is [Good, "rcode 3", "rcode 3"];
        return new Finding(isGood, $"rcode {forged?.Message.Rcode}, then {string.Join(", ", after)}");
    }

    // Signed by the zone's own key, the range would reach over its brothers in lab.
    private static async Task<Finding> NextOutsideAsync(Examination exam)
    {
        SignedZone victim =
            exam.Signed.Zone("f-victim.lab.", "198.18.22.2", Record.A("www.f-victim.lab.", Good));
        SignedZone zone = exam.Signed.Zone("e-evil.lab.", Server);
        exam.World.Serve(Server, exchange =>
        {
            Message reply = zone.Answer(exchange.Query);
            if (reply.Rcode == 3)
            {
                reply.Authority.Clear();
                reply.Authority.AddRange(zone.Signed(Record.Soa(zone.Apex)));
                reply.Authority.AddRange(zone.Signed(Nsec(zone.Apex, "z.lab.")));
            }

            return exchange.SendAsync(reply);
        });
        _ = await exam.AddressOfAsync("ns.e-evil.lab.");
        StubReply? denied = await exam.Client.AskAsync(Query("x.e-evil.lab."));
        string answer = await exam.AddressOfAsync("www." + victim.Apex);
        return new Finding(
            answer == Good && denied?.Message.IsAuthentic != true,
            $"rcode {denied?.Message.Rcode}, then {answer}");
    }

    // child.evil.lab. is a signed zone of its own; the zone above speaks of its names with its own key, once
    // by hashes below its own apex, once by hashes below the child's.
    private static async Task<Finding> ForeignHashAsync(Examination exam)
    {
        SigningKey childKey = exam.Signed.MakeKey("child.evil.lab.");
        SignedZone child = new(childKey, () => SignedLab.Content(
            "child.evil.lab.", "198.18.22.3", Record.A("www.child.evil.lab.", Good)));
        SigningKey key = exam.Signed.MakeKey("evil.lab.");
        SignedZone zone = new(key, () =>
        [
            .. SignedLab.Content("evil.lab.", Server), childKey.Signer,
            .. SignedLab.Content("child.evil.lab.", "198.18.22.3"),
        ])
        {
            Hashing = new Hashing(0),
        };
        exam.Signed.Add(zone, Server, [key.Signer]);
        exam.World.Serve("198.18.22.3", exchange =>
        {
            Message reply = child.Answer(exchange.Query);
            if (exchange.Query.Name.StartsWith("deny", StringComparison.Ordinal))
            {
                string apex = exchange.Query.Name.StartsWith("deny1", StringComparison.Ordinal)
                    ? zone.Apex : child.Apex;
                reply.Rcode = 3;
                reply.Answer.Clear();
                reply.Authority.Clear();
                reply.Authority.AddRange(child.Signed(Record.Soa(child.Apex)));
                reply.Authority.AddRange(zone.Signed(Everything(apex, child.Apex)));
            }

            return exchange.SendAsync(reply);
        });
        _ = await exam.AddressOfAsync("ns.child.evil.lab.");
        StubReply? first = await exam.Client.AskAsync(Query("deny1.child.evil.lab."));
        StubReply? second = await exam.Client.AskAsync(Query("deny2.child.evil.lab."));
        string answer = await exam.AddressOfAsync("www.child.evil.lab.");
        return new Finding(
            first?.Message.Rcode == 2 && second?.Message.Rcode == 2 && answer == Good,
            $"rcodes {first?.Message.Rcode} and {second?.Message.Rcode}, then {answer}");
    }

    // What one on the path of the child's servers can replay: the parent's own, good proof.
    private static async Task<Finding> GrandparentAsync(Examination exam)
    {
        SignedZone child = exam.Signed.Zone("kid.lab.", Server, Record.A("www.kid.lab.", Good));
        exam.World.Serve(Server, exchange =>
        {
            Message reply = child.Answer(exchange.Query);
            if (exchange.Query.Name.StartsWith("gone", StringComparison.Ordinal))
            {
                reply.Rcode = 3;
                reply.Answer.Clear();
                reply.Authority.Clear();
                reply.Authority.AddRange(exam.Signed.Lab.Denial("kid.lab."));
            }

            return exchange.SendAsync(reply);
        });
        _ = await exam.AddressOfAsync("ns.kid.lab.");
        StubReply? denied = await exam.Client.AskAsync(Query("gone.kid.lab."));
        string answer = await exam.AddressOfAsync("www.kid.lab.");
        return new Finding(
            denied?.Message.Rcode == 2 && answer == Good, $"rcode {denied?.Message.Rcode}, then {answer}");
    }

    private static async Task<Finding> GapAsync(Examination exam, bool isMixed)
    {
        SignedZone zone = exam.Signed.Zone(
            "gap.lab.", Server, Record.Cname("*.w.gap.lab.", "www.gap.lab."), Record.A("www.gap.lab.", Good));
        exam.World.Serve(Server, exchange =>
        {
            Message reply = zone.Answer(exchange.Query);
            if (!isMixed && exchange.Query.Name.EndsWith(".w.gap.lab.", StringComparison.Ordinal))
            {
                reply.Authority.Clear();
            }

            if (isMixed && reply.Rcode == 3)
            {
                reply.Authority.AddRange(zone.Signed(Everything(zone.Apex, zone.Apex)));
            }

            return exchange.SendAsync(reply);
        });
        _ = await exam.AddressOfAsync("www.gap.lab.");
        string name = isMixed ? "absent.gap.lab." : "a.w.gap.lab.";
        StubReply? reply = await exam.Client.AskAsync(Query(name));
        return new Finding(reply?.Message.Rcode == 2, $"rcode {reply?.Message.Rcode}");
    }

    // One hash, that of a name, and no other: so it covers all others.
    private static Record Everything(string zone, string name)
    {
        Hashing hashing = new(0);
        string hash = DenialChain.Hash(name, hashing);
        return new Record(
            DenialChain.OwnerOf(hash, zone), Types.Nsec3, 60,
            DenialChain.MakeHashed(hashing, hash, DenialChain.MakeBitmap([Types.NS, Types.Soa])));
    }

    private static Record Nsec(string owner, string next) => new(
        owner, Types.Nsec, 60,
        [
            .. NameText.ToWire(next),
            .. DenialChain.MakeBitmap([Types.NS, Types.Soa, Types.Rrsig, Types.Nsec]),
        ]);

    private static Message Query(string name)
    {
        Message query = Message.Query(name, Types.A);
        query.IsDnssecOk = true;
        return query;
    }
}
