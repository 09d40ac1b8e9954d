// What one exchange costs in memory, in steady state: counted, not timed.
using System;
using System.Threading.Tasks;
using Resolver.Engine;
using Xunit;

namespace Resolver.Transport.Tests;

public sealed class UpstreamAllocationTests
{
    // The socket object of the epoll loop, when the port drawn has none parked.
    private const long MostPerDatagram = 160;

    [Fact]
    public async Task A_udp_exchange_allocates_its_socket_at_most()
    {
        Assert.SkipUnless(Libc.IsSupported, "epoll is Linux's");
        await using DatagramServer server = DatagramServer.Echo();
        await using var upstream = new UpstreamHarness(LoopKind.Epoll);
        byte[] query = TestMessages.Query(0x0707, "memory.example");
        var request = new ExchangeRequest(
            server.Endpoint, ExchangeTransport.Udp, query, UpstreamHarness.Long);
        await upstream.Loops.RunAsync(upstream.Loops.Loops[0], async () =>
        {
            await AskAsync(upstream.Upstreams[0], request, 3000);
            long before = GC.GetAllocatedBytesForCurrentThread();
            await AskAsync(upstream.Upstreams[0], request, 1000);
            long each = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;
            TestContext.Current.TestOutputHelper?.WriteLine($"{each} octets per exchange");
            Assert.InRange(each, 0, MostPerDatagram);
        });
    }

    private static async Task AskAsync(SocketUpstream upstream, ExchangeRequest request, int count)
    {
        for (int i = 0; i < count; i++)
        {
            using ExchangeOutcome outcome = await upstream.ExchangeAsync(request);
            if (outcome.Status != ExchangeStatus.Reply)
            {
                Assert.Fail("no reply");
            }
        }
    }
}
