// A reply on an adversary's desk: what the zones say, as records that can be altered, left out or added to,
// and the octets that come of it.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using Resolver.Testing;
using Resolver.Testing.Tests;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>A reply being written.</summary>
internal sealed class Draft
{
    private const int MostByDatagram = 1232;

    private readonly bool _hasEdns;

    private Draft(ServerTurn turn)
    {
        byte[] name = new byte[NameOctets.MaxLength];
        _ = QueryView.TryRead(turn.Query, name, out QueryView view);
        Query = turn.Query;
        Id = view.Header.Id;
        Name = view.NameLength == 0
            ? DomainName.Root
            : DomainName.FromValidWire(name.AsSpan(0, view.NameLength));
        Type = view.Type;
        IsStream = turn.IsStream;
        _hasEdns = view.HasEdns;
        if (turn.Honest.Length > 0)
        {
            Reply honest = Reply.Read(turn.Honest);
            Rcode = honest.Rcode;
            Flags = honest.Header.Flags;
            Records.AddRange(honest.Records);
        }
    }

    /// <summary>The query that it answers.</summary>
    public byte[] Query { get; }

    /// <summary>The ID.</summary>
    public ushort Id { get; set; }

    /// <summary>The name asked for, spelt as in the query.</summary>
    public DomainName Name { get; set; }

    /// <summary>The type asked for.</summary>
    public RRType Type { get; set; }

    /// <summary>True by TCP.</summary>
    public bool IsStream { get; }

    /// <summary>The flags.</summary>
    public HeaderFlags Flags { get; set; } = HeaderFlags.Response;

    /// <summary>The rcode.</summary>
    public Rcode Rcode { get; set; } = Rcode.NoError;

    /// <summary>EDNS options in wire form.</summary>
    public byte[] Options { get; set; } = [];

    /// <summary>The records.</summary>
    public List<ReplyRecord> Records { get; } = [];

    /// <summary>True while it tells of other servers.</summary>
    public bool IsReferral => Rcode == Rcode.NoError && !Flags.HasFlag(HeaderFlags.Authoritative)
        && Records.Exists(static r => r.Section == MessageSection.Authority && r.Type == RRType.NS);

    /// <summary>What an honest server would say.</summary>
    public static Draft Of(ServerTurn turn) => new(turn);

    /// <summary>Says nothing yet, with AA.</summary>
    public Draft Clear(HeaderFlags flags = HeaderFlags.Authoritative)
    {
        Records.Clear();
        Rcode = Rcode.NoError;
        Flags = HeaderFlags.Response | flags;
        return this;
    }

    /// <summary>Adds a record.</summary>
    public void Add(MessageSection section, DomainName owner, RRType type, byte[] rdata) =>
        Records.Add(new ReplyRecord(section, owner, type, 86400, rdata));

    /// <summary>Adds a set with its signatures, at its own owner unless another is given.</summary>
    public void Add(MessageSection section, RRset set, DomainName? owner = null)
    {
        foreach (ReadOnlySpan<byte> rdata in set.Records)
        {
            Records.Add(new ReplyRecord(section, owner ?? set.OwnerName, set.Type, set.Ttl, rdata.ToArray()));
        }

        foreach (ReadOnlySpan<byte> rdata in set.Signatures)
        {
            Records.Add(new ReplyRecord(
                section, owner ?? set.OwnerName, RRType.Rrsig, set.Ttl, rdata.ToArray()));
        }
    }

    /// <summary>Adds an address.</summary>
    public void Add(MessageSection section, DomainName owner, IPAddress address)
    {
        byte[] rdata = address.GetAddressBytes();
        Add(section, owner, rdata.Length == 4 ? RRType.A : RRType.Aaaa, rdata);
    }

    /// <summary>Adds a record whose data is a name.</summary>
    public void Add(MessageSection section, DomainName owner, RRType type, DomainName target) =>
        Add(section, owner, type, target.Wire.ToArray());

    /// <summary>The octets; by UDP what does not fit is TC.</summary>
    public byte[] Write()
    {
        byte[] buffer = new byte[ushort.MaxValue];
        MessageWriter writer = new(buffer);
        writer.Reserve(_hasEdns ? OptFields.Overhead + Options.Length : 0);
        _ = writer.TryWriteQuestion(Name.Wire, Type, RRClass.IN);
        foreach (ReplyRecord record in Records.OrderBy(static r => r.Section))
        {
            RecordHeader header = new(record.Owner.Wire, record.Type, RRClass.IN, record.Ttl);
            _ = writer.TryWriteRecord(record.Section, header, record.Rdata);
        }

        writer.Reserve(0);
        if (_hasEdns)
        {
            _ = writer.TryWriteOpt(
                new OptFields(MostByDatagram, (byte)(Rcode.Value >> 4), 0, true), Options);
        }

        ushort word = MessageHeader.MakeWord(
            Flags | HeaderFlags.Response, Opcode.Query, new Rcode((ushort)(Rcode.Value & 15)));
        byte[] octets = buffer[..writer.Finish(Id, word)];
        if (IsStream || octets.Length <= MostByDatagram)
        {
            return octets;
        }

        Records.Clear();
        Options = [];
        Flags |= HeaderFlags.Truncated;
        return Write();
    }
}
