// A message as scripts and clients see it. The question is kept as octets, so that its case comes back.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Resolver.Threats;

/// <summary>One DNS message.</summary>
internal sealed class Message
{
    public const ushort Response = 0x8000;
    public const ushort Authoritative = 0x0400;
    public const ushort Truncated = 0x0200;
    public const ushort RecursionDesired = 0x0100;
    public const ushort RecursionAvailable = 0x0080;
    public const ushort AuthenticData = 0x0020;
    public const ushort CheckingDisabled = 0x0010;

    public ushort Id { get; set; }

    /// <summary>The flags and opcode; the rcode apart.</summary>
    public ushort Flags { get; set; }

    /// <summary>The rcode, EDNS bits included.</summary>
    public int Rcode { get; set; }

    /// <summary>The name asked for, lower case.</summary>
    public string Name { get; set; } = ".";

    public ushort Type { get; set; }

    /// <summary>The question section as it came; empty for none.</summary>
    public byte[] Question { get; set; } = [];

    public List<Record> Answer { get; } = [];

    public List<Record> Authority { get; } = [];

    public List<Record> Additional { get; } = [];

    /// <summary>OPT's payload size; null without OPT.</summary>
    public int? PayloadSize { get; set; }

    /// <summary>OPT's DO.</summary>
    public bool IsDnssecOk { get; set; }

    public List<(ushort Code, byte[] Content)> Options { get; } = [];

    /// <summary>A query of a client.</summary>
    public static Message Query(string name, ushort type, int? payloadSize = 1232)
    {
        byte[] wire = NameText.ToWire(name);
        return new Message
        {
            Flags = RecursionDesired,
            Name = name,
            Type = type,
            Question = [.. wire, (byte)(type >> 8), (byte)type, 0, 1],
            PayloadSize = payloadSize,
        };
    }

    /// <summary>An authoritative reply without records.</summary>
    public Message Reply(int rcode = 0)
    {
        Message reply = new()
        {
            Id = Id,
            Flags = (ushort)(Response | Authoritative | (Flags & RecursionDesired)),
            Rcode = rcode,
            Name = Name,
            Type = Type,
            Question = Question,
            PayloadSize = PayloadSize is null ? null : 1232,
            IsDnssecOk = IsDnssecOk,
        };
        return reply;
    }

    /// <summary>Has the option.</summary>
    public bool HasOption(ushort code) => Options.Any(o => o.Code == code);

    public bool IsTruncated => (Flags & Truncated) != 0;

    /// <summary>AD: the resolver vouches for it.</summary>
    public bool IsAuthentic => (Flags & AuthenticData) != 0;

    /// <summary>The addresses in the answer section.</summary>
    public IEnumerable<string> Addresses =>
        Answer.Where(static r => r.Type is Types.A or Types.Aaaa).Select(static r => r.Address.ToString());

    /// <summary>Adds records of the answer section.</summary>
    public Message With(params ReadOnlySpan<Record> answer)
    {
        Answer.AddRange(answer);
        return this;
    }
}
