// The codec beside another one for .NET, on the same octets: a client's query is read, a referral of 13
// servers with addresses is read (owners, servers' names, addresses), an answer with an alias is written.
using System;
using System.Reflection;
using ARSoft.Tools.Net.Dns;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Resolver.Wire;
using ArsoftAddress = ARSoft.Tools.Net.Dns.ARecord;
using ArsoftName = ARSoft.Tools.Net.DomainName;

namespace Resolver.Benchmarks;

[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
[MinColumn]
public class CodecBenchmarks
{
    private const int Servers = 13;
    private const uint Ttl = 172800;

    private readonly byte[] _name = new byte[256];
    private readonly byte[] _other = new byte[256];
    private readonly byte[] _buffer = new byte[1232];
    private readonly byte[] _question = DomainName.Parse("www.example.com").Wire.ToArray();
    private RRset _alias;
    private RRset _addresses;
    private byte[] _query = [];
    private byte[] _referral = [];
    private DnsMessage _answer = null!;
    private Func<DnsMessageBase, object> _encode = null!;

    [GlobalSetup]
    public void Load()
    {
        DomainName target = DomainName.Parse("edge.cdn.example.com");
        _alias = SetOf(_question, RRType.Cname, target.Wire);
        RRsetBuilder addresses = new();
        addresses.Begin(target.Wire, RRType.A, RRClass.IN);
        for (int i = 1; i <= 4; i++)
        {
            addresses.Add([192, 0, 2, (byte)i], 300);
        }

        _addresses = addresses.Build();
        _query = WriteQuery();
        _referral = WriteReferral();
        _answer = MakeAnswer();

        // Its encoder is not public; a delegate costs about a nanosecond more than a call.
        _encode = typeof(DnsMessageBase)
            .GetMethod("Encode", BindingFlags.Instance | BindingFlags.NonPublic, [])!
            .CreateDelegate<Func<DnsMessageBase, object>>();
        if (ReadReferral() != ReadReferralWithArsoft().AdditionalRecords.Count || WriteAnswer() < 100)
        {
            throw new InvalidOperationException("the two do not read the same");
        }
    }

    [BenchmarkCategory("read a query"), Benchmark]
    public int ReadQuery() =>
        QueryView.TryRead(_query, _name, out QueryView view) == QueryVerdict.Ok
            ? view.NameLength
            : throw new InvalidOperationException("not read");

    [BenchmarkCategory("read a query"), Benchmark(Baseline = true)]
    public DnsMessage ReadQueryWithArsoft() => DnsMessage.Parse(_query);

    [BenchmarkCategory("read a referral"), Benchmark]
    public int ReadReferral()
    {
        int glue = 0;
        _ = MessageReader.TryCreate(_referral, out MessageReader reader);
        bool isGood = reader.TryReadQuestion(_name, out _, out _);
        while (reader.TryReadRecord(out RecordView record, out _))
        {
            int offset = record.NameOffset;
            isGood &= CompressedName.TryRead(_referral, ref offset, _name, out _, out _);
            if (record.Type == RRType.NS)
            {
                offset = record.RdataOffset;
                isGood &= CompressedName.TryRead(_referral, ref offset, _other, out _, out _);
            }
            else
            {
                _referral.AsSpan(record.RdataOffset, record.RdataLength).CopyTo(_other);
                glue++;
            }
        }

        return isGood && reader.IsWhole ? glue : throw new InvalidOperationException("not read");
    }

    [BenchmarkCategory("read a referral"), Benchmark(Baseline = true)]
    public DnsMessage ReadReferralWithArsoft() => DnsMessage.Parse(_referral);

    [BenchmarkCategory("write an answer"), Benchmark]
    public int WriteAnswer()
    {
        MessageWriter writer = new(_buffer);
        return writer.TryWriteQuestion(_question, RRType.A, RRClass.IN)
            && writer.TryWriteRRset(MessageSection.Answer, _alias, 300, false)
            && writer.TryWriteRRset(MessageSection.Answer, _addresses, 300, false)
                ? writer.Finish(1, MessageHeader.MakeWord(HeaderFlags.Response, Opcode.Query, new Rcode(0)))
                : throw new InvalidOperationException("no room");
    }

    [BenchmarkCategory("write an answer"), Benchmark(Baseline = true)]
    public object WriteAnswerWithArsoft() => _encode(_answer);

    private static RRset SetOf(ReadOnlySpan<byte> owner, RRType type, ReadOnlySpan<byte> rdata)
    {
        RRsetBuilder builder = new();
        builder.Begin(owner, type, RRClass.IN);
        builder.Add(rdata, 300);
        return builder.Build();
    }

    private byte[] WriteQuery()
    {
        MessageWriter writer = new(_buffer);
        _ = writer.TryWriteQuestion(_question, RRType.A, RRClass.IN);
        _ = writer.TryWriteOpt(new OptFields(1232, 0, 0, false), []);
        ushort word = MessageHeader.MakeWord(HeaderFlags.RecursionDesired, Opcode.Query, new Rcode(0));
        return _buffer[..writer.Finish(1, word)];
    }

    private byte[] WriteReferral()
    {
        byte[] com = DomainName.Parse("com").Wire.ToArray();
        MessageWriter writer = new(_buffer);
        _ = writer.TryWriteQuestion(_question, RRType.A, RRClass.IN);
        for (int i = 0; i < Servers; i++)
        {
            RecordHeader header = new(com, RRType.NS, RRClass.IN, Ttl);
            _ = writer.TryWriteRecord(MessageSection.Authority, header, ServerName(i).Wire);
        }

        for (int i = 0; i < Servers; i++)
        {
            RecordHeader header = new(ServerName(i).Wire, RRType.A, RRClass.IN, Ttl);
            _ = writer.TryWriteRecord(MessageSection.Additional, header, [192, 0, 2, (byte)i]);
        }

        ushort word = MessageHeader.MakeWord(HeaderFlags.Response, Opcode.Query, new Rcode(0));
        return _buffer[..writer.Finish(1, word)];
    }

    private static DomainName ServerName(int number) =>
        DomainName.Parse($"{(char)('a' + number)}.gtld-servers.net");

    private static DnsMessage MakeAnswer()
    {
        ArsoftName name = ArsoftName.Parse("www.example.com");
        ArsoftName target = ArsoftName.Parse("edge.cdn.example.com");
        DnsMessage message = new() { TransactionID = 1, IsQuery = false };
        message.Questions.Add(new DnsQuestion(name, RecordType.A, RecordClass.INet));
        message.AnswerRecords.Add(new CNameRecord(name, 300, target));
        for (int i = 1; i <= 4; i++)
        {
            message.AnswerRecords.Add(new ArsoftAddress(target, 300, new([192, 0, 2, (byte)i])));
        }

        return message;
    }
}
