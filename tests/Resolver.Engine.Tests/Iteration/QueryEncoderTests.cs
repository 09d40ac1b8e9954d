// Queries to name servers: what stands in them, and that ID and case differ from one to the next.
using System;
using System.Collections.Generic;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class QueryEncoderTests
{
    [Fact]
    public void A_query_announces_the_payload_size_of_the_limit_and_asks_for_signatures()
    {
        ResolverLimits limits = new() { UpstreamUdpPayloadSize = 1400 };
        byte[] query = Encode(Step(withCase: false), limits);
        Assert.True(MessageReader.TryCreate(query, out MessageReader reader));
        Assert.Equal(HeaderFlags.None, reader.Header.Flags);
        Assert.True(reader.TrySkipQuestions(out _));
        Assert.True(reader.TryReadRecord(out RecordView opt, out _));
        Assert.Equal(new OptFields(1400, 0, 0, true), OptFields.From(opt));
    }

    [Fact]
    public void Letters_have_a_random_case_and_IDs_are_drawn_anew()
    {
        HashSet<string> spellings = [];
        HashSet<int> ids = [];
        for (int i = 0; i < 64; i++)
        {
            byte[] query = Encode(Step(withCase: true), ResolverLimits.Default);
            _ = ids.Add((query[0] << 8) | query[1]);
            _ = spellings.Add(Convert.ToHexString(query.AsSpan(MessageHeader.Length, 17)));
        }

        Assert.True(spellings.Count > 56);
        Assert.True(ids.Count > 56);
    }

    [Fact]
    public void Without_random_case_a_name_goes_out_in_lower_case()
    {
        byte[] query = Encode(Step(withCase: false), ResolverLimits.Default);
        Assert.True(query.AsSpan(MessageHeader.Length).StartsWith(EngineRig.Name("www.example.com.").Wire));
    }

    [Theory]
    [InlineData(true, true, HeaderFlags.RecursionDesired | HeaderFlags.CheckingDisabled)]
    [InlineData(true, false, HeaderFlags.RecursionDesired)]
    [InlineData(false, true, HeaderFlags.None)]
    [InlineData(false, false, HeaderFlags.None)]
    public void Who_validates_asks_forwarders_for_what_they_would_withhold(
        bool isForwarder, bool validates, object flags)
    {
        Step step = Step(withCase: false);
        step = step with
        {
            Asked = step.Asked with { Role = isForwarder ? ServerRole.Recursive : ServerRole.Authoritative },
        };
        byte[] query = Encode(step, ResolverLimits.Default, validates);
        Assert.True(MessageHeader.TryRead(query, out MessageHeader header));
        Assert.Equal(flags, header.Flags);
    }

    private static byte[] Encode(in Step step, ResolverLimits limits, bool validates = false)
    {
        EngineOptions options = new() { RootHints = [], Limits = limits, Validates = validates };
        byte[] buffer = new byte[QueryWriter.MaxLength];
        return buffer[..QueryEncoder.Encode(buffer, step, new CryptographicRandomSource(), options)];
    }

    private static Step Step(bool withCase) => new()
    {
        Kind = StepKind.Ask,
        Asked = new AskedQuestion(
            EngineRig.Name("WWW.example.com."), RRType.A, DomainName.Root, ExchangeTransport.Udp),
        WithEdns = true,
        WithCase = withCase,
    };
}
