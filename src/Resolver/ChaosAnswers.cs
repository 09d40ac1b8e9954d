// version.bind, id.server and their like in class CH (RFC 4892): answered when configured, else refused.
using System;
using System.Text;
using Resolver.Wire;

namespace Resolver;

/// <summary>What the server says of itself.</summary>
internal sealed class ChaosAnswers
{
    private static readonly DomainName[] VersionNames =
        [DomainName.Parse("version.bind."), DomainName.Parse("version.server.")];

    private static readonly DomainName[] IdentityNames =
        [DomainName.Parse("id.server."), DomainName.Parse("hostname.bind.")];

    private readonly byte[] _version;
    private readonly byte[] _identity;

    public ChaosAnswers(string version, string identity)
    {
        _version = Encoding.UTF8.GetBytes(version);
        _identity = Encoding.UTF8.GetBytes(identity);
    }

    /// <summary>
    /// Writes the response without OPT to <paramref name="buffer"/>; 0 when there is nothing to say, which
    /// means REFUSED.
    /// </summary>
    public int TryWrite(Span<byte> buffer, ReadOnlySpan<byte> name, RRType type)
    {
        ReadOnlySpan<byte> text = IsOneOf(VersionNames, name) ? _version
            : IsOneOf(IdentityNames, name) ? _identity
            : default;
        if (text.IsEmpty || text.Length > byte.MaxValue || (type != RRType.Txt && type != RRType.Any))
        {
            return 0;
        }

        Span<byte> rdata = stackalloc byte[1 + byte.MaxValue];
        rdata[0] = (byte)text.Length;
        text.CopyTo(rdata[1..]);
        MessageWriter writer = new(buffer);
        bool whole = writer.TryWriteQuestion(name, type, RRClass.CH)
            && writer.TryWriteRecord(
                MessageSection.Answer, new RecordHeader(name, RRType.Txt, RRClass.CH, 0), rdata[..(1 + text.Length)]);
        return whole
            ? writer.Finish(0, MessageHeader.MakeWord(
                HeaderFlags.Response | HeaderFlags.Authoritative, Opcode.Query, Rcode.NoError))
            : 0;
    }

    private static bool IsOneOf(DomainName[] names, ReadOnlySpan<byte> name)
    {
        foreach (DomainName candidate in names)
        {
            if (NameOctets.EqualsIgnoreCase(candidate.Wire, name))
            {
                return true;
            }
        }

        return false;
    }
}
