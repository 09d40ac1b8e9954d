// The last touch of step 12: makes a stored or freshly written response fit one client. ID, flags, the
// client's own spelling of the question, OPT with what it may hold, and the size: what does not fit leaves as
// TC with no records at all, so that nobody takes a part for the whole (RFC 2181 §9).
using System;
using System.Buffers.Binary;
using System.Text;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>What of the query shapes the reply.</summary>
internal readonly record struct ReplyTarget
{
    /// <summary>The query's ID.</summary>
    public required ushort Id { get; init; }

    /// <summary>The query's opcode, which every reply repeats (RFC 1035 §4.1.1).</summary>
    public Opcode Opcode { get; init; }

    /// <summary>The query's flags.</summary>
    public required HeaderFlags Flags { get; init; }

    /// <summary>True when the query had an OPT record.</summary>
    public required bool HasEdns { get; init; }

    /// <summary>DO.</summary>
    public required bool DnssecOk { get; init; }

    /// <summary>Most octets of the reply.</summary>
    public required int MaxLength { get; init; }

    /// <summary>True when the server's identifier was asked for (RFC 5001).</summary>
    public bool WantsNsid { get; init; }

    /// <summary>The cookie of the reply; none when the query had none.</summary>
    public ReplyCookie Cookie { get; init; }

    /// <summary>
    /// Idle time to tell by edns-tcp-keepalive, in units of 100 ms (RFC 7828 §3.1); -1 for none.
    /// </summary>
    public int KeepaliveUnits { get; init; }
}

/// <summary>Finishes replies in place.</summary>
internal sealed class ReplyFinisher
{
    private const int KeepaliveLength = 6;

    private readonly ushort _payloadSize;
    private readonly byte[] _identity;
    private readonly int _maxErrorText;

    /// <summary>Finishes replies of a server with an <paramref name="identity"/>; empty for none.</summary>
    public ReplyFinisher(ResolverLimits limits, string identity)
    {
        _payloadSize = (ushort)limits.ClientUdpPayloadSize;
        _identity = Encoding.UTF8.GetBytes(identity);
        _maxErrorText = limits.MaxErrorText;
    }

    /// <summary>
    /// Finishes the response that stands in <paramref name="buffer"/>, whose question has the same octets as
    /// <paramref name="name"/> but for case; returns the reply's octets.
    /// </summary>
    public int Finish(
        Span<byte> buffer, int length, ReadOnlySpan<byte> name, in ReplyTarget target, ExtendedError? error = null)
    {
        name.CopyTo(buffer[MessageHeader.Length..]);
        ushort word = BinaryPrimitives.ReadUInt16BigEndian(buffer[2..]);
        Rcode rcode = new((ushort)(word & 0xF));
        int options = target.HasEdns ? OptionsLength(target, error) : 0;
        int opt = target.HasEdns ? OptFields.Overhead + options : 0;
        if (length + opt > target.MaxLength)
        {
            // Better an answer without words about it than no answer.
            ExtendedError? shorter = error is { Text.Length: > 0 } ? error with { Text = "" } : null;
            return error is not null
                ? Finish(buffer, length, name, target, shorter)
                : Truncate(buffer, name.Length, target, rcode);
        }

        WriteHeader(buffer, target, word);
        if (target.HasEdns)
        {
            WriteOpt(buffer[length..], target, 0, options);
            WriteOptions(buffer[(length + OptFields.Overhead)..], target, error);
            ushort additionals = BinaryPrimitives.ReadUInt16BigEndian(buffer[10..]);
            BinaryPrimitives.WriteUInt16BigEndian(buffer[10..], (ushort)(additionals + 1));
        }

        return length + opt;
    }

    /// <summary>
    /// Writes a reply with a question but without records: errors, refusals, truncation. Without a question
    /// when
    /// <paramref name="question"/> (name, type, class as they were sent) is empty. 0 when there is no room.
    /// </summary>
    public int WriteBare(
        Span<byte> buffer, ReadOnlySpan<byte> question, Rcode rcode, in ReplyTarget target, ExtendedError? error = null)
    {
        int options = target.HasEdns ? OptionsLength(target, error) : 0;
        int length = MessageHeader.Length + question.Length;
        int opt = target.HasEdns ? OptFields.Overhead + options : 0;
        if (length + opt > Math.Min(target.MaxLength, buffer.Length))
        {
            // A reply without its reason is better than none.
            return error is not null || target.WantsNsid || target.KeepaliveUnits >= 0
                ? WriteBare(buffer, question, rcode, target with { WantsNsid = false, KeepaliveUnits = -1 })
                : 0;
        }

        ushort flags = MessageHeader.MakeWord(
            HeaderFlags.Response | HeaderFlags.RecursionAvailable, target.Opcode, rcode);
        new MessageHeader(target.Id, 0, (ushort)(question.IsEmpty ? 0 : 1), 0, 0, (ushort)(target.HasEdns ? 1 : 0))
            .Write(buffer);
        WriteHeader(buffer, target, flags);
        question.CopyTo(buffer[MessageHeader.Length..]);
        if (target.HasEdns)
        {
            WriteOpt(buffer[length..], target, (byte)(rcode.Value >> 4), options);
            WriteOptions(buffer[(length + OptFields.Overhead)..], target, error);
        }

        return length + opt;
    }

    /// <summary>Sets TC in a reply without records.</summary>
    public static void MarkTruncated(Span<byte> reply) => reply[2] |= 0x02;

    private static void WriteHeader(Span<byte> buffer, in ReplyTarget target, ushort word)
    {
        const HeaderFlags Echoed = HeaderFlags.RecursionDesired | HeaderFlags.CheckingDisabled;

        // RFC 6840 §5.7, §5.8: AD is for those who set DO or AD in the query.
        bool wantsAuthentic = target.DnssecOk || (target.Flags & HeaderFlags.AuthenticData) != 0;
        ushort kept = wantsAuthentic ? word : (ushort)(word & ~(ushort)HeaderFlags.AuthenticData);
        BinaryPrimitives.WriteUInt16BigEndian(buffer, target.Id);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)(kept | (ushort)(target.Flags & Echoed)));
    }

    private int OptionsLength(in ReplyTarget target, ExtendedError? error) =>
        (target.KeepaliveUnits >= 0 ? KeepaliveLength : 0)
        + (target.Cookie.IsPresent ? ReplyCookie.OptionLength : 0)
        + (target.WantsNsid && _identity.Length > 0 ? 4 + _identity.Length : 0)
        + (error is null ? 0 : 6 + Encoding.UTF8.GetByteCount(TextOf(error)));

    private ReadOnlySpan<char> TextOf(ExtendedError error) =>
        error.Text.AsSpan(0, Math.Min(error.Text.Length, _maxErrorText));

    private void WriteOptions(Span<byte> buffer, in ReplyTarget target, ExtendedError? error)
    {
        if (target.KeepaliveUnits >= 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(buffer, EdnsOptionCode.TcpKeepalive.Value);
            BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], 2);
            BinaryPrimitives.WriteUInt16BigEndian(buffer[4..], (ushort)target.KeepaliveUnits);
            buffer = buffer[KeepaliveLength..];
        }

        if (target.Cookie.IsPresent)
        {
            target.Cookie.Write(buffer);
            buffer = buffer[ReplyCookie.OptionLength..];
        }

        if (target.WantsNsid && _identity.Length > 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(buffer, EdnsOptionCode.NSID.Value);
            BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)_identity.Length);
            _identity.CopyTo(buffer[4..]);
            buffer = buffer[(4 + _identity.Length)..];
        }

        if (error is not null)
        {
            int text = Encoding.UTF8.GetBytes(TextOf(error), buffer[6..]);
            BinaryPrimitives.WriteUInt16BigEndian(buffer, EdnsOptionCode.ExtendedError.Value);
            BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)(2 + text));
            BinaryPrimitives.WriteUInt16BigEndian(buffer[4..], error.Code.Value);
        }
    }

    private void WriteOpt(Span<byte> buffer, in ReplyTarget target, byte extendedRcode, int options)
    {
        buffer[0] = 0;
        OptFields fields = new(_payloadSize, extendedRcode, 0, target.DnssecOk);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[1..], RRType.Opt.Value);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[3..], fields.UdpPayloadSize);
        BinaryPrimitives.WriteUInt32BigEndian(buffer[5..], fields.Ttl);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[9..], (ushort)options);
    }

    private int Truncate(Span<byte> buffer, int nameLength, in ReplyTarget target, Rcode rcode)
    {
        Span<byte> question = stackalloc byte[NameOctets.MaxLength + 4];
        question = question[..(nameLength + 4)];
        buffer.Slice(MessageHeader.Length, question.Length).CopyTo(question);
        int length = WriteBare(buffer, question, rcode, target with { KeepaliveUnits = -1 });
        MarkTruncated(buffer);
        return length;
    }
}
