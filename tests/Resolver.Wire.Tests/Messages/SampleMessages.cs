// Messages as they are seen on the wire: written with compression by the writer under test, for counting and
// mutating.
using System;
using System.Text;

namespace Resolver.Wire.Tests;

internal static class SampleMessages
{
    /// <summary>A referral to 13 servers with an IPv4 and an IPv6 address each, and OPT.</summary>
    public static byte[] Referral()
    {
        byte[] buffer = new byte[4096];
        MessageWriter writer = new(buffer);
        byte[] zone = Name("com");
        bool whole = writer.TryWriteQuestion(Name("www.example.com"), RRType.A, RRClass.IN);
        for (int i = 0; i < 13; i++)
        {
            RecordHeader ns = new(zone, RRType.NS, RRClass.IN, 172800);
            whole &= writer.TryWriteRecord(MessageSection.Authority, ns, Name(Server(i)));
        }

        for (int i = 0; i < 13; i++)
        {
            RecordHeader a = new(Name(Server(i)), RRType.A, RRClass.IN, 172800);
            RecordHeader aaaa = new(Name(Server(i)), RRType.Aaaa, RRClass.IN, 172800);
            whole &= writer.TryWriteRecord(MessageSection.Additional, a, [192, 0, 2, (byte)i]);
            whole &= writer.TryWriteRecord(
                MessageSection.Additional, aaaa,
                [0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)i]);
        }

        whole &= writer.TryWriteOpt(new OptFields(1232, 0, 0, true), []);
        return whole
            ? buffer[..writer.Finish(0x4242, 0x8000)]
            : throw new InvalidOperationException("no room");
    }

    /// <summary>A chain of aliases to two addresses, with an authority, OPT and an extended error.</summary>
    public static byte[] AliasAnswer()
    {
        byte[] buffer = new byte[1232];
        MessageWriter writer = new(buffer);
        byte[] asked = Name("WWW.eXample.com");
        byte[] target = Name("host.cdn.example.net");
        RecordHeader cname = new(asked, RRType.Cname, RRClass.IN, 300);
        RecordHeader a = new(target, RRType.A, RRClass.IN, 60);
        RecordHeader ns = new(Name("cdn.example.net"), RRType.NS, RRClass.IN, 3600);
        bool whole = writer.TryWriteQuestion(asked, RRType.A, RRClass.IN)
            && writer.TryWriteRecord(MessageSection.Answer, cname, target)
            && writer.TryWriteRecord(MessageSection.Answer, a, [192, 0, 2, 1])
            && writer.TryWriteRecord(MessageSection.Answer, a, [192, 0, 2, 2])
            && writer.TryWriteRecord(MessageSection.Authority, ns, Name("ns1.cdn.example.net"))
            && writer.TryWriteOpt(
                new OptFields(1232, 0, 0, false), MessageOctets.Option(15, 0, 3, (byte)'s'));
        return whole ? buffer[..writer.Finish(1, 0x8180)] : throw new InvalidOperationException("no room");
    }

    /// <summary>A denial: SOA with its signature and an NSEC.</summary>
    public static byte[] Denial()
    {
        byte[] buffer = new byte[1232];
        MessageWriter writer = new(buffer);
        byte[] zone = Name("example.com");
        byte[] soa = [.. Name("ns1.example.com"), .. Name("hostmaster.example.com"), .. new byte[20]];
        byte[] signature =
            [0, 6, 13, 2, 0, 0, 14, 16, 1, 2, 3, 4, 1, 2, 3, 4, 5, 6, .. zone, .. new byte[64]];
        byte[] nsec = [.. Name("b.example.com"), 0, 6, 0x40, 1, 0, 0, 0, 3];
        bool whole = writer.TryWriteQuestion(Name("a.example.com"), RRType.MX, RRClass.IN)
            && writer.TryWriteRecord(MessageSection.Authority, new(zone, RRType.Soa, RRClass.IN, 900), soa)
            && writer.TryWriteRecord(
                MessageSection.Authority, new(zone, RRType.Rrsig, RRClass.IN, 900), signature)
            && writer.TryWriteRecord(MessageSection.Authority, new(zone, RRType.Nsec, RRClass.IN, 900), nsec)
            && writer.TryWriteOpt(new OptFields(1232, 0, 0, true), []);
        return whole ? buffer[..writer.Finish(2, 0x8183)] : throw new InvalidOperationException("no room");
    }

    /// <summary>Names in RDATA of several types: MX, SRV, TXT, SVCB.</summary>
    public static byte[] MixedAnswer()
    {
        byte[] buffer = new byte[1232];
        MessageWriter writer = new(buffer);
        byte[] owner = Name("example.org");
        byte[] text = [11, .. Encoding.ASCII.GetBytes("hello world"), 0];
        bool whole = writer.TryWriteQuestion(owner, RRType.Any, RRClass.IN)
            && writer.TryWriteRecord(
                MessageSection.Answer, new(
                    owner, RRType.MX, RRClass.IN, 5), [0, 10, .. Name("mail.example.org")])
            && writer.TryWriteRecord(
                MessageSection.Answer,
                new(owner, RRType.Srv, RRClass.IN, 5),
                [0, 1, 0, 2, 0, 3, .. Name("mail.example.org")])
            && writer.TryWriteRecord(MessageSection.Answer, new(owner, RRType.Txt, RRClass.IN, 5), text)
            && writer.TryWriteRecord(
                MessageSection.Answer, new(
                    owner, RRType.Https, RRClass.IN, 5), [0, 1, 0, 0, 1, 0, 3, 2, (byte)'h', (byte)'2']);
        return whole ? buffer[..writer.Finish(3, 0x8580)] : throw new InvalidOperationException("no room");
    }

    /// <summary>A query with EDNS, cookie and NSID.</summary>
    public static byte[] Query() => MessageOctets.Query("www.example.com", 28, 1)
        .Opt(1232, 0x8000, [.. MessageOctets.Option(10, 1, 2, 3, 4, 5, 6, 7, 8), .. MessageOctets.Option(3)])
        .ToArray();

    /// <summary>A name from text without escapes.</summary>
    public static byte[] Name(string text) => new MessageOctets().Name(text).ToArray();

    private static string Server(int i) => (char)('a' + i) + ".gtld-servers.net";
}
