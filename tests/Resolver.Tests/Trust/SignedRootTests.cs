// A whole resolver over a signed root (Zones/signed-root.zone: dnssec-signzone, 2025 to 2027; its names all
// lie in the one zone): what validation, sentinel names (RFC 8509) and the state folder come to together.
using System;
using System.Buffers;
using System.IO;
using System.Threading.Tasks;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class SignedRootTests : IDisposable
{
    private const string Anchor =
        ". DS 41096 13 2 B50A30692261E63B5CEC88A86621D6AA751482744F7CA3726D09C53F48E97F52";

    private const byte NoError = 0;
    private const byte ServFail = 2;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly VirtualNetwork _network;
    private readonly RecursiveResolver _resolver;

    public SignedRootTests()
    {
        string text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Zones", "signed-root.zone"));
        _network = new VirtualNetwork(
            new SimulatedInternetBuilder().Zone(".", text).Server(Internets.Root, ".").Build());
        _resolver = RecursiveResolver.Create(new ResolverOptions
        {
            Network = _network,
            RootHints = _network.Internet.RootHints,
            Validation = true,
            TrustAnchors = [Anchor],
            StateDirectory = _folder,
        });
        _network.Advance(TimeSpan.FromSeconds(1));
    }

    public void Dispose()
    {
        _network.Run(async () => await _resolver.DisposeAsync());
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void Signed_data_is_secure()
    {
        Resolution resolution = _network.Run(
            async () => await _resolver.ResolveAsync(DomainName.Parse("www.example."), RRType.A));
        Assert.Equal(SecurityStatus.Secure, resolution.Security);
    }

    [Theory]
    [InlineData("root-key-sentinel-is-ta-41096.example.", NoError)]
    [InlineData("root-key-sentinel-not-ta-41096.example.", ServFail)]
    [InlineData("root-key-sentinel-is-ta-00001.example.", ServFail)]
    [InlineData("root-key-sentinel-not-ta-00001.example.", NoError)]
    public void A_sentinel_tells_which_keys_are_trusted(string name, byte rcode)
    {
        Assert.Equal(rcode, Ask(name, checkingDisabled: false));
        Assert.Equal(rcode, Ask(name, checkingDisabled: false));
        Assert.Equal(NoError, Ask(name, checkingDisabled: true));
        Assert.Equal(rcode, Ask(name, checkingDisabled: false));
    }

    [Fact]
    public void The_state_folder_holds_the_anchors_and_the_last_good_time()
    {
        _network.Advance(TimeSpan.FromSeconds(20));
        string anchors = File.ReadAllText(Path.Combine(_folder, "trust-anchors"));
        Assert.Contains("key Valid ", anchors, StringComparison.Ordinal);
        string floor = File.ReadAllText(Path.Combine(_folder, "time-floor"));
        Assert.StartsWith("time-floor 17672", floor, StringComparison.Ordinal);
    }

    private int Ask(string name, bool checkingDisabled)
    {
        byte[] query =
        [
            0, 7, 1, (byte)(checkingDisabled ? 0x10 : 0), 0, 1, 0, 0, 0, 0, 0, 0,
            .. DomainName.Parse(name).Wire, 0, 1, 0, 1,
        ];
        ArrayBufferWriter<byte> reply = new();
        _network.Run(() => AnswerAsync(query, reply));
        return reply.WrittenSpan[3] & 0xF;
    }

    private async Task AnswerAsync(byte[] query, ArrayBufferWriter<byte> reply) =>
        await _resolver.AnswerAsync(query, reply);
}
