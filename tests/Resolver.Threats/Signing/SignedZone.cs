// An honest server of a signed zone: answers, wildcards, referrals and denials with signatures and proofs
// (RFC 4035 §3.1, RFC 5155 §7.2). Scripts alter what it says.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Resolver.Threats;

/// <summary>A signed zone.</summary>
internal sealed class SignedZone
{
    private readonly Func<IEnumerable<Record>> _content;

    /// <param name="key">Signs everything.</param>
    /// <param name="content">The records, glue included, as they are at the moment.</param>
    public SignedZone(SigningKey key, Func<IEnumerable<Record>> content)
    {
        Key = key;
        _content = content;
    }

    public string Apex => Key.Zone;

    public SigningKey Key { get; }

    /// <summary>DNSKEY records beside the one of the key.</summary>
    public IReadOnlyList<Record> OtherKeys { get; init; } = [];

    /// <summary>Null for NSEC.</summary>
    public Hashing? Hashing { get; init; }

    /// <summary>What an honest server says.</summary>
    public Message Answer(Message query)
    {
        Record[] content = [Record.Soa(Apex), Key.Dnskey, .. OtherKeys, .. _content()];
        string name = query.Name;
        Message reply = query.Reply();
        string? cut = FindCut(content, name);
        if (cut is not null && !(cut == name && query.Type == Types.DS))
        {
            Refer(reply, content, cut);
            return reply;
        }

        DenialChain chain = new(Apex, [.. content.Where(r => IsOwn(content, r))], Hashing);
        if (content.Any(r => NameOrder.IsBelow(r.Owner, name)))
        {
            Fill(reply, [.. content.Where(r => r.Owner == name)], chain, [name]);
            return reply;
        }

        (string encloser, string closer) = FindEncloser(content, name);
        string wildcard = encloser == "." ? "*." : "*." + encloser;
        Record[] source = [.. content.Where(r => r.Owner == wildcard)];
        string[] closest = Hashing is null ? [name] : [closer];
        if (source.Length > 0)
        {
            Fill(reply, source, chain, closest);
            return reply;
        }

        reply.Rcode = 3;
        Deny(reply, chain, Hashing is null ? [name, wildcard] : [encloser, closer, wildcard]);
        return reply;
    }

    /// <summary>A set with its signature.</summary>
    public Record[] Signed(params Record[] set) => [.. set, Key.Sign(set)];

    /// <summary>The SOA and records that match or cover names, signed.</summary>
    public IEnumerable<Record> Denial(params string[] names)
    {
        Record[] content = [Record.Soa(Apex), Key.Dnskey, .. OtherKeys, .. _content()];
        DenialChain chain = new(Apex, [.. content.Where(r => IsOwn(content, r))], Hashing);
        Message reply = new();
        Deny(reply, chain, names);
        return reply.Authority;
    }

    // What a name has of a type, or its alias; the name asked for may be made from a wildcard.
    private void Fill(Message reply, Record[] here, DenialChain chain, string[] proofs)
    {
        Record[] found = [.. here.Where(r => r.Type == reply.Type)];
        found = found.Length > 0 ? found : [.. here.Where(static r => r.Type == Types.Cname)];
        bool isExpanded = here.Length > 0 && here[0].Owner != reply.Name;
        if (found.Length == 0)
        {
            Deny(reply, chain, isExpanded ? [.. proofs, here[0].Owner] : proofs);
            return;
        }

        foreach (Record record in Signed(found))
        {
            reply.Answer.Add(record with { Owner = reply.Name });
        }

        if (isExpanded)
        {
            Prove(reply, chain, proofs);
        }
    }

    private void Deny(Message reply, DenialChain chain, string[] names)
    {
        reply.Authority.AddRange(Signed(Record.Soa(Apex)));
        Prove(reply, chain, names);
    }

    private void Prove(Message reply, DenialChain chain, string[] names)
    {
        foreach (Record proof in names.Select(chain.At).DistinctBy(static r => r.Owner))
        {
            reply.Authority.AddRange(Signed(proof));
        }
    }

    private void Refer(Message reply, Record[] content, string cut)
    {
        reply.Flags &= unchecked((ushort)~Message.Authoritative);
        Record[] here = [.. content.Where(r => r.Owner == cut)];
        Record[] signers = [.. here.Where(static r => r.Type == Types.DS)];
        reply.Authority.AddRange(here.Where(static r => r.Type == Types.NS));
        if (signers.Length > 0)
        {
            reply.Authority.AddRange(Signed(signers));
        }
        else
        {
            DenialChain chain = new(Apex, [.. content.Where(r => IsOwn(content, r))], Hashing);
            Prove(reply, chain, [cut]);
        }

        reply.Additional.AddRange(content.Where(r => r.Owner != cut && NameOrder.IsBelow(r.Owner, cut)));
    }

    private static (string Encloser, string Closer) FindEncloser(Record[] content, string name)
    {
        string closer = name;
        string encloser = NameOrder.ParentOf(name);
        while (!content.Any(r => NameOrder.IsBelow(r.Owner, encloser)))
        {
            closer = encloser;
            encloser = NameOrder.ParentOf(encloser);
        }

        return (encloser, closer);
    }

    // The highest delegation at or above a name.
    private string? FindCut(Record[] content, string name)
    {
        string? cut = null;
        for (string at = name; at != Apex && at != "."; at = NameOrder.ParentOf(at))
        {
            cut = content.Any(r => r.Owner == at && r.Type == Types.NS) ? at : cut;
        }

        return cut;
    }

    private bool IsOwn(Record[] content, Record record) =>
        FindCut(content, record.Owner) is not { } cut || cut == record.Owner;
}
