// The RRset as one array, and how it is put together (RFC 2181 §5).
using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class RRsetTests
{
    private static readonly byte[] Owner = SampleMessages.Name("wWw.example");

    private readonly RRsetBuilder _builder = new();

    private static List<byte[]> List(RRset.RdataEnumerator records)
    {
        List<byte[]> list = [];
        foreach (ReadOnlySpan<byte> rdata in records)
        {
            list.Add(rdata.ToArray());
        }

        return list;
    }

    [Fact]
    public void What_is_added_is_there_once_with_the_least_TTL()
    {
        _builder.Begin(Owner, RRType.A, RRClass.IN);
        _builder.Add([1, 2, 3, 4], 300);
        _builder.Add([1, 2, 3, 5], 60);
        _builder.Add([1, 2, 3, 4], 500);
        _builder.AddSignature([9, 9], 200);
        _builder.AddSignature([9, 9], 200);
        RRset set = _builder.Build();
        Assert.False(set.IsEmpty);
        Assert.Equal(Owner, set.Owner.ToArray());
        Assert.Equal((RRType.A, RRClass.IN, 60u), (set.Type, set.Class, set.Ttl));
        Assert.Equal((2, 1), (set.Count, set.SignatureCount));
        Assert.Equal([[1, 2, 3, 4], [1, 2, 3, 5]], List(set.Records));
        Assert.Equal([[9, 9]], List(set.Signatures));
        Assert.Equal([1, 2, 3, 4], set.First.ToArray());
        Assert.True(set.Contains([1, 2, 3, 5]));
        Assert.False(set.Contains([9, 9]));
    }

    [Theory]
    [InlineData(300, 0, 1000, 300)]
    [InlineData(300, 400, 1000, 400)]
    [InlineData(300, 0, 100, 100)]
    public void The_TTL_is_held_between_the_bounds(int ttl, int least, int most, int expected)
    {
        _builder.Begin(Owner, RRType.A, RRClass.IN);
        _builder.Add([1, 2, 3, 4], (uint)ttl);
        Assert.Equal((uint)expected, _builder.Build((uint)least, (uint)most).Ttl);
    }

    [Fact]
    public void Records_of_a_message_come_with_names_expanded_and_signatures_apart()
    {
        byte[] message = MessageOctets.Header(0x8180, 1, 3).Question("a.example", 2)
            .Pointer(12).Record(null, 2, [2, (byte)'n', (byte)'s', 0xC0, 14], 60)
            .Pointer(12).Record(null, 46, [0, 2, .. new byte[16], 0xC0, 14, 7, 7], 50)
            .Pointer(12).Record(null, 2, [3, (byte)'n', (byte)'s', (byte)'2', 0xC0, 14], 70)
            .ToArray();
        _builder.Begin(SampleMessages.Name("a.example"), RRType.NS, RRClass.IN);
        Assert.True(MessageReader.TryCreate(message, out MessageReader reader));
        while (reader.TryReadRecord(out RecordView record, out _))
        {
            Assert.True(_builder.TryAdd(message, record, out WireError error), error.ToString());
        }

        RRset set = _builder.Build();
        Assert.Equal(50u, set.Ttl);
        Assert.Equal(
            [SampleMessages.Name("ns.example"), SampleMessages.Name("ns2.example")], List(set.Records));
        byte[] signature = [0, 2, .. new byte[16], .. SampleMessages.Name("example"), 7, 7];
        Assert.Equal([signature], List(set.Signatures));
    }

    [Fact]
    public void A_record_that_is_not_of_its_form_is_refused_and_leaves_no_trace()
    {
        byte[] message = MessageOctets.Header(0x8180, 0, 1).Record("a", 2, [0xC0, 200]).ToArray();
        _builder.Begin(Owner, RRType.NS, RRClass.IN);
        _builder.Add(SampleMessages.Name("ns"), 60);
        Assert.True(MessageReader.TryCreate(message, out MessageReader reader));
        Assert.True(reader.TryReadRecord(out RecordView record, out _));
        Assert.False(_builder.TryAdd(message, record, out WireError error));
        Assert.Equal(WireError.BadPointer, error);
        Assert.Equal([SampleMessages.Name("ns")], List(_builder.Build().Records));
    }

    [Fact]
    public void Records_compare_as_a_set()
    {
        RRset one = Make([1, 1, 1, 1], [2, 2, 2, 2]);
        Assert.True(one.HasSameRecords(Make([2, 2, 2, 2], [1, 1, 1, 1])));
        Assert.False(one.HasSameRecords(Make([1, 1, 1, 1])));
        Assert.False(one.HasSameRecords(Make([1, 1, 1, 1], [3, 3, 3, 3])));
    }

    [Fact]
    public void Any_records_come_back_in_their_order() =>
        Gen.Select(Gen.Byte.Array[0, 400].Array[1, 50], Gen.Byte.Array[0, 200].Array[0, 10]).Sample(
            (records, signatures) =>
            {
                RRsetBuilder builder = new();
                builder.Begin(Owner, RRType.Txt, RRClass.IN);
                Array.ForEach(records, rdata => builder.Add(rdata, 1));
                Array.ForEach(signatures, rdata => builder.AddSignature(rdata, 1));
                RRset set = builder.Build();
                Assert.Equal(Distinct(records), List(set.Records));
                Assert.Equal(Distinct(signatures), List(set.Signatures));
            });

    [Fact]
    public void No_set_is_empty_and_walking_a_set_allocates_nothing()
    {
        Assert.True(default(RRset).IsEmpty);
        Assert.Equal(0, default(RRset).Size);
        RRset set = Make([1, 1, 1, 1], [2, 2, 2, 2]);
        Assert.Equal(0, Allocation.Of(() =>
        {
            foreach (ReadOnlySpan<byte> rdata in set.Records)
            {
                _ = set.Contains(rdata);
            }
        }));
    }

    private static IEnumerable<byte[]> Distinct(byte[][] records) =>
        records.DistinctBy(Convert.ToHexString);

    private RRset Make(params byte[][] records)
    {
        _builder.Begin(Owner, RRType.A, RRClass.IN);
        Array.ForEach(records, rdata => _builder.Add(rdata, 60));
        return _builder.Build();
    }

    [Theory]
    [InlineData("CNAME", 1)]
    [InlineData("NS", 1)]
    [InlineData("TXT", 2)]
    public void Names_that_differ_in_case_alone_are_one_record(string type, int count)
    {
        Assert.True(RRType.TryParse(type, out RRType rrType));
        RRsetBuilder builder = new();
        builder.Begin(DomainName.Parse("a.example.").Wire, rrType, RRClass.IN);
        builder.Add([3, (byte)'t', (byte)'o', (byte)'p', 0], 300);
        builder.Add([3, (byte)'t', (byte)'O', (byte)'p', 0], 300);
        Assert.Equal(count, builder.Build().Count);
    }
}
