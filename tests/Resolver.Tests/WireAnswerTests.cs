// What a client gets on the wire: flags, rcodes, EDNS, extended errors.
using System;
using System.Buffers;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Transport;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class WireAnswerTests
{
    private readonly VirtualNetwork _network = new(Internets.MakeCom());

    [Fact]
    public void An_answer_echoes_ID_question_and_RD_and_offers_recursion()
    {
        Reply reply = Ask(Query("wWw.aBc.com", RRType.A));
        Assert.Equal(0x1234, reply.Header.Id);
        Assert.Equal(
            HeaderFlags.Response | HeaderFlags.RecursionDesired | HeaderFlags.RecursionAvailable,
            reply.Header.Flags);
        Assert.Equal(Rcode.NoError, reply.Rcode);
        Assert.True(reply.Octets.AsSpan(12).StartsWith(DomainName.Parse("wWw.aBc.com").Wire));
        Assert.Equal(1, reply.Header.Answers);
        Assert.False(reply.HasEdns);
    }

    [Fact]
    public void EDNS_is_answered_with_EDNS_and_CD_is_echoed()
    {
        Reply reply = Ask(Query("www.abc.com", RRType.A, edns: true, flags: HeaderFlags.CheckingDisabled));
        Assert.True(reply.HasEdns);
        Assert.True(reply.Header.Has(HeaderFlags.CheckingDisabled));
    }

    [Fact]
    public void Later_answers_are_the_same_as_the_first_but_for_ID_and_spelling()
    {
        using Run run = Run.Primed(_network);
        Reply first = Ask(run, Query("alias.abc.com", RRType.A, edns: true));
        for (int later = 0; later < 3; later++)
        {
            Reply again = Ask(run, Query("ALIAS.abc.com", RRType.A, edns: true));
            Assert.Equal(first.Header, again.Header);
            Assert.Equal(first.Octets.Length, again.Octets.Length);
            Assert.True(again.Octets.AsSpan(12).StartsWith(DomainName.Parse("ALIAS.abc.com").Wire));
        }
    }

    [Fact]
    public void An_answer_is_kept_whole_when_it_is_asked_for_a_second_time()
    {
        using Run run = Run.Primed(_network);
        AnswerCache kept = run.Resolver.Works.Caches.Answers;
        _ = Ask(run, Query("alias.abc.com", RRType.A, edns: true));
        Assert.Equal(0, kept.Count);
        _ = Ask(run, Query("alias.abc.com", RRType.A, edns: true));
        Assert.Equal((1, 1, 1), (kept.Count, kept.Hits, kept.Misses));
        _ = Ask(run, Query("alias.abc.com", RRType.A, edns: true));
        Assert.Equal((1, 2, 1), (kept.Count, kept.Hits, kept.Misses));
    }

    [Theory]
    [InlineData("nope.abc.com", 3)]
    [InlineData("www.abc.com", 0)]
    public void A_denial_has_the_SOA_of_its_zone(string name, ushort rcode)
    {
        Reply reply = Ask(Query(name, RRType.MX));
        Assert.Equal(new Rcode(rcode), reply.Rcode);
        Assert.Equal(0, reply.Header.Answers);
        Assert.Equal(1, reply.Header.Authorities);
    }

    [Fact]
    public void A_query_without_RD_is_refused_with_its_reason()
    {
        Reply reply = Ask(Query("www.abc.com", RRType.A, edns: true, recursion: false));
        Assert.Equal(Rcode.Refused, reply.Rcode);
        Assert.Equal(ExtendedErrorCode.NotAuthoritative, reply.Error);
    }

    [Fact]
    public void A_meta_type_is_not_implemented_and_a_foreign_class_refused()
    {
        Assert.Equal(Rcode.NotImp, Ask(Query("www.abc.com", RRType.Axfr)).Rcode);
        Assert.Equal(Rcode.Refused, Ask(Query("www.abc.com", RRType.A, rrClass: RRClass.HS)).Rcode);
        Assert.Equal(Rcode.Refused, Ask(Query("version.bind", RRType.Txt, rrClass: RRClass.CH)).Rcode);
    }

    [Fact]
    public void A_configured_version_is_told_in_class_CH()
    {
        using Run run = Run.Primed(_network, new ResolverOptions { Version = "9" });
        Reply reply = Ask(run, Query("version.bind", RRType.Txt, rrClass: RRClass.CH));
        Assert.Equal(Rcode.NoError, reply.Rcode);
        Assert.Equal(1, reply.Header.Answers);
    }

    [Fact]
    public void An_unknown_EDNS_version_gets_BADVERS()
    {
        byte[] query = Query("www.abc.com", RRType.A, edns: true);
        query[^5] = 1;
        Assert.Equal(Rcode.BadVers, Ask(query).Rcode);
    }

    [Fact]
    public void More_options_than_the_limit_are_a_malformed_query()
    {
        ResolverLimits limits = new() { MaxEdnsOptions = 4 };
        using Run run = Run.Primed(_network, new ResolverOptions { Limits = limits });
        Assert.Equal(Rcode.NoError, Ask(run, WithOptions(4)).Rcode);
        Assert.Equal(Rcode.FormErr, Ask(run, WithOptions(5)).Rcode);
    }

    [Fact]
    public void Malformed_queries_get_FORMERR_and_responses_get_nothing()
    {
        byte[] query = Query("www.abc.com", RRType.A);
        Assert.Equal(Rcode.FormErr, Ask([.. query, 0]).Rcode);
        Assert.Equal(Rcode.FormErr, Ask(query[..^1]).Rcode);
        query[2] |= 0x80;
        Assert.Empty(Ask(query).Octets);
        Assert.Empty(Ask(query[..11]).Octets);
    }

    [Fact]
    public void A_zone_whose_server_is_dead_fails_by_the_deadline_with_its_reason()
    {
        _network.Internet.FindServer(System.Net.IPAddress.Parse("192.0.2.2"))!.Fault = ServerFault.Dead;
        Reply reply = Ask(Query("www.abc.com", RRType.A, edns: true));
        Assert.Equal(Rcode.ServFail, reply.Rcode);
        Assert.Equal(ExtendedErrorCode.NoReachableAuthority, reply.Error);
    }

    [Fact]
    public void The_text_of_an_error_is_as_long_as_the_limit_allows()
    {
        _network.Internet.FindServer(System.Net.IPAddress.Parse("192.0.2.2"))!.Fault = ServerFault.Dead;
        ResolverLimits limits = new() { MaxErrorText = 20 };
        using Run run = Run.Primed(_network, new ResolverOptions { Limits = limits });
        Assert.Equal(
            "no server of abc.com", new StubClient(_network, run.Resolver).Ask("www.abc.com").Error!.Text);
    }

    [Fact]
    public void A_datagram_that_would_be_too_long_is_cut_to_nothing_and_marked()
    {
        using Run run = Run.Primed(_network);
        DatagramSeat seat = new();
        int size = run.Resolver.Works.Limits.ClientUdpPayloadSize;
        byte[] query = Query("big.abc.com", RRType.Txt, edns: true);
        byte[] reply = _network.Run(() => seat.AskAsync(run.Resolver, query));
        Assert.InRange(reply.Length, 12, size);
        Assert.True(MessageHeader.TryRead(reply, out MessageHeader header));
        Assert.True(header.Has(HeaderFlags.Truncated));
        Assert.Equal(0, header.Answers);
    }

    [Theory]
    [InlineData("localhost", 1, 0)]
    [InlineData("a.localhost", 28, 0)]
    [InlineData("1.0.0.127.in-addr.arpa", 12, 0)]
    [InlineData("5.1.168.192.in-addr.arpa", 12, 3)]
    [InlineData("x.invalid", 1, 3)]
    [InlineData("x.test", 1, 3)]
    [InlineData("x.onion", 1, 3)]
    [InlineData("x.home.arpa", 1, 3)]
    [InlineData("home.arpa", 1, 0)]
    public void Special_use_names_are_answered_without_asking_anybody(string name, ushort type, ushort rcode)
    {
        using Run run = Run.Primed(_network);
        Reply reply = Ask(run, Query(name, new RRType(type)));
        Assert.Equal(new Rcode(rcode), reply.Rcode);
        Assert.True(reply.Header.Has(HeaderFlags.Authoritative));
        Assert.Equal(0, _network.Internet.QueryCount);
    }

    private static byte[] WithOptions(int count)
    {
        byte[] query = Query("www.abc.com", RRType.A, edns: true);
        byte[] options = new byte[count * 4];
        for (int i = 0; i < count; i++)
        {
            options[(i * 4) + 1] = (byte)(100 + i);
        }

        query[^1] = (byte)options.Length;
        return [.. query, .. options];
    }

    private static byte[] Query(
        string name,
        RRType type,
        bool edns = false,
        HeaderFlags flags = HeaderFlags.None,
        bool recursion = true,
        RRClass? rrClass = null)
    {
        byte[] buffer = new byte[QueryWriter.MaxLength];
        int length = QueryWriter.Write(buffer, new UpstreamQuestion
        {
            Id = 0x1234,
            Flags = flags | (recursion ? HeaderFlags.RecursionDesired : HeaderFlags.None),
            Name = DomainName.Parse(name).Wire,
            Type = type,
            Class = rrClass ?? RRClass.IN,
            Edns = edns ? new OptFields(4096, 0, 0, false) : null,
        });
        return buffer[..length];
    }

    private Reply Ask(byte[] query)
    {
        using Run run = Run.Primed(_network);
        return Ask(run, query);
    }

    private Reply Ask(Run run, byte[] query)
    {
        ArrayBufferWriter<byte> reply = new();
        Func<Task> ask = async () => await run.Resolver.AnswerAsync(query, reply);
        _network.Run(ask);
        return Reply.Read(reply.WrittenSpan.ToArray());
    }

    /// <summary>A reply taken apart.</summary>
    private sealed record Reply(
        byte[] Octets, MessageHeader Header, Rcode Rcode, bool HasEdns, ExtendedErrorCode? Error)
    {
        public static Reply Read(byte[] octets)
        {
            if (!MessageReader.TryCreate(octets, out MessageReader reader))
            {
                return new Reply(octets, default, default, false, null);
            }

            Rcode rcode = reader.Header.LowRcode;
            bool hasEdns = false;
            ExtendedErrorCode? error = null;
            Assert.True(reader.TrySkipQuestions(out _));
            while (reader.TryReadRecord(out RecordView record, out _))
            {
                if (record.Type == RRType.Opt)
                {
                    hasEdns = true;
                    rcode = OptFields.From(record).FullRcode(rcode);
                    EdnsOptionEnumerator options = new(record.Rdata(octets));
                    while (options.MoveNext())
                    {
                        error = options.Code == EdnsOptionCode.ExtendedError
                            ? new ExtendedErrorCode((ushort)((options.Content[0] << 8) | options.Content[1]))
                            : error;
                    }
                }
            }

            Assert.True(reader.IsAtEnd);
            return new Reply(octets, reader.Header, rcode, hasEdns, error);
        }
    }

    /// <summary>A client by datagram, without a socket.</summary>
    private sealed class DatagramSeat : ReplyTicket, IReplySource
    {
        private readonly TaskCompletionSource<byte[]> _reply = new();

        public override bool IsClientGone => false;

        public Task<byte[]> AskAsync(RecursiveResolver resolver, byte[] query)
        {
            StubQueryHandler handler = new(resolver.Works, new OpenPolicy());
            Client = new ClientContext(default, default, ClientTransport.Udp);
            ILoop loop = resolver.Works.Engines[0].Parts.Loop;
            loop.Post(_ =>
            {
                byte[] reply = new byte[4096];
                QueryArrival arrival = new(loop, Client, this);
                int length = handler.Handle(query, ref arrival, reply);
                if (length != QueryArrival.Pending)
                {
                    _reply.SetResult(reply[..length]);
                }
            }, null);
            return _reply.Task;
        }

        public ReplyTicket TakeTicket() => this;

        public override void Complete(ILoop current, ReadOnlySpan<byte> reply) =>
            _reply.SetResult(reply.ToArray());

        public override void Abandon() => _reply.SetResult([]);
    }
}
