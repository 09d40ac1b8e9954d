// Names that must not, or need not, be asked of the public DNS: RFC 6761 (localhost, invalid, test), RFC 7686
// (onion), RFC 8375 (home.arpa), RFC 6303 (reverse zones of private and special addresses). Answered from
// here as small zones with SOA and NS at the apex (RFC 6303 §3).
using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Answers for special-use names.</summary>
internal static class SpecialUseNames
{
    private const uint Ttl = 10800;

    private static readonly FrozenDictionary<DomainName, RRset> Zones = MakeZones();
    private static readonly RRset LocalhostA = MakeSet("localhost.", RRType.A, [127, 0, 0, 1]);
    private static readonly RRset LocalhostAaaa =
        MakeSet("localhost.", RRType.Aaaa, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);

    private static readonly DomainName Localhost = DomainName.Parse("localhost.");
    private static readonly DomainName HomeArpa = DomainName.Parse("home.arpa.");
    private static readonly DomainName Loopback4 = DomainName.Parse("1.0.0.127.in-addr.arpa.");
    private static readonly DomainName Loopback6 = DomainName.Parse(
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa.");

    /// <summary>
    /// The answer, or null when the name is an ordinary one, or one of a configured zone that is at least as
    /// specific as the built-in one.
    /// </summary>
    public static LinkOutcome? TryAnswer(Question question, ConfiguredZones zones)
    {
        if (!TryFindZone(question.Name, out DomainName apex, out RRset soa)
            || (zones.Find(question.Name) is { } configured && configured.Apex.IsSubdomainOf(apex))
            || (question.Type == RRType.DS && question.Name == apex))
        {
            // The DS of an apex belongs to its parent, which is asked (RFC 8375 §4).
            return null;
        }

        if (question.Name.IsSubdomainOf(Localhost))
        {
            return question.Type == RRType.A ? Answer(question.Name, LocalhostA)
                : question.Type == RRType.Aaaa ? Answer(question.Name, LocalhostAaaa)
                : question.Name == apex ? AnswerApex(question, soa)
                : Deny(question, DenialKind.NoData, soa);
        }

        if (question.Name == Loopback4 || question.Name == Loopback6)
        {
            return question.Type == RRType.Ptr
                ? Answer(question.Name, MakeSet(question.Name.ToString(), RRType.Ptr, Localhost.Wire))
                : question.Name == apex ? AnswerApex(question, soa)
                : Deny(question, DenialKind.NoData, soa);
        }

        bool exists = question.Name == apex
            || (question.Name != HomeArpa && Loopback4.IsSubdomainOf(question.Name));
        return question.Name == apex ? AnswerApex(question, soa)
            : Deny(question, exists ? DenialKind.NoData : DenialKind.NameError, soa);
    }

    private static bool TryFindZone(DomainName name, out DomainName apex, out RRset soa)
    {
        apex = default;
        soa = default;
        if (!MayBeSpecial(name))
        {
            return false;
        }

        for (DomainName at = name; !at.IsRoot; at = at.Parent)
        {
            if (Zones.TryGetValue(at, out soa))
            {
                apex = at;
                return true;
            }
        }

        return false;
    }

    // Nearly all names end here: their last label is none of those that matter.
    private static bool MayBeSpecial(DomainName name)
    {
        ReadOnlySpan<byte> wire = name.Wire;
        int last = 0;
        for (int at = 0; wire[at] != 0; at += wire[at] + 1)
        {
            last = at;
        }

        Span<byte> label = stackalloc byte[NameOctets.MaxLabelLength];
        ReadOnlySpan<byte> octets = wire.Slice(last + (wire.Length > 1 ? 1 : 0), wire[last]);
        NameOctets.ToCanonical(octets, label);
        return label[..octets.Length] switch
        {
            [.. var top] when top.SequenceEqual("arpa"u8) || top.SequenceEqual("test"u8)
                || top.SequenceEqual("localhost"u8) || top.SequenceEqual("invalid"u8)
                || top.SequenceEqual("onion"u8) => true,
            _ => false,
        };
    }

    private static LinkOutcome Answer(DomainName name, RRset data)
    {
        RRsetBuilder builder = new();
        builder.Begin(name.Wire, data.Type, RRClass.IN);
        builder.Add(data.First, Ttl);
        RRset set = builder.Build();
        return new LinkOutcome
        {
            End = LinkEnd.Answer,
            Sets = [new AnswerSet(set, null)],
            LastName = name,
            IsLocal = true,
        };
    }

    private static LinkOutcome AnswerApex(Question question, RRset soa) =>
        question.Type == RRType.Soa ? Answer(question.Name, soa)
        : question.Type == RRType.NS ? Answer(question.Name, MakeSet(question.Name.ToString(), RRType.NS, soa.Owner))
        : Deny(question, DenialKind.NoData, soa);

    private static LinkOutcome Deny(Question question, DenialKind kind, RRset soa) => new()
    {
        End = kind == DenialKind.NameError ? LinkEnd.NameError : LinkEnd.NoData,
        LastName = question.Name,
        Denial = new CachedDenial(
            kind, new DenialEvidence(soa, null, SecurityStatus.Unchecked), new Lifetime(Ttl, 0, long.MaxValue, null!)),
        IsLocal = true,
    };

    private static RRset MakeSet(string owner, RRType type, ReadOnlySpan<byte> rdata)
    {
        RRsetBuilder builder = new();
        builder.Begin(DomainName.Parse(owner).Wire, type, RRClass.IN);
        builder.Add(rdata, Ttl);
        return builder.Build();
    }

    // RFC 6303 §3: "@ SOA @ nobody.invalid. 1 3600 1200 604800 10800".
    private static RRset MakeSoa(DomainName apex)
    {
        byte[] rdata =
        [
            .. apex.Wire, .. DomainName.Parse("nobody.invalid.").Wire,
            0, 0, 0, 1, 0, 0, 0x0E, 0x10, 0, 0, 0x04, 0xB0, 0, 0x09, 0x3A, 0x80, 0, 0, 0x2A, 0x30,
        ];
        return MakeSet(apex.ToString(), RRType.Soa, rdata);
    }

    private static FrozenDictionary<DomainName, RRset> MakeZones()
    {
        List<string> names =
        [
            "localhost.", "invalid.", "test.", "onion.", "home.arpa.",
            "10.in-addr.arpa.", "168.192.in-addr.arpa.", "0.in-addr.arpa.", "127.in-addr.arpa.",
            "254.169.in-addr.arpa.", "2.0.192.in-addr.arpa.", "100.51.198.in-addr.arpa.",
            "113.0.203.in-addr.arpa.", "255.255.255.255.in-addr.arpa.",
            "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa.",
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa.",
            "d.f.ip6.arpa.", "8.e.f.ip6.arpa.", "9.e.f.ip6.arpa.", "a.e.f.ip6.arpa.", "b.e.f.ip6.arpa.",
            "8.b.d.0.1.0.0.2.ip6.arpa.",
        ];
        for (int i = 16; i < 32; i++)
        {
            names.Add($"{i}.172.in-addr.arpa.");
        }

        // RFC 7793: the shared address space 100.64.0.0/10.
        for (int i = 64; i < 128; i++)
        {
            names.Add($"{i}.100.in-addr.arpa.");
        }

        Dictionary<DomainName, RRset> zones = [];
        foreach (string name in names)
        {
            DomainName apex = DomainName.Parse(name);
            zones.Add(apex, MakeSoa(apex));
        }

        return zones.ToFrozenDictionary();
    }
}
