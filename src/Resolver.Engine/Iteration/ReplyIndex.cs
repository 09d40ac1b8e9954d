// The records of one reply, found in one pass: where each lies and what it is. Reused by each classification
// of a loop.
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The index of one message. Not thread-safe.</summary>
internal sealed class ReplyIndex
{
    private RecordView[] _records = new RecordView[64];
    private int _count;

    /// <summary>The records in their order.</summary>
    public ReadOnlySpan<RecordView> Records => _records.AsSpan(0, _count);

    /// <summary>The header.</summary>
    public MessageHeader Header { get; private set; }

    /// <summary>The rcode with the eight bits of EDNS.</summary>
    public Rcode Rcode { get; private set; }

    /// <summary>True when an OPT record was there.</summary>
    public bool HasEdns { get; private set; }

    /// <summary>Reads the message; false when it is malformed or holds more records than the limit.</summary>
    public bool TryRead(ReadOnlySpan<byte> message, int maxRecords, out WireError error)
    {
        _count = 0;
        HasEdns = false;
        error = WireError.Truncated;
        if (!MessageReader.TryCreate(message, out MessageReader reader)
            || !reader.TrySkipQuestions(out error))
        {
            return false;
        }

        Header = reader.Header;
        Rcode = reader.Header.LowRcode;
        while (reader.TryReadRecord(out RecordView record, out error))
        {
            if (record.Type == RRType.Opt)
            {
                if (HasEdns || record.Section != MessageSection.Additional || message[record.NameOffset] != 0)
                {
                    error = WireError.BadOpt;
                    return false;
                }

                HasEdns = true;
                Rcode = OptFields.From(record).FullRcode(Header.LowRcode);
                continue;
            }

            if (_count == maxRecords)
            {
                error = WireError.TooMany;
                return false;
            }

            Add(record);
        }

        return error == WireError.None;
    }

    private void Add(in RecordView record)
    {
        if (_count == _records.Length)
        {
            Array.Resize(ref _records, _records.Length * 2);
        }

        _records[_count++] = record;
    }

    /// <summary>
    /// The type of the answer section's first record at the name, signatures aside; ANY when there is none.
    /// </summary>
    public RRType FirstTypeAt(ReadOnlySpan<byte> message, DomainName name)
    {
        Span<byte> owner = stackalloc byte[NameOctets.MaxLength];
        foreach (ref readonly RecordView record in Records)
        {
            if (record.Section == MessageSection.Answer && record.Type != RRType.Rrsig
                && record.TryReadOwner(message, owner, out int length, out _)
                && NameOctets.EqualsIgnoreCase(owner[..length], name.Wire))
            {
                return record.Type;
            }
        }

        return RRType.Any;
    }
}
