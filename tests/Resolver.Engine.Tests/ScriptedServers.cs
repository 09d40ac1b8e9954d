// Name servers of a test, written as replies: by address and question, what is said. Counts what it is asked.
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Threading.Tasks;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

/// <summary>A reply in the making.</summary>
internal sealed class ScriptedReply
{
    public List<(MessageSection Section, RRset Set)> Sets { get; } = [];

    public HeaderFlags Flags { get; set; } = HeaderFlags.Authoritative;

    public Rcode Rcode { get; set; } = Rcode.NoError;

    public ScriptedReply Add(MessageSection section, RRset set)
    {
        Sets.Add((section, set));
        return this;
    }
}

/// <summary>One query as a server saw it.</summary>
internal readonly record struct SeenQuery(
    InetEndpoint Server, DomainName Name, RRType Type, ExchangeTransport Transport)
{
    public bool RecursionDesired { get; init; }
    /// <summary>When it was sent.</summary>
    public long At { get; init; }

    /// <summary>Whether it has an OPT record.</summary>
    public bool HasEdns { get; init; }

    /// <summary>The server's address as text.</summary>
    public string Address => Server.Address.ToString();
}

/// <summary>An upstream whose servers are functions. Replies come when the test's loop is run.</summary>
internal sealed class ScriptedServers(TestLoop loop) : IUpstream
{
    private readonly Dictionary<InetAddress, Func<SeenQuery, ScriptedReply?>> _servers = [];

    public List<SeenQuery> Seen { get; } = [];

    public TimeSpan RoundTrip { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Round trips of servers that differ from the others.</summary>
    public Dictionary<InetAddress, TimeSpan> RoundTrips { get; } = [];

    /// <summary>Exchanges under way.</summary>
    public int UnderWay { get; private set; }

    public void Serve(string address, Func<SeenQuery, ScriptedReply?> answer) =>
        _servers[InetAddress.Parse(address)] = answer;

    public ValueTask<ExchangeOutcome> ExchangeAsync(ExchangeRequest request)
    {
        LoopCompletion<ExchangeOutcome> completion = new();
        Span<byte> name = stackalloc byte[255];
        Assert.True(MessageReader.TryCreate(request.Query.Span, out MessageReader reader));
        Assert.True(reader.TryReadQuestion(name, out QuestionView question, out _));
        SeenQuery seen = new(
            request.Server, DomainName.FromValidWire(name[..question.NameLength]), question.Type, request.Transport)
        {
            RecursionDesired = reader.Header.Has(HeaderFlags.RecursionDesired),
            At = loop.Clock.GetTimestamp(),
            HasEdns = reader.Header.Additionals > 0,
        };
        Seen.Add(seen);
        ScriptedReply? reply = _servers.TryGetValue(request.Server.Address, out Func<SeenQuery, ScriptedReply?>? answer)
            ? answer(seen)
            : null;
        byte[] query = request.Query.ToArray();
        TimeSpan roundTrip = RoundTrips.GetValueOrDefault(request.Server.Address, RoundTrip);
        bool isLost = reply is null || roundTrip >= request.Timeout;
        UnderWay++;
        loop.After(isLost ? request.Timeout : roundTrip, () =>
        {
            UnderWay--;
            completion.Complete(isLost
                ? new ExchangeOutcome(ExchangeStatus.TimedOut, request.Timeout)
                : Write(query, reply!, roundTrip));
        });
        return completion.Task;
    }

    private static ExchangeOutcome Write(byte[] query, ScriptedReply reply, TimeSpan roundTrip)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
        Span<byte> name = stackalloc byte[255];
        _ = MessageReader.TryCreate(query, out MessageReader reader);
        _ = reader.TryReadQuestion(name, out QuestionView question, out _);
        MessageWriter writer = new(buffer);
        Assert.True(writer.TryWriteQuestion(name[..question.NameLength], question.Type, question.Class));
        foreach (MessageSection section in Enum.GetValues<MessageSection>())
        {
            foreach ((MessageSection at, RRset set) in reply.Sets)
            {
                Assert.True(at != section || writer.TryWriteRRset(section, set, set.Ttl, true));
            }
        }

        int length = writer.Finish(
            reader.Header.Id,
            MessageHeader.MakeWord(HeaderFlags.Response | reply.Flags, Opcode.Query, reply.Rcode));
        return new ExchangeOutcome(buffer, length, roundTrip, 0);
    }
}
