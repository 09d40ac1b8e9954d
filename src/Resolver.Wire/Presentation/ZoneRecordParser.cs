// Reads one record entry of a zone file: [owner] [TTL] [class] type RDATA, TTL and class in any order; and
// keeps what records inherit: origin, owner, class and TTL. RFC 1035 §5.1, RFC 2308 §4.
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>Reads record entries.</summary>
internal sealed class ZoneRecordParser
{
    private readonly uint? _lastResortTtl;
    private readonly byte[] _rdata = new byte[RdataForm.MaxLength];
    private DomainName _origin;
    private DomainName? _owner;
    private RRClass _class;
    private uint? _defaultTtl;
    private uint? _statedTtl;

    public ZoneRecordParser(ZoneFileOptions options)
    {
        _origin = options.Origin;
        _class = options.Class;
        _lastResortTtl = options.Ttl;
    }

    /// <summary>Index of the word that the last mistake is about.</summary>
    public int ErrorWord { get; set; }

    /// <summary>Reads the entry at hand; returns what is wrong, or null.</summary>
    public string? Read(ZoneSource source, out ZoneRecord? record)
    {
        ZoneTokenizer words = source.Words;
        record = null;
        ErrorWord = 0;
        if (!words.StartsBlank && SetOwner(words.Word(0)) is string wrongOwner)
        {
            return wrongOwner;
        }

        if (_owner is not DomainName owner)
        {
            return "the first record has no owner to take over";
        }

        int next = words.StartsBlank ? 0 : 1;
        if (ReadHeader(words, ref next, out uint? ttl, out RRType type) is string wrongHeader)
        {
            ErrorWord = next;
            return wrongHeader;
        }

        words.QuotesInWords = type == RRType.Svcb || type == RRType.Https;
        if (!words.TryReadAll())
        {
            return words.Error;
        }

        RdataParser parser = new(words.WordsFrom(next), _origin.Wire, _rdata);
        if (!parser.TryParse(type))
        {
            ErrorWord = next + parser.ErrorWord;
            return parser.Error;
        }

        ErrorWord = next - 1;
        if (ChooseTtl(ttl, type, parser.Written) is not uint chosen)
        {
            return "no TTL: neither here nor before, nor by $TTL";
        }

        record = new ZoneRecord
        {
            Owner = owner,
            Type = type,
            Class = _class,
            Ttl = chosen,
            Rdata = parser.Written.ToArray(),
            File = source.Name,
            Line = words.PositionOf(0).Line,
        };
        return null;
    }

    /// <summary>$ORIGIN; returns what is wrong, or null.</summary>
    public string? SetOrigin(ReadOnlySpan<char> word)
    {
        string? wrong = ReadName(word, out DomainName origin);
        _origin = wrong is null ? origin : _origin;
        return wrong;
    }

    /// <summary>$TTL; returns what is wrong, or null.</summary>
    public string? SetDefaultTtl(ReadOnlySpan<char> word)
    {
        string? wrong = ReadTtl(word, out uint ttl);
        _defaultTtl = wrong is null ? ttl : _defaultTtl;
        return wrong;
    }

    /// <summary>Keeps in an included file's source what <see cref="Leave"/> comes back to.</summary>
    public void Enter(ZoneSource included)
    {
        included.OuterOrigin = _origin;
        included.OuterOwner = _owner;
    }

    /// <summary>Comes back to origin and owner as they were before the file.</summary>
    public void Leave(ZoneSource included)
    {
        _origin = included.OuterOrigin;
        _owner = included.OuterOwner;
    }

    private string? SetOwner(ReadOnlySpan<char> word)
    {
        string? wrong = ReadName(word, out DomainName owner);
        if (wrong is not null)
        {
            // Records that take their owner over must not get that of the entry before.
            _owner = null;
            return wrong;
        }

        // Most owners repeat: those share their octets.
        if (_owner is not DomainName last || !last.Wire.SequenceEqual(owner.Wire))
        {
            _owner = owner;
        }

        return null;
    }

    private string? ReadName(ReadOnlySpan<char> word, out DomainName name)
    {
        Span<byte> wire = stackalloc byte[NameOctets.MaxLength];
        bool valid = ZoneNames.TryParse(word, _origin.Wire, wire, out int length, out WireError error);
        name = valid ? DomainName.FromValidWire(wire[..length]) : default;
        return valid ? null : $"'{OctetText.Show(word)}' {ZoneNames.Explain(error)}";
    }

    private static string? ReadTtl(ReadOnlySpan<char> word, out uint ttl)
    {
        // RFC 2181 §8: 31 bits.
        bool valid = Durations.TryParse(word, out ttl) && ttl <= int.MaxValue;
        return valid
            ? null
            : $"'{OctetText.Show(word)}' is no TTL from 0 to {int.MaxValue}, such as 3600 or 1h30m";
    }

    private string? ReadHeader(ZoneTokenizer words, ref int next, out uint? ttl, out RRType type)
    {
        ttl = null;
        type = default;
        bool hasClass = false;
        for (; next < words.Count || words.TryReadWord(); next++)
        {
            ReadOnlySpan<char> word = words.Word(next);
            if (ttl is null && char.IsAsciiDigit(word is [char first, ..] ? first : ' '))
            {
                if (ReadTtl(word, out uint given) is string wrong)
                {
                    return wrong;
                }

                ttl = given;
            }
            else if (!hasClass && RRClass.TryParse(word, out RRClass given) && given != RRClass.Any
                && given != RRClass.None)
            {
                hasClass = true;
                _class = given;
            }
            else
            {
                bool isType = RRType.TryParse(word, out type) && !words.IsQuoted(next);
                string? wrong = !isType ? $"'{OctetText.Show(word)}' is no type"
                    : type.IsMeta ? $"{type} is no type of records"
                    : null;
                next += wrong is null ? 1 : 0;
                return wrong;
            }
        }

        return words.Error ?? "the record ends where a type is due";
    }

    private uint? ChooseTtl(uint? given, RRType type, ReadOnlySpan<byte> rdata)
    {
        _statedTtl = given ?? _statedTtl;
        uint? ttl = given ?? _defaultTtl ?? _statedTtl;
        if (ttl is null && type == RRType.Soa)
        {
            // As BIND does: a zone without any TTL so far takes that of its negative answers.
            _statedTtl = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(rdata[^4..]), int.MaxValue);
            ttl = _statedTtl;
        }

        return ttl ?? _lastResortTtl;
    }
}
