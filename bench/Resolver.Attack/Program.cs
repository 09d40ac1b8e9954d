// The attack bench's two programs: a name server that takes its time, and the clients, good and bad.
//   slow ADDRESS:PORT MILLISECONDS
//   load ADDRESS:PORT ZONES SECONDS SEED
// bench/peers/run --workloads attack starts both inside its namespace.
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
            default:
                Console.Error.WriteLine(
                    "usage: slow ADDRESS:PORT MILLISECONDS | load ADDRESS:PORT ZONES SECONDS SEED");
                return 2;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
