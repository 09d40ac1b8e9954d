// The metrics page, over HTTP from the real program; and the text format.
using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging.Console;
using Resolver.Engine;
using Resolver.Wire;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class MetricsTests
{
    [Fact]
    public async Task The_page_counts_what_clients_asked_and_answers_to_loopback_names_alone()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        (ServerProcess server, IPEndPoint address) = await ServerProcess.ServeAsync(
            "--internet", "sample", "--set", "metrics.listen=127.0.0.1:0", "--set", "log.level=information",
            "--set", "log.queries=true");
        await using (server)
        {
            string line = await server.WaitForErrorAsync("Metrics on http://");
            Uri page = new(line[line.IndexOf("http://", StringComparison.Ordinal)..].TrimEnd('.'));
            byte[] query = QueryMessage.Create(DomainName.Parse("a\\032b.example.com"), RRType.Aaaa, false);
            Assert.NotNull(await new ServerExchange(address, TimeProvider.System).AskAsync(query, false));
            Assert.NotNull(await new ServerExchange(address, TimeProvider.System).AskAsync(query, true));
            string logged = await server.WaitForErrorAsync("Resolver.Queries");
            Assert.Matches(
                @"127\.0\.0\.1:\d+ udp a\\032b\.example\.com\. AAAA NXDOMAIN \d+\.\d ms miss$", logged);
            logged = await server.WaitForErrorAsync("Resolver.Queries");
            Assert.Matches(@" tcp a\\032b\.example\.com\. AAAA NXDOMAIN \d+\.\d ms hit$", logged);

            using HttpClient client = new();
            string text = await client.GetStringAsync(page, cancellation);
            foreach (string expected in (string[])
            [
                "resolver_client_queries_total{transport=\"udp\",type=\"AAAA\"} 1\n",
                "resolver_client_queries_total{transport=\"tcp\",type=\"AAAA\"} 1\n",
                "resolver_client_answers_total{rcode=\"NXDOMAIN\"} 2\n",
                "resolver_cache_lookups_total{result=\"hit\"} 1\n",
                "resolver_client_latency_seconds_count 2\n",
                "resolver_query_headroom_ratio_count 2\n",
                "resolver_walks_in_flight 0\n",
                "resolver_listener_messages_total{kind=\"udp_query\"} 1\n",
                "# TYPE resolver_upstream_round_trip_seconds histogram\n",
            ])
            {
                Assert.Contains(expected, text, StringComparison.Ordinal);
            }

            using HttpRequestMessage foreign = new(HttpMethod.Get, page);
            foreign.Headers.Host = "rebound.example";
            using HttpResponseMessage refused = await client.SendAsync(foreign, cancellation);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            using HttpResponseMessage elsewhere = await client.GetAsync(
                new Uri(page, "/other"), cancellation);
            Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        }
    }

    [Fact]
    public async Task An_address_that_is_taken_ends_serve_before_it_is_ready()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        await using ServerProcess server = ServerProcess.Start(
            "serve", "--internet", "sample", "--listen", "127.0.0.1:0", "--set",
            $"metrics.listen={taken.LocalEndpoint}");
        await server.WaitForErrorAsync($"cannot serve metrics on {taken.LocalEndpoint}");
        (int status, string[] output) = await server.WaitForEndAsync();
        Assert.Equal(1, status);
        Assert.Empty(output);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task More_connections_than_the_limit_are_closed_at_once(int most)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Meter meter = new("test");
        ResolverLimits limits = new() { MaxMetricsConnections = most };
        await using MetricsServer server = new(
            meter, new IPEndPoint(IPAddress.Loopback, 0), limits.MaxMetricsConnections);
        Assert.Null(await server.StartAsync());
        List<TcpClient> kept = [];
        for (int i = 0; i <= most; i++)
        {
            TcpClient client = new();
            kept.Add(client);
            await client.ConnectAsync(server.Address, cancellation);
            byte[] request = Encoding.ASCII.GetBytes("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
            int length = 0;
            try
            {
                await client.GetStream().WriteAsync(request, cancellation);
                length = await client.GetStream().ReadAsync(new byte[65536], cancellation);
            }
            catch (IOException)
            {
                // Closed while it was written to.
            }

            Assert.Equal(i < most, length > 0);
        }

        kept.ForEach(static client => client.Dispose());
    }

    [Fact]
    public void Lines_of_the_log_beyond_the_limit_are_left_out()
    {
        ConsoleLoggerOptions console = ConsoleLog.OptionsFor(new ResolverLimits { MaxLogLinesWaiting = 123 });
        Assert.Equal(
            (123, ConsoleLoggerQueueFullMode.DropWrite), (console.MaxQueueLength, console.QueueFullMode));
    }

    [Fact]
    public void The_text_has_help_type_labels_and_cumulative_buckets()
    {
        using Meter meter = new("test");
        using Meter other = new("test");
        using MetricsReader reader = new(meter);
        Histogram<double> time = meter.CreateHistogram(
            "a.time", "s", "How long.", advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [.5, 1],
            });
        meter.CreateObservableCounter(
            "b.count",
            () => new Measurement<long>(7, new KeyValuePair<string, object?>("k", "say \"hi\"\\\n")),
            null,
            "How often.");
        other.CreateObservableCounter("c.foreign", () => 1L);
        time.Record(.25, new KeyValuePair<string, object?>("by", "x"));
        time.Record(1, new KeyValuePair<string, object?>("by", "x"));
        time.Record(3, new KeyValuePair<string, object?>("by", "x"));
        Assert.Equal(
            "# HELP a_time_seconds How long.\n# TYPE a_time_seconds histogram\n"
            + "a_time_seconds_bucket{by=\"x\",le=\"0.5\"} 1\na_time_seconds_bucket{by=\"x\",le=\"1\"} 2\n"
            + "a_time_seconds_bucket{by=\"x\",le=\"+Inf\"} 3\n"
            + "a_time_seconds_sum{by=\"x\"} 4.25\na_time_seconds_count{by=\"x\"} 3\n"
            + "# HELP b_count_total How often.\n# TYPE b_count_total counter\n"
            + "b_count_total{k=\"say \\\"hi\\\"\\\\\\n\"} 7\n",
            reader.Read());
    }
}
