// A simulated internet on real addresses, for resolvers of any make, and the client that times them.
//   addresses FOLDER                       "live ADDRESS" or "dead ADDRESS" for every server address
//   serve FOLDER COUNTS                    answers at port 53 of the live ones, and at COUNTS says how often
//   ask SERVER QUESTIONS RATE COUNTS TIMES each question of the file once, so many a second
// bench/peers/run --workloads latency starts them inside its namespace.
using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Testing;

namespace Resolver.Internet;

internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["addresses", string folder]:
                ListAddresses(SimulatedInternet.Load(folder));
                return 0;
            case ["serve", string folder, string counts]:
                return await ServeAsync(folder, InetEndpoint.From(IPEndPoint.Parse(counts)));
            case ["ask", string server, string questions, string rate, string counts, string times]:
                using (QueryCounts asked = new(IPEndPoint.Parse(counts)))
                using (FirstTimes run = new(IPEndPoint.Parse(server), File.ReadAllLines(questions)))
                {
                    long before = asked.Read();
                    run.Ask(double.Parse(rate, CultureInfo.InvariantCulture));
                    File.WriteAllLines(times, run.Describe(asked.Read() - before));
                }

                return 0;
            default:
                Console.Error.WriteLine("usage: addresses FOLDER | serve FOLDER COUNTS"
                    + " | ask SERVER QUESTIONS RATE COUNTS TIMES");
                return 2;
        }
    }

    private static void ListAddresses(SimulatedInternet internet)
    {
        foreach (SimulatedServer server in internet.Servers)
        {
            foreach (IPAddress address in server.Addresses)
            {
                Console.WriteLine($"{(server.Fault == ServerFault.Dead ? "dead" : "live")} {address}");
            }
        }
    }

    private static async Task<int> ServeAsync(string folder, InetEndpoint counts)
    {
        await using ServedInternet served = new(SimulatedInternet.Load(folder));
        if (served.Listen(counts) is { } trouble)
        {
            await Console.Error.WriteLineAsync(trouble);
            return 1;
        }

        served.Start();
        Console.WriteLine("ready");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
