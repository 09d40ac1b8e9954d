// What the face says of signed and unsigned zones: statuses, reasons, AD and CD (RFC 4035 §3.2, RFC 6840
// §5.7-5.9), in internets that are signed when they are made.
using System;
using System.Buffers;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

public sealed class ValidationTests
{
    private const string Dead = "192.0.2.3";

    [Theory]
    [InlineData("www.abc.com", SecurityStatus.Secure, "NOERROR")]
    [InlineData("alias.abc.com", SecurityStatus.Secure, "NOERROR")]
    [InlineData("nothing.abc.com", SecurityStatus.Secure, "NXDOMAIN")]
    [InlineData("abc.com", SecurityStatus.Secure, "NOERROR")]
    [InlineData("www.plain.com", SecurityStatus.Insecure, "NOERROR")]
    [InlineData("nothing.plain.com", SecurityStatus.Insecure, "NXDOMAIN")]
    [InlineData("to-plain.abc.com", SecurityStatus.Insecure, "NOERROR")]
    [InlineData("any.wild.abc.com", SecurityStatus.Secure, "NOERROR")]
    [InlineData("any.away.abc.com", SecurityStatus.Secure, "NOERROR")]
    public void Each_kind_of_answer_has_the_status_that_its_zones_give_it(
        string name, SecurityStatus status, string rcode)
    {
        using Run run = Run.Primed(new VirtualNetwork(MakeSigned()));
        Resolution resolution = run.Resolve(name);
        Assert.Equal((status, rcode), (resolution.Security, resolution.Rcode.ToString()));
        Assert.Equal((status, rcode), Known(run, name));
    }

    [Fact]
    public void An_unsigned_zone_on_the_servers_of_its_signed_parent_is_insecure()
    {
        using Run run = Run.Primed(new VirtualNetwork(MakeSigned()));
        Assert.Equal(SecurityStatus.Insecure, run.Resolve("www.below.abc.com").Security);
    }

    // Somebody before one server of the root put it there. The zone cannot vouch for what stands in its keys'
    // place.
    [Fact]
    public void A_false_alias_at_the_apex_of_a_signed_zone_does_not_keep_its_keys_away()
    {
        using Run run = Run.Primed(new VirtualNetwork(MakeSigned()));
        DomainName apex = DomainName.Parse("abc.com");
        RRsetBuilder alias = new();
        alias.Begin(apex.Wire, RRType.Cname, RRClass.IN);
        alias.Add(DomainName.Parse("elsewhere.com").Wire, 300);
        alias.AddSignature(
            [0, 5, 13, 2, 0, 0, 1, 44, 255, 255, 255, 255, 0, 0, 0, 0, 0, 1, .. apex.Wire, .. new byte[64]],
            300);
        ResolverWorks works = run.Resolver.Works;
        _ = works.Caches.RRsets.Store(
            alias.Build(), DataRank.AnswerAuth, default, works.Engines[0].Parts.Loop.Time.GetTimestamp());
        Resolution found = run.Resolve("www.abc.com");
        Assert.Equal((Rcode.NoError, SecurityStatus.Secure), (found.Rcode, found.Security));
    }

    [Fact]
    public void Signed_data_under_another_anchor_is_bogus_and_says_why()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network, new ResolverOptions
        {
            TrustAnchors = [". DS 1 15 2 " + new string('0', 64)],
        });
        Resolution bogus = run.Resolve("www.abc.com");
        Assert.Equal((Rcode.ServFail, SecurityStatus.Bogus), (bogus.Rcode, bogus.Security));
        Assert.Equal(ExtendedErrorCode.DnskeyMissing, bogus.ExtendedError!.Code);

        Resolution unchecked_ = network.Run(async () => await run.Resolver.ResolveAsync(
            DomainName.Parse("www.abc.com"), RRType.A, new QueryOptions { CheckingDisabled = true }));
        Assert.Equal(Rcode.NoError, unchecked_.Rcode);
        Assert.Equal(ExtendedErrorCode.DnskeyMissing, run.Resolve("www.abc.com").ExtendedError!.Code);
    }

    [Theory]
    [InlineData("bare.com", "A")]
    [InlineData("bare.com", "NS")]
    [InlineData("bare.com", "MX")]
    [InlineData("bare.com", "DNSKEY")]
    [InlineData("www.bare.com", "A")]
    [InlineData("www.bare.com", "DNSKEY")]
    [InlineData("www.bare.com", "DS")]
    [InlineData("www.bare.com", "TXT")]
    [InlineData("alias.bare.com", "A")]
    [InlineData("nothing.bare.com", "A")]
    [InlineData("any.wild.bare.com", "A")]
    [InlineData("www.sub.bare.com", "A")]
    public void Below_a_DS_whose_zone_has_no_keys_the_keys_are_what_is_missing(string name, string type)
    {
        using Run run = Run.Primed(new VirtualNetwork(MakeSigned()));
        for (int i = 0; i < 2; i++)
        {
            Resolution bogus = run.Resolve(name, RRType.Parse(type));
            Assert.Equal((Rcode.ServFail, SecurityStatus.Bogus), (bogus.Rcode, bogus.Security));
            Assert.Equal(ExtendedErrorCode.DnskeyMissing, bogus.ExtendedError!.Code);
            Assert.Equal("bare.com. has a DS or an anchor, and no DNSKEY set", bogus.ExtendedError.Text);
        }

        Assert.Equal(SecurityStatus.Secure, run.Resolve("bare.com", RRType.DS).Security);
    }

    // RFC 8914 §4: what was heard is the cause, the silence of the others only why nobody says better.
    [Theory]
    [InlineData("bare.com", "DNSKEY")]
    [InlineData("www.bare.com", "A")]
    public void With_one_server_bogus_and_the_other_silent_until_the_end_the_cause_is_what_was_heard(
        string name, string type)
    {
        VirtualNetwork network = new(MakeSigned());
        network.Internet.FindServer(IPAddress.Parse(Dead))!.Fault = ServerFault.Dead;
        ZoneServers servers = new(
            DomainName.Parse("bare.com."),
            [new(IPAddress.Parse("192.0.2.10"), 53), new(IPAddress.Parse(Dead), 53)]);
        using Run run = Run.Primed(network, new ResolverOptions
        {
            StubZones = [servers],
            Limits = new ResolverLimits { QueryDeadlineMilliseconds = 1500 },
        });
        Resolution failed = run.Resolve(name, RRType.Parse(type));
        Assert.Equal(Rcode.ServFail, failed.Rcode);
        Assert.Equal(ExtendedErrorCode.DnskeyMissing, failed.ExtendedError!.Code);
        Assert.StartsWith(
            "bare.com. has a DS or an anchor, and no DNSKEY set; limit query-deadline-ms met; "
            + "bare.com. at 192.0.2.3:53: timed out",
            failed.ExtendedError.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Below_a_negative_trust_anchor_nothing_is_judged()
    {
        using Run run = Run.Primed(new VirtualNetwork(MakeSigned()), new ResolverOptions
        {
            TrustAnchors = [". DS 1 15 2 " + new string('0', 64)],
            NegativeTrustAnchors = [DomainName.Parse("abc.com")],
        });
        Resolution resolution = run.Resolve("www.abc.com");
        Assert.Equal((Rcode.NoError, SecurityStatus.Insecure), (resolution.Rcode, resolution.Security));
        Assert.Equal(ExtendedErrorCode.NegativeTrustAnchor, resolution.ExtendedError!.Code);
    }

    [Fact]
    public void A_signed_alias_that_is_known_does_not_hide_its_own_NSEC_and_signatures()
    {
        using Run run = Run.Primed(new VirtualNetwork(MakeSigned()));
        Assert.Equal(Rcode.NoError, run.Resolve("alias.abc.com").Rcode);
        for (int i = 0; i < 2; i++)
        {
            foreach (RRType type in (RRType[])[RRType.Nsec, RRType.Rrsig])
            {
                Resolution own = run.Resolve("alias.abc.com", type);
                Assert.Equal(type, own.Answer[0].Type);
                Assert.All(own.Answer, static r => Assert.Equal("alias.abc.com.", r.Name.ToString()));
            }
        }
    }

    [Fact]
    public void A_second_name_of_a_validated_zone_costs_one_query()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        _ = run.Resolve("www.abc.com");
        network.Internet.ResetQueryCounts();
        Assert.Equal(SecurityStatus.Secure, run.Resolve("big.abc.com", RRType.Txt).Security);
        Assert.Equal(2, network.Internet.QueryCount);
    }

    [Fact]
    public void With_10_ms_round_trips_a_validated_name_three_zones_down_takes_30_ms_cold()
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network);
        Assert.Equal(
            System.TimeSpan.FromMilliseconds(30),
            run.Time(() =>
            {
                Resolution resolution = run.Resolve("www.abc.com");
                Assert.Equal(SecurityStatus.Secure, resolution.Security);
                return resolution;
            }));
    }

    [Fact]
    public void An_internet_without_an_anchor_is_not_validated()
    {
        using Run run = Run.Primed(new VirtualNetwork(Internets.MakeCom()));
        Assert.Equal(SecurityStatus.Unchecked, run.Resolve("www.abc.com").Security);
    }

    [Theory]
    [InlineData("www.abc.com")]
    [InlineData("alias.abc.com")]
    [InlineData("any.wild.abc.com")]
    public void An_answer_that_the_rebinding_guard_has_taken_from_is_not_said_to_be_authentic(string name)
    {
        VirtualNetwork network = new(MakeSigned());
        using Run run = Run.Primed(network, new ResolverOptions
        {
            PrivateAddresses = [AddressPrefix.Parse("192.0.2.0/24")],
        });
        _ = run.Resolve("first.wild.abc.com");
        for (int asked = 0; asked < 3; asked++)
        {
            Resolution rest = run.Resolve(name);
            Assert.Empty(rest.Answer.OfType<ARecord>());
            Assert.Equal(
                (SecurityStatus.Unchecked, ExtendedErrorCode.Blocked),
                (rest.Security, rest.ExtendedError!.Code));
            Assert.False(IsAuthentic(network, run, name));
        }
    }

    private static bool IsAuthentic(VirtualNetwork network, Run run, string name)
    {
        byte[] query = new byte[QueryWriter.MaxLength];
        int length = QueryWriter.Write(query, new UpstreamQuestion
        {
            Flags = HeaderFlags.RecursionDesired | HeaderFlags.AuthenticData,
            Id = 1,
            Name = DomainName.Parse(name).Wire,
            Type = RRType.A,
            Class = RRClass.IN,
        });
        ArrayBufferWriter<byte> reply = new();
        Func<Task> ask = async () => await run.Resolver.AnswerAsync(query.AsMemory(0, length), reply);
        network.Run(ask);
        Assert.True(MessageHeader.TryRead(reply.WrittenSpan, out MessageHeader header));
        return header.Has(HeaderFlags.AuthenticData);
    }

    private static (SecurityStatus Status, string Rcode) Known(Run run, string name)
    {
        Assert.True(run.Resolver.TryGetCached(DomainName.Parse(name), RRType.A, out Resolution known));
        return (known.Security, known.Rcode.ToString());
    }

    private static SimulatedInternet MakeSigned() => Internets.MakeCom(
        builder =>
        {
            Internets.Zone(
                builder, "192.0.2.9", "plain.com.", "@ NS ns\nns A 192.0.2.9\nwww A 192.0.2.109\n");
            Internets.Zone(
                builder, "192.0.2.10", "bare.com.", "@ NS ns\n@ A 192.0.2.110\nns A 192.0.2.10\n"
                + "www A 192.0.2.111\nalias CNAME www.abc.com.\n*.wild A 192.0.2.112\n"
                + "sub NS ns.sub\nns.sub A 192.0.2.10\n",
                ("sub.bare.com.", "@ NS ns\nns A 192.0.2.10\nwww A 192.0.2.113\n"));
            builder.Sign("tests", "plain.com.", "below.abc.com.", "bare.com.", "sub.bare.com.");
        },
        com: "plain NS ns.plain\nns.plain A 192.0.2.9\n"
            + "bare NS ns.bare\nns.bare A 192.0.2.10\nbare DS 1 15 2 " + new string('1', 64) + "\n",
        abc: "to-plain CNAME www.plain.com.\n*.wild A 192.0.2.7\n*.away CNAME www.abc.xyz.com.\n"
            + "below NS ns.below\nns.below A 192.0.2.2\n",
        below: "@ NS ns\nns A 192.0.2.2\nwww A 192.0.2.8\n");
}
