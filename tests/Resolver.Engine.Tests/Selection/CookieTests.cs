// DNS cookies towards servers (RFC 7873 §5, RFC 9018) and the memory of what servers cope with: what is sent,
// what is believed, and how many packets a server that plays with it gets (THREATS rows 1, 5, 17 and 30).
using System;
using System.Linq;
using System.Text;
using Resolver.Wire;
using Xunit;

namespace Resolver.Engine.Tests;

public sealed class CookieTests
{
    private const string Server = "192.0.2.1";
    private static readonly byte[] Given = Convert.FromHexString("0100000062000000AABBCCDDEEFF0011");

    [Fact]
    public void The_cookie_that_a_server_gives_goes_with_every_later_query_to_it()
    {
        using EngineRig rig = Com(q => Address(q, Given));
        _ = rig.Resolve("a.com.", RRType.A);
        _ = rig.Resolve("b.com.", RRType.A);
        SeenQuery[] seen = [.. rig.Servers.Seen.Where(s => s.Address == Server)];
        Assert.Equal(16, seen[0].Cookie.Length);
        Assert.Equal(seen[0].Cookie + Convert.ToHexString(Given), seen[1].Cookie);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1000)]
    public void The_cookies_of_no_more_servers_than_the_limit_are_remembered(int most)
    {
        ServerCookies cookies = new(
            new ResolverLimits { MaxServerCookies = most }, new CryptographicRandomSource());
        InetEndpoint[] servers = [.. Enumerable.Range(0, 20_000)
            .Select(i => new InetEndpoint(InetAddress.Parse($"192.0.{i / 250}.{i % 250}"), 53))];
        foreach (InetEndpoint server in servers)
        {
            cookies.Keep(server, Given, 1);
        }

        byte[] room = new byte[CookieOption.MaxLength];
        int kept = servers.Count(s => cookies.Write(s, 2, room) > CookieOption.ClientLength);
        Assert.InRange(kept, most * 9 / 10, most);
    }

    [Fact]
    public void Each_server_gets_a_client_cookie_of_its_own_and_each_resolver_gives_others()
    {
        using EngineRig one = Com(q => Address(q, null));
        using EngineRig two = Com(q => Address(q, null));
        _ = one.Resolve("a.com.", RRType.A);
        _ = two.Resolve("a.com.", RRType.A);
        string[] cookies = [.. one.Servers.Seen.Concat(two.Servers.Seen).Select(s => s.Cookie)];
        Assert.Equal(4, cookies.Distinct().Count());
        Assert.Equal(one.Servers.Seen[0].Cookie.Length, cookies.Max(c => c.Length));
    }

    [Fact]
    public void A_datagram_without_the_cookie_from_a_server_that_sends_cookies_is_not_believed()
    {
        bool forges = false;
        using EngineRig rig = Com(q => forges && q.Transport == ExchangeTransport.Udp
            ? EngineRig.Answer(EngineRig.A(q.Name.ToCanonical().ToString(), "192.0.2.66"))
            : Address(q, Given));
        _ = rig.Resolve("a.com.", RRType.A);
        forges = true;
        (ResolutionOutcome outcome, _, int queries) = rig.Resolve("b.com.", RRType.A);
        Assert.Equal(99, Assert.Single(outcome.Answer).Set.First[^1]);
        Assert.Equal(2, queries);
        Assert.Equal(ExchangeTransport.Tcp, rig.Servers.Seen[^1].Transport);
    }

    [Fact]
    public void A_server_that_gives_cookies_no_more_is_believed_after_its_stream_and_costs_it_once()
    {
        bool gives = true;
        using EngineRig rig = Com(q => Address(q, gives ? Given : null));
        _ = rig.Resolve("a.com.", RRType.A);
        gives = false;
        Assert.Equal(2, rig.Resolve("b.com.", RRType.A).Queries);
        Assert.Equal(1, rig.Resolve("c.com.", RRType.A).Queries);
        Assert.Equal("", rig.Servers.Seen[^1].Cookie);
    }

    // Row 17.
    [Fact]
    public void A_server_that_always_answers_BADCOOKIE_gets_three_packets()
    {
        int given = 0;
        using EngineRig rig = Com(_ => new ScriptedReply
        {
            Rcode = Rcode.BadCookie,
            ServerCookie = Encoding.ASCII.GetBytes($"cookie{given++:D10}"),
        });
        AssertFails(rig, 3);
        Assert.Equal(
            [ExchangeTransport.Udp, ExchangeTransport.Udp, ExchangeTransport.Tcp],
            rig.Servers.Seen.Skip(1).Select(s => s.Transport));
    }

    [Fact]
    public void After_one_BADCOOKIE_the_query_is_repeated_with_the_cookie_given()
    {
        using EngineRig rig = Com(q => q.Cookie.EndsWith(Convert.ToHexString(Given), StringComparison.Ordinal)
            ? Address(q, Given)
            : new ScriptedReply { Rcode = Rcode.BadCookie, ServerCookie = Given });
        (ResolutionOutcome outcome, _, int queries) = rig.Resolve("a.com.", RRType.A);
        Assert.Equal((Rcode.NoError, 3), (outcome.Rcode, queries));
        Assert.Equal(1, rig.Resolve("b.com.", RRType.A).Queries);
    }

    // Row 17.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_server_that_always_answers_FORMERR_gets_at_most_three_packets(bool knowsEdns)
    {
        using EngineRig rig = Com(q => new ScriptedReply
        {
            Rcode = Rcode.FormErr,
            HasEdns = knowsEdns && q.HasEdns,
        });
        AssertFails(rig, knowsEdns ? 3 : 2);
    }

    // Row 17.
    [Fact]
    public void A_server_that_truncates_its_streams_too_gets_two_packets()
    {
        using EngineRig rig = Com(_ => new ScriptedReply { Flags = HeaderFlags.Truncated });
        AssertFails(rig, 2);
    }

    [Fact]
    public void A_server_that_chokes_on_cookies_alone_keeps_EDNS()
    {
        using EngineRig rig = Com(q => q.Cookie.Length > 0
            ? new ScriptedReply { Rcode = Rcode.FormErr, HasEdns = true }
            : Address(q, null));
        Assert.Equal(Rcode.NoError, rig.Resolve("a.com.", RRType.A).Outcome.Rcode);
        Assert.Equal(1, rig.Resolve("b.com.", RRType.A).Queries);
        Assert.True(rig.Servers.Seen[^1].HasEdns);
    }

    // Row 1.
    [Fact]
    public void A_server_that_changes_the_letters_case_is_found_out_by_a_stream_once()
    {
        using EngineRig rig = Com(q =>
        {
            ScriptedReply reply = Address(q, null);
            reply.Distort = Lower;
            return reply;
        });
        string name = "abcdefghijklmnopqrstuvwxyz.com.";
        Assert.Equal(Rcode.NoError, rig.Resolve(name, RRType.A).Outcome.Rcode);
        Assert.Equal(ExchangeTransport.Tcp, rig.Servers.Seen[^1].Transport);
        Assert.Equal(1, rig.Resolve("z" + name, RRType.A).Queries);
        Assert.Equal("z" + name, rig.Servers.Seen[^1].Name.ToString());
    }

    // Row 1.
    [Fact]
    public void A_forger_who_guessed_all_but_the_letters_case_does_not_end_the_use_of_case()
    {
        using EngineRig rig = Com(q =>
        {
            ScriptedReply reply = Address(q, null);
            reply.Distort = q.Transport == ExchangeTransport.Udp ? Lower : null;
            return reply;
        });
        string name = "abcdefghijklmnopqrstuvwxyz.com.";
        _ = rig.Resolve(name, RRType.A);
        _ = rig.Resolve("z" + name, RRType.A);
        Assert.Equal(2, rig.Servers.Seen.Count(s => s.Transport == ExchangeTransport.Tcp));
        Assert.DoesNotContain(rig.Servers.Seen, s => s.Name.ToString() == "z" + name);
    }

    // Rows 5 and 30.
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(14)]
    public void A_reply_to_something_else_ends_nothing_and_teaches_nothing(int spoilt)
    {
        using EngineRig rig = Com(q =>
        {
            ScriptedReply reply = EngineRig.Answer(
                EngineRig.A(q.Name.ToCanonical().ToString(), "192.0.2.66"));
            reply.Rcode = Rcode.FormErr;
            reply.Distort = octets => octets[spoilt] ^= 0x11;
            return q.Transport == ExchangeTransport.Udp ? reply : Address(q, null);
        });
        (ResolutionOutcome outcome, _, _) = rig.Resolve("abc.com.", RRType.A);
        Assert.Equal(99, Assert.Single(outcome.Answer).Set.First[^1]);
        ServerHistory history = rig.Histories.Get(
            new InetEndpoint(InetAddress.Parse(Server), 53), rig.Loop.Clock.GetTimestamp());
        Assert.Equal((ServerQuirks.None, false), (history.Quirks, history.IsKnown));
    }

    private static void AssertFails(EngineRig rig, int packets)
    {
        Assert.Equal(Rcode.ServFail, rig.Resolve("a.com.", RRType.A).Outcome.Rcode);
        Assert.Equal(packets, rig.Servers.Seen.Count(s => s.Address == Server));
    }

    private static void Lower(byte[] octets)
    {
        for (int i = 12; i < octets.Length; i++)
        {
            octets[i] |= (byte)(octets[i] is >= (byte)'A' and <= (byte)'Z' ? 0x20 : 0);
        }
    }

    private static ScriptedReply Address(SeenQuery query, byte[]? cookie)
    {
        ScriptedReply reply = EngineRig.Answer(
            EngineRig.A(query.Name.ToCanonical().ToString(), "192.0.2.99"));
        reply.ServerCookie = cookie;
        return reply;
    }

    private static EngineRig Com(Func<SeenQuery, ScriptedReply?> says)
    {
        EngineRig rig = new();
        rig.Servers.Serve(EngineRig.RootAddress, _ => EngineRig.Referral("com.", "ns.com.", Server));
        rig.Servers.Serve(Server, says);
        return rig;
    }
}
