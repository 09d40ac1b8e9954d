// The least that an answer from the cache can cost here: the loop and the listeners of the product, with a
// handler that reads nothing and appends one fixed address to every question. What the resolver costs above
// it are codec, cache and policy. A stand-in under measurement, not a server.
//
//   Resolver.Floor ADDRESS:PORT
using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Transport;

namespace Resolver.Floor;

internal static class Program
{
    // Owner by pointer, A, IN, 300 s, 192.0.2.1.
    private static ReadOnlySpan<byte> Record => [0xC0, 12, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, 192, 0, 2, 1];

    private static async Task<int> Main(string[] arguments)
    {
        if (arguments.Length != 1 || !IPEndPoint.TryParse(arguments[0], out IPEndPoint? address))
        {
            Console.Error.WriteLine("usage: Resolver.Floor ADDRESS:PORT");
            return 2;
        }

        await using LoopGroup group = new(new LoopGroupOptions { Count = 1 });
        QueryListeners listeners = new(group, static _ => Answer, ResolverLimits.Default);
        var wanted = new InetEndpoint(InetAddress.Parse(address.Address.ToString()), (ushort)address.Port);
        if (listeners.Add(wanted, new DatagramListenOptions(), out SocketResult result) is null)
        {
            Console.Error.WriteLine($"cannot listen on {address}: {result}");
            return 1;
        }

        group.Start();
        Console.WriteLine($"ready {address}");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    // The OPT record of the query, if there is one, is left out; dnsperf sends none.
    private static int Answer(ReadOnlySpan<byte> query, ref QueryArrival arrival, Span<byte> reply)
    {
        query.CopyTo(reply);
        reply[2] |= 0x80;
        reply[3] = 0x80;
        reply[7] = 1;
        Record.CopyTo(reply[query.Length..]);
        return query.Length + Record.Length;
    }
}
