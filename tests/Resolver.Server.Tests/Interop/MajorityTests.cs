// How the comparison with other resolvers judges: what most of them say is the yardstick, and where they do
// not agree only a reply that nobody else gives is a difference.
using System.Linq;
using Resolver.Interop;
using Xunit;

namespace Resolver.Server.Tests;

public sealed class MajorityTests
{
    private const string Good = "www.example.com. 300 IN A 192.0.2.1";
    private const string Other = "www.example.com. 300 IN A 192.0.2.2";
    private const string Third = "www.example.com. 300 IN A 192.0.2.3";

    [Fact]
    public void A_reply_that_says_what_most_say_does_not_differ()
    {
        Assert.Empty(Differences(Is(Good), Good, Good, Good, Other));
        Assert.Empty(Differences(Is(Good, Other), [Good, Other], [Other, Good], [Other, Good]));
    }

    [Fact]
    public void Records_that_most_do_not_have_are_a_difference() =>
        Assert.Equal(["answer"], Differences(Is(Other), Good, Good, Good, Other));

    [Fact]
    public void Another_rcode_than_that_of_most_is_the_only_difference_told()
    {
        Majority majority = new(Question, [Is(Good), Is(Good), Reply("NXDOMAIN")], 5);
        Assert.Equal("NOERROR", majority.Rcode);
        Assert.Equal(["rcode-SERVFAIL-not-NOERROR"], majority.DifferencesOf(Reply("SERVFAIL")));
        Assert.Equal(["rcode-NXDOMAIN-not-NOERROR"], majority.DifferencesOf(Reply("NXDOMAIN")));
    }

    [Fact]
    public void Half_is_no_majority()
    {
        Reply[] peers = [Is(Good), Is(Good), Reply("NXDOMAIN"), Reply("NXDOMAIN")];
        Majority majority = new(Question, peers, 5);
        Assert.Null(majority.Rcode);
        Assert.Empty(majority.DifferencesOf(Is(Good)));
        Assert.Empty(majority.DifferencesOf(Reply("NXDOMAIN")));
        Assert.Equal(["alone-rcode-SERVFAIL"], majority.DifferencesOf(Reply("SERVFAIL")));
    }

    [Fact]
    public void Of_peers_that_do_not_agree_on_records_only_who_stands_alone_differs()
    {
        Reply[] peers = [Is(Good), Is(Good), Is(Other), Is(Other)];
        Majority majority = new(Question, peers, 5);
        Assert.Empty(majority.DifferencesOf(Is(Other)));
        Assert.Equal(["alone-answer"], majority.DifferencesOf(Is(Third)));
    }

    [Fact]
    public void A_peer_is_no_witness_for_itself()
    {
        Reply odd = Reply("SERVFAIL");
        Reply[] peers = [odd, Is(Good), Reply("NXDOMAIN"), Reply("REFUSED")];
        Assert.Equal(["alone-rcode-SERVFAIL"], new Majority(Question, peers, 5).DifferencesOf(odd));
    }

    [Fact]
    public void Peers_with_another_rcode_have_no_say_in_the_rest()
    {
        Reply[] peers = [Is(Good), Reply("NXDOMAIN"), Reply("NXDOMAIN"), Is(Other)];
        Assert.Equal(["alone-answer"], new Majority(Question, peers, 5).DifferencesOf(Is(Third)));
    }

    [Theory]
    [InlineData(305, false)]
    [InlineData(306, true)]
    public void A_TTL_may_be_off_by_as_much_as_is_allowed(int ttl, bool differs)
    {
        Reply reply = Is($"www.example.com. {ttl} IN A 192.0.2.1");
        string[] found = Differences(reply, Good, Good, Good);
        Assert.Equal(differs ? ["ttl"] : [], found);
    }

    [Theory]
    [InlineData("rd ra", "")]
    [InlineData("rd", "flag-ra")]
    [InlineData("aa rd ra", "flag-aa")]
    [InlineData("rd ra ad", "flag-ad")]
    public void Each_flag_is_compared(string flags, string difference)
    {
        Reply reply = Is(Good);
        reply.Flags = flags;
        Assert.Equal(difference.Length == 0 ? [] : [difference], Differences(reply, Good, Good, Good));
    }

    [Fact]
    public void Truncation_a_missing_SOA_and_a_chain_out_of_order_are_told()
    {
        Reply cut = Is(Good);
        cut.Truncated = true;
        Assert.Equal(["truncation"], Differences(cut, Good, Good, Good));

        Reply[] denials = [Reply("NXDOMAIN"), Reply("NXDOMAIN"), Reply("NXDOMAIN")];
        foreach (Reply denial in denials)
        {
            denial.AuthorityTypes.Add("SOA");
        }

        Assert.Equal(["negative-soa"], new Majority(Question, denials, 5).DifferencesOf(Reply("NXDOMAIN")));

        const string Alias = "www.example.com. 300 IN CNAME web.example.com.";
        const string Target = "web.example.com. 300 IN A 192.0.2.1";
        Reply[] chains = [Is(Alias, Target), Is(Alias, Target)];
        Assert.Equal(
            ["order"], new Majority(Question, chains, 5).DifferencesOf(Is(Target, Alias)));
    }

    private static Question Question => new("www.example.com.", "A", "");

    private static string[] Differences(Reply reply, params string[] peers) =>
        Differences(reply, [.. peers.Select(static p => (string[])[p])]);

    private static string[] Differences(Reply reply, params string[][] peers) =>
        [.. new Majority(Question, [.. peers.Select(Is)], 5).DifferencesOf(reply)];

    private static Reply Is(params string[] answers) => Reply("NOERROR", answers);

    private static Reply Reply(string rcode, params string[] answers)
    {
        Reply reply = new() { Rcode = rcode, Flags = "rd ra" };
        foreach (string line in answers)
        {
            Assert.True(Answer.TryParse(line, out Answer? answer));
            reply.Answers.Add(answer!);
        }

        return reply;
    }
}
