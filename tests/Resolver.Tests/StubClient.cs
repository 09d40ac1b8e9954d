// A stub client in wire form: asks as over TCP with EDNS, and takes the reply apart.
using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using Resolver.Testing;
using Resolver.Wire;
using Xunit;

namespace Resolver.Tests;

/// <summary>What a client sees of a reply.</summary>
internal sealed record StubReply(
    Rcode Rcode,
    IReadOnlyList<(RRType Type, uint Ttl, string Content)> Records,
    ExtendedError? Error,
    TimeSpan Took)
{
    /// <summary>The addresses in the answer.</summary>
    public string Addresses => string.Join(' ', Addressed());

    private IEnumerable<string> Addressed()
    {
        foreach ((RRType type, _, string content) in Records)
        {
            if (type == RRType.A)
            {
                yield return content;
            }
        }
    }
}

/// <summary>Asks one resolver.</summary>
internal sealed class StubClient(VirtualNetwork network, RecursiveResolver resolver)
{
    public StubReply Ask(string name, RRType? type = null)
    {
        long began = network.Time.GetTimestamp();
        byte[] octets = network.Run(() => AskAsync(name, type ?? RRType.A));
        return Read(octets, network.Time.GetElapsedTime(began));
    }

    public async Task<byte[]> AskAsync(string name, RRType type)
    {
        byte[] buffer = new byte[QueryWriter.MaxLength];
        int length = QueryWriter.Write(buffer, new UpstreamQuestion
        {
            Id = 1,
            Flags = HeaderFlags.RecursionDesired,
            Name = DomainName.Parse(name).Wire,
            Type = type,
            Class = RRClass.IN,
            Edns = new OptFields(4096, 0, 0, false),
        });
        ArrayBufferWriter<byte> reply = new();
        await resolver.AnswerAsync(buffer.AsMemory(0, length), reply);
        return reply.WrittenSpan.ToArray();
    }

    public static StubReply Read(byte[] octets, TimeSpan took)
    {
        Assert.True(MessageReader.TryCreate(octets, out MessageReader reader));
        Rcode rcode = reader.Header.LowRcode;
        ExtendedError? error = null;
        List<(RRType, uint, string)> records = [];
        Assert.True(reader.TrySkipQuestions(out _));
        while (reader.TryReadRecord(out RecordView record, out _))
        {
            ReadOnlySpan<byte> rdata = record.Rdata(octets);
            if (record.Type != RRType.Opt)
            {
                string content = rdata.Length == 4 ? new System.Net.IPAddress(rdata).ToString() : "";
                records.Add((record.Type, record.Ttl, content));
                continue;
            }

            rcode = OptFields.From(record).FullRcode(rcode);
            EdnsOptionEnumerator options = new(rdata);
            while (options.MoveNext())
            {
                if (options.Code == EdnsOptionCode.ExtendedError)
                {
                    error = new ExtendedError(
                        new ExtendedErrorCode((ushort)((options.Content[0] << 8) | options.Content[1])),
                        Encoding.UTF8.GetString(options.Content[2..]));
                }
            }
        }

        Assert.True(reader.IsAtEnd);
        return new StubReply(rcode, records, error, took);
    }
}
