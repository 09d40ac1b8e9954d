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

    /// <summary>An OPT record comes along.</summary>
    public bool HasEdns { get; set; }

    /// <summary>The server cookie, beside the client's; null: no COOKIE option.</summary>
    public byte[]? ServerCookie { get; set; }

    /// <summary>Changed at will when whole, before it is sent.</summary>
    public Action<byte[]>? Distort { get; set; }

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

    public bool CheckingDisabled { get; init; }

    /// <summary>When it was sent.</summary>
    public long At { get; init; }

    /// <summary>Whether it has an OPT record.</summary>
    public bool HasEdns { get; init; }

    /// <summary>The content of its COOKIE option; empty when there is none.</summary>
    public required string Cookie { get; init; }

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
            CheckingDisabled = reader.Header.Has(HeaderFlags.CheckingDisabled),
            At = loop.Clock.GetTimestamp(),
            Cookie = request.CookieAt == 0 ? "" : Convert.ToHexString(request.Query.Span[request.CookieAt..]),
            HasEdns = reader.Header.Additionals > 0,
        };
        Seen.Add(seen);
        ScriptedReply? reply = _servers.TryGetValue(request.Server.Address, out Func<SeenQuery, ScriptedReply?>? answer)
            ? answer(seen)
            : null;
        TimeSpan roundTrip = RoundTrips.GetValueOrDefault(request.Server.Address, RoundTrip);
        ExchangeOutcome outcome = reply is null || roundTrip >= request.Timeout
            ? new ExchangeOutcome(ExchangeStatus.TimedOut, request.Timeout)
            : Judge(request, Write(request, reply));
        UnderWay++;
        loop.After(outcome.Status == ExchangeStatus.Reply ? roundTrip : request.Timeout, () =>
        {
            UnderWay--;
            completion.Complete(outcome);
        });
        return completion.Task;

        ExchangeOutcome Judge(in ExchangeRequest asked, byte[] octets)
        {
            ReplyMatch match = asked.Compare(octets);
            bool isMatch = match == ReplyMatch.Match
                || (match == ReplyMatch.CaseDiffers && asked.Transport == ExchangeTransport.Tcp);
            return isMatch
                ? new ExchangeOutcome(Rent(octets), octets.Length, roundTrip, 0)
                {
                    CaseDiffered = match == ReplyMatch.CaseDiffers,
                }
                : new ExchangeOutcome(ExchangeStatus.TimedOut, asked.Timeout, 1)
                {
                    CaseDiffered = match == ReplyMatch.CaseDiffers,
                    CookieLacked = match == ReplyMatch.CookieLacks,
                };
        }
    }

    private static byte[] Rent(byte[] octets)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(octets.Length);
        octets.CopyTo(rented, 0);
        return rented;
    }

    private static byte[] Write(in ExchangeRequest request, ScriptedReply reply)
    {
        ReadOnlySpan<byte> query = request.Query.Span;
        byte[] buffer = new byte[ushort.MaxValue];
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

        if (reply.HasEdns || reply.ServerCookie is not null)
        {
            byte[] option = reply.ServerCookie is null ? [] :
                [0, 10, 0, (byte)(8 + reply.ServerCookie.Length),
                    .. query.Slice(request.CookieAt, 8), .. reply.ServerCookie];
            byte high = (byte)(reply.Rcode.Value >> 4);
            Assert.True(writer.TryWriteOpt(new OptFields(1232, high, 0, false), option));
        }

        int length = writer.Finish(
            reader.Header.Id,
            MessageHeader.MakeWord(
                HeaderFlags.Response | reply.Flags,
                Opcode.Query,
                new Rcode((ushort)(reply.Rcode.Value & 15))));
        byte[] octets = buffer[..length];
        reply.Distort?.Invoke(octets);
        return octets;
    }
}
