// Rows 16 and 20 where signatures are judged: keys, signatures and DS records that are made to cause work.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace Resolver.Threats;

/// <summary>The rows.</summary>
internal static class CryptoRows
{
    private const string Server = "198.18.20.1";
    private const string Good = "198.18.20.80";
    private const ushort Tag = 4711;
    private const string Asked = "SERVFAIL, <= 8 checks of these, < 100 ms CPU";

    // The checks that a name below lab. costs before its data: keys of the root, of lab. and of the zone, and
    // two DS.
    private const int ChainChecks = 5;
    private const int MostChecks = 8 + ChainChecks;
    private const double MostCpu = 100;

    public static IReadOnlyList<Row> All { get; } =
    [
        Judged(16, "11 aliases through signed zones, each answer forged at first; 10 servers each",
            "<= 128 queries, <= 5 s, answered then", ForgedAliasesAsync),
        Judged(20, "500 keys of one tag, 500 bad signatures", Asked, e => TrapAsync(e, 500, 500)),
        Judged(20, "200 keys of one tag, 500 bad signatures", Asked, e => TrapAsync(e, 200, 500)),
        Judged(20, "200 keys of one tag, 400 bad signatures, of P-384", Asked,
            e => TrapAsync(e, 200, 400, SigningKey.P384)),
        Judged(20, "one key, 500 bad signatures of it", Asked, e => TrapAsync(e, 1, 500)),
        Judged(20, "100 names of the trap, beside a client who asks for others",
            "< 5 ms CPU each, others' p99 < 50 ms", BesideAsync),
        Judged(20, "200 DS of one tag, 200 keys that have it", "SERVFAIL, < 100 ms CPU", ManySignersAsync),
        Judged(20, "200 keys that are none: short, long, off the curve, even moduli",
            "SERVFAIL, < 100 ms CPU", BadKeysAsync),
        Judged(20, "50 RSA keys of 4096 bits with exponents as long",
            "SERVFAIL, < 100 ms CPU", HugeKeysAsync),
    ];

    private static Row Judged(
        int number, string behaviour, string asked, Func<Examination, Task<Finding>> examine) =>
        new(number, behaviour, asked, examine) { Settings = SubjectSettings.Judging };

    // The first reply of each server to each question for data is forged: the walk of every link asks again.
    private static async Task<Finding> ForgedAliasesAsync(Examination exam)
    {
        const int Links = 11;
        for (int link = 0; link < Links; link++)
        {
            string zone = $"f{link}.lab.";
            Record[] servers = [.. Enumerable.Range(0, 10).Select(i => Record.NS(zone, $"n{i}.{zone}"))];
            string net = $"198.18.{100 + link}";
            Record[] glue = [.. servers.Select((s, i) => Record.A(s.Target!, $"{net}.{i + 1}"))];
            Record data = link == Links - 1
                ? Record.A("w." + zone, Good)
                : Record.Cname("w." + zone, $"w.f{link + 1}.lab.");
            SignedZone signed = new(exam.Signed.MakeKey(zone), () => [.. servers, .. glue, data]);
            exam.World.Delegate(
                zone, new World.Delegation(servers, glue) { Signers = [signed.Key.Signer] });
            HashSet<string> seen = [];
            foreach (Record address in glue)
            {
                exam.World.Serve(
                    address.Address.ToString(), e => e.SendAsync(ForgeFirst(signed, e, seen)));
            }
        }

        StubReply? reply = await exam.Client.AskAsync("w.f0.lab.", Types.A, 20000);
        int asked = exam.World.Seen.Count(static e => e.Query.Name != ".");
        double seconds = reply?.Elapsed.TotalSeconds ?? 20;

        // What was found good is kept: who asks again gets on.
        string then = await exam.AddressOfAsync("w.f0.lab.");
        return new Finding(asked <= 128 && seconds <= 5 && then == Good, string.Create(
            CultureInfo.InvariantCulture,
            $"{asked} queries, {seconds:F1} s, rcode {reply?.Message.Rcode}, then {then}"));
    }

    private static Message ForgeFirst(SignedZone zone, Exchange exchange, HashSet<string> seen)
    {
        Message reply = zone.Answer(exchange.Query);
        lock (seen)
        {
            if (reply.Answer.Count > 0 && exchange.Query.Type == Types.A && seen.Add(exchange.Query.Name))
            {
                Damage(reply.Answer);
            }
        }

        return reply;
    }

    private static async Task<Finding> TrapAsync(
        Examination exam, int keys, int signatures, byte algorithm = SigningKey.P256)
    {
        SetTrap(exam, keys, signatures, algorithm);
        return await CostAsync(exam, "www.trap.lab.", MostChecks);
    }

    private static async Task<Finding> BesideAsync(Examination exam)
    {
        const int Names = 100;
        SetTrap(exam, 200, 500, SigningKey.P256);
        _ = exam.Signed.Zone("good.lab.", "198.18.20.2", Record.A("www.good.lab.", Good));
        _ = await exam.AddressOfAsync("www.good.lab.");
        List<double> waits = [];
        bool isOver = false;
        Task beside = Task.Run(async () =>
        {
            using StubClient other = new("127.0.0.77");
            while (!Volatile(ref isOver))
            {
                waits.Add((await other.AskAsync("www.good.lab."))?.Elapsed.TotalMilliseconds ?? 6000);
                await Task.Delay(2);
            }
        });
        TimeSpan cpu = await exam.CpuOfAsync(() => Parallel.ForAsync(
            0,
            Names,
            new ParallelOptions { MaxDegreeOfParallelism = 10 },
            async (i, _) => await exam.Client.AskAsync($"t{i}.trap.lab.")));
        System.Threading.Volatile.Write(ref isOver, true);
        await beside;
        double each = cpu.TotalMilliseconds / Names;
        double p99 = waits.Order().ElementAt(waits.Count * 99 / 100);
        return new Finding(each < 5 && p99 < 50, string.Create(
            CultureInfo.InvariantCulture, $"{each:F1} ms each, p99 {p99:F1} ms"));
    }

    private static bool Volatile(ref bool value) => System.Threading.Volatile.Read(ref value);

    private static async Task<Finding> ManySignersAsync(Examination exam)
    {
        byte[][] keys = Collisions(200, SigningKey.P256);
        SigningKey key = exam.Signed.MakeKey("trap.lab.");
        SignedZone zone = new(key, () => SignedLab.Content(
            "trap.lab.", Server, Record.A("www.trap.lab.", Good)))
        {
            OtherKeys = [.. keys.Select(static k => new Record("trap.lab.", Types.Dnskey, 300, k))],
        };
        Record[] signers =
        [
            .. Enumerable.Range(0, 200).Select(static _ => new Record("trap.lab.", Types.DS, 300,
                [Tag >> 8, Tag & 0xFF, SigningKey.P256, 2, .. RandomNumberGenerator.GetBytes(32)])),
        ];
        exam.Signed.Add(zone, Server, signers);
        return await CostAsync(exam, "www.trap.lab.", int.MaxValue);
    }

    private static Task<Finding> BadKeysAsync(Examination exam) =>
        KeysAsync(exam, 200, static i => (i % 4) switch
        {
            0 => (SigningKey.P256, RandomNumberGenerator.GetBytes(63)),
            1 => (SigningKey.P256, RandomNumberGenerator.GetBytes(64)),
            2 => (SigningKey.P256, RandomNumberGenerator.GetBytes(65)),
            _ => (8, [3, 1, 0, 1, .. RandomNumberGenerator.GetBytes(127), 2]),
        });

    private static Task<Finding> HugeKeysAsync(Examination exam) => KeysAsync(exam, 50, static _ =>
        (8, [0, 2, 0, 0x7F, .. RandomNumberGenerator.GetBytes(510), 1,
            0xFF, .. RandomNumberGenerator.GetBytes(510), 1]));

    // Each key has a signature that only it could prove wrong.
    private static async Task<Finding> KeysAsync(
        Examination exam, int count, Func<int, (byte Algorithm, byte[] Key)> make)
    {
        Record[] keys =
        [
            .. Enumerable.Range(0, count).Select(make).Select(static k => new Record(
                "trap.lab.", Types.Dnskey, 300, [1, 0, 3, k.Algorithm, .. k.Key])),
        ];
        Serve(exam, keys, key => [.. keys.Select(k => Bad(key, k.Data[3], SigningKey.TagOf(k.Data)))]);
        return await CostAsync(exam, "www.trap.lab.", MostChecks);
    }

    private static void SetTrap(Examination exam, int keys, int signatures, byte algorithm)
    {
        Record[] same =
        [
            .. Collisions(keys, algorithm)
                .Select(static k => new Record("trap.lab.", Types.Dnskey, 300, k)),
        ];
        Serve(exam, same, key => [.. Enumerable.Range(0, signatures).Select(_ => Bad(key, algorithm, Tag))]);
    }

    // A zone whose keys are in order, and whose addresses have signatures that are not.
    private static void Serve(Examination exam, Record[] keys, Func<SigningKey, Record[]> sign)
    {
        SigningKey own = exam.Signed.MakeKey("trap.lab.");
        SignedZone zone = new(own, () => SignedLab.Content("trap.lab.", Server)) { OtherKeys = keys };
        exam.Signed.Add(zone, Server, [own.Signer]);
        Record[] signatures = sign(own);
        exam.World.Serve(Server, exchange =>
        {
            Message reply = zone.Answer(exchange.Query);
            if (exchange.Query.Type == Types.A && exchange.Query.Name != "ns.trap.lab.")
            {
                reply = exchange.Query.Reply().With(Record.A(exchange.Query.Name, Good));
                reply.Answer.AddRange(signatures.Select(s => s with { Owner = exchange.Query.Name }));
            }

            return exchange.SendAsync(reply);
        });
    }

    private static Record Bad(SigningKey key, byte algorithm, ushort tag)
    {
        Record good = key.Sign([Record.A("www.trap.lab.", Good)], lead =>
        {
            lead[2] = algorithm;
            lead[16] = (byte)(tag >> 8);
            lead[17] = (byte)tag;
        });
        int length = algorithm switch { SigningKey.P256 => 64, SigningKey.P384 => 96, _ => 512 };
        byte[] signature = RandomNumberGenerator.GetBytes(length);
        signature[0] &= 0x3F;
        signature[length / 2] &= 0x3F;
        return good with { Data = [.. good.Data.AsSpan(0, good.Data.Length - 64), .. signature] };
    }

    // Keys of one tag: what a key's own octets leave to be desired, its flags make good.
    private static byte[][] Collisions(int count, byte algorithm)
    {
        List<byte[]> keys = [];
        while (keys.Count < count)
        {
            byte[] key = SigningKey.MakeRdata(0, algorithm);
            ushort flags = (ushort)(Tag - SigningKey.TagOf(key));
            (key[0], key[1]) = ((byte)((flags >> 8) & 0x7F), (byte)flags);
            if ((key[0] & 1) != 0 && (key[1] & 0x80) == 0 && SigningKey.TagOf(key) == Tag)
            {
                keys.Add(key);
            }
        }

        return [.. keys];
    }

    private static async Task<Finding> CostAsync(Examination exam, string name, int mostChecks)
    {
        long before = await exam.Subject.ReadChecksAsync();
        StubReply? reply = null;
        TimeSpan cpu = await exam.CpuOfAsync(async () => reply = await exam.Client.AskAsync(name));
        long checks = await exam.Subject.ReadChecksAsync() - before;
        bool isGood = reply?.Message.Rcode == 2 && cpu.TotalMilliseconds < MostCpu && checks <= mostChecks;
        string counted = exam.Subject.Kind.IsOurs ? $", {checks} checks" : "";
        return new Finding(isGood, string.Create(
            CultureInfo.InvariantCulture,
            $"rcode {reply?.Message.Rcode}{counted}, {cpu.TotalMilliseconds:F0} ms"));
    }

    private static void Damage(List<Record> section)
    {
        int at = section.FindIndex(static r => r.Type == Types.Rrsig);
        byte[] data = [.. section[at].Data];
        data[^1] ^= 1;
        section[at] = section[at] with { Data = data };
    }
}
