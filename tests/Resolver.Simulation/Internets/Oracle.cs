// What the right answer is: read from the zones by following aliases from zone to zone, without asking
// anybody. A server that serves every zone of the internet has no delegations to follow.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Testing;
using Resolver.Testing.Tests;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>Knows all zones.</summary>
internal sealed class Oracle(SimulatedInternet internet, SigningPlan signing)
{
    private const int MaxLinks = 16;

    private readonly AuthoritativeResponder _all = new(internet.Zones);
    private readonly ZoneTrust _trust = new(internet.Zones, signing);
    private readonly Dictionary<PlannedQuestion, RightAnswer?> _answers = [];

    /// <summary>The right answer; null when there is none to be had.</summary>
    public RightAnswer? Answer(PlannedQuestion question)
    {
        if (!_answers.TryGetValue(question, out RightAnswer? answer))
        {
            answer = question.IsHopeless ? null : Find(question);
            _answers.Add(question, answer);
        }

        return answer;
    }

    /// <summary>True when a chain of trust leads from the anchor to a zone.</summary>
    public bool IsSecure(string zone) => _trust.Of(DomainName.Parse(zone)).Standing == Standing.Secure;

    /// <summary>True when the zone of a name is secure, and nobody can make it seem less.</summary>
    public bool IsProvable(DomainName name) =>
        _trust.Of(_all.ZoneFor(name, RRType.A)!.Origin) is { Standing: Standing.Secure, IsProvable: true };

    /// <summary>True when the zone above it can prove that it does not exist.</summary>
    public bool IsSecureAbove(string zone) => _trust.Of(
        _all.ZoneFor(DomainName.Parse(zone).Parent, RRType.NS)!.Origin).Standing == Standing.Secure;

    private RightAnswer? Find(PlannedQuestion question)
    {
        List<RightRecord> records = [];
        Trust trust = new(Standing.Secure, true);
        DomainName name = DomainName.Parse(question.Name);
        RRType type = RRType.Parse(question.Type);
        for (int link = 0; link < MaxLinks; link++)
        {
            AuthoritativeZone zone = _all.ZoneFor(name, type)!;
            AuthoritativeAnswer answer = ZoneLookup.Answer(zone, name, type, withProofs: false);
            foreach (PlacedRRset placed in answer.Answer)
            {
                records.AddRange(RightRecord.From(placed));
            }

            PlacedRRset last = answer.Answer.LastOrDefault();
            bool isAlias = answer.Answer.Count > 0 && last.Set.Type == RRType.Cname && type != RRType.Cname;
            DomainName target = isAlias ? DomainName.FromValidWire(last.Set.First) : name;
            trust = trust.And(Judge(zone, answer, target));
            bool isReferral = answer.Authority.Count == 0 || answer.Authority[0].Set.Type == RRType.NS;
            if (!isAlias || !isReferral)
            {
                return new RightAnswer(answer.Rcode, records) { Trust = trust };
            }

            name = target;
        }

        return null;
    }

    // What one zone says, each part as it is proven: sets by signatures, those of wildcards by the absence of
    // anything closer too, denials by a range of the last name or by one that covers a closer name.
    private Trust Judge(AuthoritativeZone zone, AuthoritativeAnswer answer, DomainName last)
    {
        Trust trust = _trust.Of(zone.Origin);
        if (answer.Answer.Exists(static p => p.Owner != p.Set.OwnerName))
        {
            trust = trust.And(_trust.OfCloserName(zone));
        }

        if (answer.Authority.Count > 0 && answer.Authority[0].Set.Type == RRType.Soa)
        {
            bool isMatched = answer.Rcode == Rcode.NoError && HasRange(zone, last);
            trust = trust.And(isMatched ? _trust.OfDenial(zone) : _trust.OfCloserName(zone));
        }

        return trust;
    }

    private static bool HasRange(AuthoritativeZone zone, DomainName name)
    {
        bool isMatch = false;
        _ = zone.HasNsec3 ? zone.FindNsec3(name, out isMatch) : default;
        return isMatch;
    }
}

/// <summary>The right answer: aliases and records, in no order.</summary>
internal sealed record RightAnswer(Rcode Rcode, IReadOnlyList<RightRecord> Records)
{
    /// <summary>What it is called.</summary>
    public Trust Trust { get; init; }

    /// <summary>True when the zones prove it.</summary>
    public bool IsSecure => Trust.Standing == Standing.Secure;

    /// <summary>Null when a reply is the right one, else the difference.</summary>
    public string? Compare(Reply reply)
    {
        if (reply.Rcode != Rcode)
        {
            return $"rcode {reply.Rcode} where {Rcode} is right";
        }

        List<string> right = [.. Records.Select(static r => r.Text).Order(StringComparer.Ordinal)];
        List<string> seen = [.. reply.Records
            .Where(static r => r.Section == MessageSection.Answer && r.Type != RRType.Rrsig)
            .Select(static r => new RightRecord(r.Owner, r.Type, r.Rdata, r.Ttl).Text)
            .Order(StringComparer.Ordinal)];
        return right.SequenceEqual(seen)
            ? null
            : $"answer [{string.Join("; ", seen)}] where [{string.Join("; ", right)}] is right";
    }

    /// <summary>The TTL of a record of the right answer.</summary>
    public uint? TtlOf(ReplyRecord record)
    {
        string text = new RightRecord(record.Owner, record.Type, record.Rdata, record.Ttl).Text;
        return Records.FirstOrDefault(r => r.Text == text)?.Ttl;
    }
}

/// <summary>A record of a right answer.</summary>
internal sealed record RightRecord(DomainName Owner, RRType Type, byte[] Rdata, uint Ttl)
{
    /// <summary>
    /// Owner, type and data, as one text to compare. Letters lose their case in data too: a compressed name
    /// takes that of the name it points to (RFC 4343 §4.1).
    /// </summary>
    public string Text =>
        $"{Owner.ToCanonical()} {Type} {Convert.ToHexString(Array.ConvertAll(Rdata, NameOctets.Fold))}";

    /// <summary>The records of a set.</summary>
    public static IEnumerable<RightRecord> From(PlacedRRset placed)
    {
        List<RightRecord> records = [];
        foreach (ReadOnlySpan<byte> rdata in placed.Set.Records)
        {
            records.Add(new RightRecord(placed.Owner, placed.Set.Type, rdata.ToArray(), placed.Ttl));
        }

        return records;
    }
}
