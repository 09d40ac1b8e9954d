// Types that exist in messages only: what who asks for them is told, and that the question goes with it.
using System;
using System.Buffers;
using System.Threading.Tasks;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class MetaTypeTests
{
    private const string Zone = "abc.com.";

    private readonly VirtualNetwork _network = new(Internets.MakeCom());

    [Theory]
    [InlineData(128, 1)]
    [InlineData(129, 4)]
    [InlineData(251, 4)]
    [InlineData(252, 4)]
    public void Each_has_its_rcode_by_wire_and_by_call(ushort type, ushort rcode)
    {
        using Run run = Run.Primed(_network);
        Assert.Equal((new Rcode(rcode), 1), Ask(run, Query(new RRType(type))));
        Resolution resolution = run.Resolve(Zone, new RRType(type));
        Assert.Equal(new Rcode(rcode), resolution.Rcode);
        Assert.Equal(ExtendedErrorCode.InvalidQueryType, resolution.ExtendedError!.Code);
        Assert.Equal(0, _network.Internet.QueryCount);
    }

    [Fact]
    public void An_IXFR_with_the_SOA_that_its_client_has_is_answered_as_one_without()
    {
        using Run run = Run.Primed(_network);
        Assert.Equal((Rcode.NotImp, 1), Ask(run, WithVersion(RRType.Ixfr, RRType.Soa)));
        Assert.Equal((Rcode.FormErr, 0), Ask(run, WithVersion(RRType.Ixfr, RRType.Txt)));
        Assert.Equal((Rcode.FormErr, 0), Ask(run, WithVersion(RRType.Axfr, RRType.Soa)));
        Assert.Equal((Rcode.FormErr, 0), Ask(run, WithVersion(RRType.A, RRType.Soa)));
    }

    // RFC 1995 §3.
    private static byte[] WithVersion(RRType type, RRType version)
    {
        byte[] query = Query(type);
        query[9] = 1;
        return [.. query, 0xC0, 12, 0, (byte)version.Value, 0, 1, 0, 0, 0, 0, 0, 22, 0, 0, .. new byte[20]];
    }

    private static byte[] Query(RRType type)
    {
        byte[] buffer = new byte[QueryWriter.MaxLength];
        int length = QueryWriter.Write(buffer, new UpstreamQuestion
        {
            Id = 1,
            Flags = HeaderFlags.RecursionDesired,
            Name = DomainName.Parse(Zone).Wire,
            Type = type,
            Class = RRClass.IN,
        });
        return buffer[..length];
    }

    private (Rcode Rcode, int Questions) Ask(Run run, byte[] query)
    {
        ArrayBufferWriter<byte> reply = new();
        Func<Task> ask = async () => await run.Resolver.AnswerAsync(query, reply);
        _network.Run(ask);
        Assert.True(MessageHeader.TryRead(reply.WrittenSpan, out MessageHeader header));
        return (header.LowRcode, header.Questions);
    }
}
