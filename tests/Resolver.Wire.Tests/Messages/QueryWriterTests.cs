// Queries to other servers, read back.
using System;
using Xunit;

namespace Resolver.Wire.Tests;

public sealed class QueryWriterTests
{
    private static readonly byte[] Name = new MessageOctets().Name("wWw.ExAmple").ToArray();

    [Fact]
    public void A_query_without_EDNS_is_header_and_question()
    {
        Span<byte> buffer = stackalloc byte[QueryWriter.MaxLength];
        int length = QueryWriter.Write(buffer, new UpstreamQuestion
        {
            Id = 0x1234,
            Flags = HeaderFlags.RecursionDesired,
            Name = Name,
            Type = RRType.A,
            Class = RRClass.IN,
        });
        Assert.Equal(MessageOctets.Query("wWw.ExAmple").ToArray(), buffer[..length].ToArray());
    }

    [Fact]
    public void A_query_with_EDNS_ends_in_OPT()
    {
        byte[] options = MessageOctets.Option(10, 1, 2, 3, 4, 5, 6, 7, 8);
        byte[] buffer = new byte[QueryWriter.MaxLength + options.Length];
        int length = QueryWriter.Write(buffer, new UpstreamQuestion
        {
            Id = 0x1234,
            Flags = HeaderFlags.RecursionDesired,
            Name = Name,
            Type = RRType.A,
            Class = RRClass.IN,
            Edns = new OptFields(1232, 0, 0, true),
            Options = options,
        });
        byte[] expected = MessageOctets.Query("wWw.ExAmple", 1, 1).Opt(1232, 0x8000, options).ToArray();
        Assert.Equal(expected, buffer.AsSpan(0, length).ToArray());
        Assert.Equal(QueryVerdict.Ok, QueryView.TryRead(expected, new byte[255], out QueryView view));
        Assert.True(view.DnssecOk);
    }

    [Fact]
    public void The_longest_query_fits_its_bound()
    {
        byte[] longest = new byte[255];
        for (int at = 0; at < 254; at += 2)
        {
            longest[at] = 1;
        }

        byte[] buffer = new byte[QueryWriter.MaxLength];
        int length = QueryWriter.Write(buffer, new UpstreamQuestion
        {
            Id = 1,
            Name = longest,
            Type = RRType.A,
            Class = RRClass.IN,
            Edns = new OptFields(1232, 0, 0, true),
        });
        Assert.Equal(QueryWriter.MaxLength, length);
    }

    [Fact]
    public void Writing_a_query_allocates_nothing()
    {
        byte[] buffer = new byte[QueryWriter.MaxLength];
        Assert.Equal(0, Allocation.Of(() => QueryWriter.Write(buffer, new UpstreamQuestion
        {
            Id = 1,
            Name = Name,
            Type = RRType.A,
            Class = RRClass.IN,
            Edns = new OptFields(1232, 0, 0, true),
        })));
    }
}
