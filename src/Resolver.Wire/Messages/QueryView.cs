// Step 2: a client's query in one pass, as far as a server must know it: header, one question, EDNS. RFC 1035
// §4.1, RFC 6891, RFC 9619 (one question, or a cookie and none), RFC 1995 (IXFR with its SOA), RFC 5001
// (NSID), RFC 7828 (keepalive), RFC 7873 (cookie), RFC 8945 (a signature, by whatever key, is by one not
// known here); a client subnet is not looked at (RFC 7871 §7.1.2). What it means is judged later; here only:
// can it be read, and may it be replied to.
using System;

namespace Resolver.Wire;

/// <summary>A query as read. The name lies in the caller's buffer, uncompressed, case kept.</summary>
internal readonly record struct QueryView
{
    private const ushort MinPayloadSize = 512;
    private const int DefaultMaxOptions = 32;

    // RFC 7873 §4: 8 octets of the client's; 8 to 32 of the server's.
    private const int ClientCookieLength = 8;
    private const int MinServerCookieLength = 8;
    private const int MaxServerCookieLength = 32;

    /// <summary>The header.</summary>
    public MessageHeader Header { get; private init; }

    /// <summary>Octets of the name in the caller's buffer; 0 when the question was not read.</summary>
    public int NameLength { get; private init; }

    /// <summary>
    /// Octets of the question section, which begins right behind the header: its name is never compressed, as
    /// nothing stands before it. 0 when the question was not read.
    /// </summary>
    public int QuestionLength { get; private init; }

    /// <summary>QTYPE.</summary>
    public RRType Type { get; private init; }

    /// <summary>QCLASS.</summary>
    public RRClass Class { get; private init; }

    /// <summary>The OPT record.</summary>
    public EdnsView Edns { get; private init; }

    /// <summary>True when the client sent edns-tcp-keepalive.</summary>
    public bool WantsKeepalive { get; private init; }

    /// <summary>True when the client asked for the server's identifier.</summary>
    public bool WantsNsid { get; private init; }

    /// <summary>Offset of the content of the first cookie option in the message.</summary>
    public int CookieOffset { get; private init; }

    /// <summary>
    /// Octets of the cookie: 8 of the client's, then perhaps 8 to 32 of the server's; 0 for none.
    /// </summary>
    public int CookieLength { get; private init; }

    /// <summary>The signature.</summary>
    public TsigView Tsig { get; private init; }

    /// <summary>True when there is an OPT record.</summary>
    public bool HasEdns => Edns.IsPresent;

    /// <summary>
    /// The client's UDP payload size; 512 without EDNS and for smaller values (RFC 6891 §6.2.3).
    /// </summary>
    public ushort PayloadSize => Math.Max(MinPayloadSize, Edns.Fields.UdpPayloadSize);

    /// <summary>DO.</summary>
    public bool DnssecOk => Edns.Fields.DnssecOk;

    /// <summary>Reads a message; <paramref name="name"/> has room for 255 octets.</summary>
    public static QueryVerdict TryRead(ReadOnlySpan<byte> message, Span<byte> name, out QueryView view) =>
        TryRead(message, name, DefaultMaxOptions, out view);

    /// <summary>
    /// Reads a message, of whose options no more than <paramref name="maxOptions"/> are allowed
    /// (CVE-2026-41292). Whatever the verdict, the view holds what had been read until then, the header
    /// first.
    /// </summary>
    public static QueryVerdict TryRead(
        ReadOnlySpan<byte> message, Span<byte> name, int maxOptions, out QueryView view)
    {
        view = default;
        if (!MessageReader.TryCreate(message, out MessageReader reader) || reader.Header.IsResponse)
        {
            return QueryVerdict.Drop;
        }

        view = new QueryView { Header = reader.Header };
        if (reader.Header.Opcode != Opcode.Query)
        {
            return TakeEdnsFor(QueryVerdict.NotImp, ref reader, ref view);
        }

        if (reader.Header is { Questions: 0, Answers: 0, Authorities: 0, Additionals: > 0 })
        {
            return ReadCookieAlone(ref reader, maxOptions, ref view);
        }

        if (reader.Header.Questions != 1 || reader.Header.Answers != 0 || reader.Header.Authorities > 1)
        {
            return TakeEdnsFor(QueryVerdict.FormErr, ref reader, ref view);
        }

        if (!reader.TryReadQuestion(name, out QuestionView question, out _))
        {
            return QueryVerdict.FormErr;
        }

        if (reader.Header.Authorities == 1 && !TryPassVersion(ref reader, question.Type))
        {
            return TakeEdnsFor(QueryVerdict.FormErr, ref reader, ref view);
        }

        view = view with
        {
            NameLength = question.NameLength,
            QuestionLength = reader.Position - MessageHeader.Length,
            Type = question.Type,
            Class = question.Class,
        };
        return ReadAdditionals(ref reader, maxOptions, ref view);
    }

    // RFC 1995 §3: who asks for what has changed in a zone sends the SOA that it has.
    private static bool TryPassVersion(ref MessageReader reader, RRType type) =>
        type == RRType.Ixfr
        && reader.TryReadRecord(out RecordView record, out _)
        && record.Type == RRType.Soa;

    // RFC 6891 §6.1.1: who sends OPT gets OPT, with an error too, if it can be found at all.
    private static QueryVerdict TakeEdnsFor(
        QueryVerdict verdict, ref MessageReader reader, ref QueryView view)
    {
        EdnsView edns = default;
        while (!edns.IsPresent && reader.TryReadRecord(out RecordView record, out _))
        {
            if (record.Type == RRType.Opt)
            {
                _ = EdnsView.TryAccept(reader.Message, record, ref edns, out _);
            }
        }

        view = view with { Edns = edns };
        return verdict;
    }

    private static QueryVerdict ReadCookieAlone(ref MessageReader reader, int maxOptions, ref QueryView view)
    {
        QueryVerdict verdict = ReadAdditionals(ref reader, maxOptions, ref view);
        return verdict != QueryVerdict.Ok ? verdict
            : view.CookieLength > 0 ? QueryVerdict.CookieOnly
            : QueryVerdict.FormErr;
    }

    private static QueryVerdict ReadAdditionals(ref MessageReader reader, int maxOptions, ref QueryView view)
    {
        EdnsView edns = default;
        TsigView tsig = default;
        bool isGood = true;
        while (isGood && reader.TryReadRecord(out RecordView record, out _))
        {
            // Anything else is read over: it asks for nothing known here.
            isGood = record.Type == RRType.Opt ? EdnsView.TryAccept(reader.Message, record, ref edns, out _)
                : record.Type != RRType.Tsig || TsigView.TryAccept(reader, record, ref tsig);
        }

        view = view with { Edns = edns, Tsig = tsig };
        return !isGood || !reader.IsWhole ? QueryVerdict.FormErr
            : edns.Fields.Version != 0 ? QueryVerdict.BadVers
            : !TryReadOptions(reader.Message, maxOptions, ref view) ? QueryVerdict.FormErr
            : tsig.IsPresent ? QueryVerdict.BadKey
            : QueryVerdict.Ok;
    }

    private static bool TryReadOptions(ReadOnlySpan<byte> message, int maxOptions, ref QueryView view)
    {
        if (view.Edns.OptionsLength == 0)
        {
            return true;
        }

        int end = view.Edns.OptionsOffset + view.Edns.OptionsLength;
        EdnsOptionEnumerator options = new(view.Edns.Options(message));
        for (int count = 1; options.MoveNext(); count++)
        {
            int offset = end - options.RestLength - options.Content.Length;
            if (count > maxOptions || !TryTake(options.Code, options.Content.Length, offset, ref view))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryTake(EdnsOptionCode code, int length, int offset, ref QueryView view)
    {
        if (code == EdnsOptionCode.TcpKeepalive)
        {
            // RFC 7828 §3.2.1: a client sends no timeout.
            view = view with { WantsKeepalive = true };
            return length == 0;
        }

        if (code == EdnsOptionCode.NSID)
        {
            // RFC 5001 §2.1: whatever a client puts into it is not looked at.
            view = view with { WantsNsid = true };
            return true;
        }

        if (code == EdnsOptionCode.Cookie && view.CookieLength == 0)
        {
            // RFC 7873 §5.2: of several the first counts.
            view = view with { CookieOffset = offset, CookieLength = length };
            return IsCookieLength(length);
        }

        return true;
    }

    // RFC 7873 §4, §5.2.2: any other length is a malformed option.
    private static bool IsCookieLength(int length) =>
        length == ClientCookieLength
        || length - ClientCookieLength is >= MinServerCookieLength and <= MaxServerCookieLength;
}
