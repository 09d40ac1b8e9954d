// The small programs of bench/peers/run, started inside its namespace: a name server that takes its time,
// clients good and bad, clients whose slowest answers count, and one that waits for the first answer.
//   slow ADDRESS:PORT MILLISECONDS
//   load ADDRESS:PORT ZONES SECONDS SEED
//   tail ADDRESS:PORT ZONES HITS-A-SECOND MISSES-A-SECOND SECONDS SEED
//   first ADDRESS:PORT NAME SECONDS
using System;
using System.Globalization;
using System.Net;

namespace Resolver.Attack;

internal static class Program
{
    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["slow", string address, string milliseconds]:
                TimeSpan delay = TimeSpan.FromMilliseconds(Number(milliseconds));
                new SlowAuthority(IPEndPoint.Parse(address), delay).Run();
                return 0;
            case ["load", string address, string zones, string seconds, string seed]:
                AttackPlan plan = new(
                    IPEndPoint.Parse(address), Number(zones), Number(seconds), Number(seed));
                using (AttackLoad load = new(plan))
                {
                    load.Run();
                    Console.WriteLine(load.Report());
                }

                return 0;
            case ["tail", string server, .. { Length: 5 } numbers]:
                TailPlan tail = new(Number(numbers[0]), Number(numbers[1]), Number(numbers[2]),
                    Number(numbers[3]), Number(numbers[4]));
                using (TailLoad load = new(IPEndPoint.Parse(server), tail))
                {
                    load.Run();
                    Console.WriteLine(load.Report());
                }

                return 0;
            case ["first", string server, string name, string seconds]:
                TimeSpan patience = TimeSpan.FromSeconds(Number(seconds));
                return FirstAnswer.Await(IPEndPoint.Parse(server), name, patience) ? 0 : 1;
            default:
                Console.Error.WriteLine(
                    "usage: slow ADDRESS:PORT MILLISECONDS | load ADDRESS:PORT ZONES SECONDS SEED"
                    + " | tail ADDRESS:PORT ZONES HITS-A-SECOND MISSES-A-SECOND SECONDS SEED"
                    + " | first ADDRESS:PORT NAME SECONDS");
                return 2;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
