// The octets of an authoritative server: reads a query, chooses the zone, writes the answer into the size
// that the client can take. RFC 1035 §4.2.1, RFC 2181 §9 (TC), RFC 6891 §6.2, §7, RFC 9471 §3 (glue or TC);
// what to say is ZoneLookup's.
using System;
using System.Collections.Generic;
using System.Linq;
using Resolver.Wire;

namespace Resolver.Testing;

/// <summary>Answers queries from a set of zones. Immutable, for any thread.</summary>
internal sealed class AuthoritativeResponder
{
    /// <summary>The UDP payload size that is announced, and never exceeded.</summary>
    public const int MaxDatagram = 1232;

    // Deepest first: the most specific zone answers.
    private readonly AuthoritativeZone[] _zones;

    /// <summary>A responder for some zones.</summary>
    public AuthoritativeResponder(IEnumerable<AuthoritativeZone> zones) =>
        _zones = [.. zones.OrderByDescending(static z => z.Origin.LabelCount)];

    /// <summary>
    /// Writes the reply into <paramref name="reply"/> (room for 65,535 octets) and returns its length; 0 when
    /// there is to be none.
    /// </summary>
    public int Respond(ReadOnlySpan<byte> query, bool isStream, Span<byte> reply)
    {
        Span<byte> name = stackalloc byte[NameOctets.MaxLength];
        QueryVerdict verdict = QueryView.TryRead(query, name, out QueryView view);
        switch (verdict)
        {
            case QueryVerdict.Ok:
                DomainName asked = DomainName.FromValidWire(name[..view.NameLength]);
                int limit = isStream ? ushort.MaxValue : Math.Min((int)view.PayloadSize, MaxDatagram);
                return Write(view, asked, Decide(view, asked), reply[..limit]);
            case QueryVerdict.Drop:
                return 0;
            case QueryVerdict.FormErr or QueryVerdict.CookieOnly:
                return WriteError(view, default, Rcode.FormErr, reply);
            case QueryVerdict.NotImp:
                return WriteError(view, default, Rcode.NotImp, reply);
            case QueryVerdict.BadVers:
                return WriteError(view, name[..view.NameLength], Rcode.BadVers, reply);
            case QueryVerdict.BadKey:
                return WriteError(view, name[..view.NameLength], Rcode.NotAuth, reply);
            default:
                throw new ArgumentOutOfRangeException(nameof(query));
        }
    }

    /// <summary>A reply of header, question and, if the query had it, OPT.</summary>
    public static int WriteError(in QueryView view, ReadOnlySpan<byte> name, Rcode rcode, Span<byte> reply)
    {
        MessageWriter writer = new(reply);
        if (!name.IsEmpty)
        {
            _ = writer.TryWriteQuestion(name, view.Type, view.Class);
        }

        if (view.HasEdns)
        {
            _ = writer.TryWriteOpt(OptFor(view, rcode), default);
        }

        return writer.Finish(view.Header.Id, WordFor(view, HeaderFlags.None, rcode));
    }

    /// <summary>The zone that answers for a name and type; null when none does.</summary>
    public AuthoritativeZone? ZoneFor(DomainName name, RRType type)
    {
        AuthoritativeZone? own = null;
        foreach (AuthoritativeZone zone in _zones)
        {
            if (!name.IsSubdomainOf(zone.Origin))
            {
                continue;
            }

            // RFC 4035 §3.1.4.1: DS stands at the parent's side of a cut; without the parent here the child
            // denies it.
            if (type != RRType.DS || zone.Origin != name)
            {
                return zone;
            }

            own ??= zone;
        }

        return own;
    }

    private AuthoritativeAnswer Decide(in QueryView view, DomainName name)
    {
        bool isTransfer = view.Type == RRType.Axfr || view.Type == RRType.Ixfr;
        AuthoritativeZone? zone = view.Class != RRClass.IN || isTransfer ? null : ZoneFor(name, view.Type);
        return zone is null
            ? new AuthoritativeAnswer { Rcode = Rcode.Refused }
            : ZoneLookup.Answer(zone, name, view.Type, view.DnssecOk);
    }

    private static int Write(in QueryView view, DomainName name, AuthoritativeAnswer answer, Span<byte> reply)
    {
        MessageWriter writer = new(reply);
        writer.Reserve(view.HasEdns ? OptFields.Overhead : 0);
        bool isWhole = writer.TryWriteQuestion(name.Wire, view.Type, view.Class)
            && TryWrite(ref writer, MessageSection.Answer, answer.Answer, view.DnssecOk)
            && TryWrite(ref writer, MessageSection.Authority, answer.Authority, view.DnssecOk)
            && TryWrite(ref writer, MessageSection.Additional, answer.NeededGlue, view.DnssecOk);
        if (isWhole)
        {
            _ = TryWrite(ref writer, MessageSection.Additional, answer.Additional, view.DnssecOk);
        }

        writer.Reserve(0);
        if (view.HasEdns)
        {
            _ = writer.TryWriteOpt(OptFor(view, answer.Rcode), default);
        }

        HeaderFlags flags = (answer.IsAuthoritative ? HeaderFlags.Authoritative : HeaderFlags.None)
            | (isWhole ? HeaderFlags.None : HeaderFlags.Truncated);
        return writer.Finish(view.Header.Id, WordFor(view, flags, answer.Rcode));
    }

    private static bool TryWrite(
        ref MessageWriter writer, MessageSection section, List<PlacedRRset> sets, bool withSignatures)
    {
        foreach (PlacedRRset placed in sets)
        {
            if (!TryWrite(ref writer, section, placed, withSignatures))
            {
                return false;
            }
        }

        return true;
    }

    // As MessageWriter.TryWriteRRset does, but under the owner asked for: a wildcard's set may stand for it.
    private static bool TryWrite(
        ref MessageWriter writer, MessageSection section, in PlacedRRset placed, bool withSignatures)
    {
        MessageWriter.Mark mark = writer.Save();
        RecordHeader header = new(placed.Owner.Wire, placed.Set.Type, RRClass.IN, placed.Ttl);
        foreach (ReadOnlySpan<byte> rdata in placed.Set.Records)
        {
            if (!writer.TryWriteRecord(section, header, rdata))
            {
                return writer.Restore(mark);
            }
        }

        RecordHeader signature = new(placed.Owner.Wire, RRType.Rrsig, RRClass.IN, placed.Ttl);
        foreach (ReadOnlySpan<byte> rdata in withSignatures ? placed.Set.Signatures : default)
        {
            if (!writer.TryWriteRecord(section, signature, rdata))
            {
                return writer.Restore(mark);
            }
        }

        return true;
    }

    private static OptFields OptFor(in QueryView view, Rcode rcode) =>
        new(MaxDatagram, (byte)(rcode.Value >> 4), 0, view.DnssecOk);

    private static ushort WordFor(in QueryView view, HeaderFlags flags, Rcode rcode) =>
        MessageHeader.MakeWord(
        HeaderFlags.Response | flags | (view.Header.Flags & HeaderFlags.RecursionDesired),
        view.Header.Opcode,
        rcode);
}
