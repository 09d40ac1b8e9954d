// The kinds of values in a configuration file.
using System;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Net;
using Resolver.Wire;
using Tomlyn.Syntax;

namespace Resolver.Server;

/// <summary>The kinds.</summary>
internal static class ValueKinds
{
    /// <summary>true or false.</summary>
    public static ValueKind<bool> Boolean { get; } = new(
        "true or false", TryReadBoolean, static v => v ? "true" : "false");

    /// <summary>Any text.</summary>
    public static ValueKind<string> Text { get; } = FromText<string>(
        "text in quotes", TryTakeText, static v => v);

    /// <summary>Text that fits into one string of a TXT record.</summary>
    public static ValueKind<string> ShortText { get; } = FromText<string>(
        "at most 255 printable ASCII characters in quotes", TryTakeShortText, static v => v);

    /// <summary>The path of a file; becomes whole, relative to the source that names it.</summary>
    public static ValueKind<string> FilePath { get; } = new(
        "the path of a file in quotes", TryReadPath, Quote);

    /// <summary>An address prefix.</summary>
    public static ValueKind<AddressPrefix> Prefix { get; } = FromText<AddressPrefix>(
        "a prefix such as \"10.0.0.0/8\" or \"fe80::/10\", with no bit set behind its length",
        AddressPrefix.TryParse,
        static v => v.ToString());

    /// <summary>A domain name.</summary>
    public static ValueKind<DomainName> Name { get; } = FromText<DomainName>(
        "a domain name such as \"example.com.\"", DomainName.TryParse, static v => v.ToString());

    /// <summary>An IP address.</summary>
    public static ValueKind<IPAddress> Address { get; } = FromText<IPAddress>(
        "an address such as \"192.0.2.1\" or \"2001:db8::1\"", EndpointText.TryParseAddress,
        static v => v.ToString());

    /// <summary>An address and a port.</summary>
    public static ValueKind<IPEndPoint> Endpoint { get; } = FromText<IPEndPoint>(
        "an address and a port such as \"127.0.0.1:53\" or \"[::1]:53\"",
        EndpointText.TryParse,
        static v => v.ToString());

    /// <summary>An address and a port, or nothing.</summary>
    public static ValueKind<string> EndpointOrNone { get; } = FromText<string>(
        "an address and a port such as \"127.0.0.1:9153\" or \"[::1]:9153\", or \"\" for none",
        TryTakeEndpointOrNone,
        static v => v);

    /// <summary>An address, and a port unless it is 53.</summary>
    public static ValueKind<IPEndPoint> Server { get; } = FromText<IPEndPoint>(
        "an address, with a port unless it is 53, such as \"192.0.2.1\" or \"[2001:db8::1]:5353\"",
        EndpointText.TryParseServer,
        static v => v.ToString());

    /// <summary>A cache size; 0 stands for auto.</summary>
    public static ValueKind<long> CacheSize { get; } = FromText<long>(
        $"\"auto\", or a size from \"{ByteSize.Format(OptionRanges.CacheSize.Min)}\" to "
        + $"\"{ByteSize.Format(OptionRanges.CacheSize.Max)}\" such as \"256MiB\"",
        TryReadCacheSize,
        static v => v == 0 ? "auto" : ByteSize.Format(v));

    /// <summary>A whole number in a range.</summary>
    public static ValueKind<int> Integer(long min, long max)
    {
        string expected = string.Create(
            CultureInfo.InvariantCulture, $"a whole number from {min} to {max}, without quotes");
        return new ValueKind<int>(expected, TryRead, static v => v.ToString(CultureInfo.InvariantCulture));

        bool TryRead(ValueSyntax value, KeyReading reading, out int result)
        {
            result = 0;
            if (value is not IntegerValueSyntax number || number.Value < min || number.Value > max)
            {
                return reading.Refuse(value, expected);
            }

            result = (int)number.Value;
            return true;
        }
    }

    /// <summary>A whole number in a range.</summary>
    public static ValueKind<int> Integer(NumberRange range) => Integer(range.Min, range.Max);

    /// <summary>A duration in a range.</summary>
    public static ValueKind<TimeSpan> Time(TimeRange range) => FromText<TimeSpan>(
        $"a duration from \"{Duration.Format(range.Min)}\" to \"{Duration.Format(range.Max)}\" "
        + "such as \"1800ms\", \"30s\" or \"1h\"",
        (string text, out TimeSpan result) => Duration.TryParse(text, out result) && range.Contains(result),
        Duration.Format);

    /// <summary>One of some words.</summary>
    public static ValueKind<T> Choice<T>(params ImmutableArray<(string Word, T Value)> choices)
        where T : struct, Enum
    {
        string[] quoted = [.. choices.Select(static c => Quote(c.Word))];
        return FromText<T>(
            string.Join(", ", quoted[..^1]) + " or " + quoted[^1],
            TryRead,
            value => choices.First(c => c.Value.Equals(value)).Word);

        bool TryRead(string text, out T result)
        {
            (string word, result) = choices.FirstOrDefault(c => c.Word == text);
            return word is not null;
        }
    }

    /// <summary>A list of values of one kind.</summary>
    public static ValueKind<ImmutableArray<T>> ListOf<T>(ValueKind<T> kind) => new(
        $"a list in brackets, each entry {kind.Expected}",
        (ValueSyntax value, KeyReading reading, out ImmutableArray<T> result) =>
            TryReadList(kind, value, reading, out result),
        values => "[" + string.Join(", ", values.Select(kind.Format)) + "]");

    /// <summary>A TOML basic string.</summary>
    public static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(
            "\"", "\\\"", StringComparison.Ordinal)
        + "\"";

    private static ValueKind<T> FromText<T>(
        string expected, TextReader<T> tryParse, Func<T, string> format) => new(
        expected,
        (ValueSyntax value, KeyReading reading, [MaybeNullWhen(false)] out T result) =>
        {
            result = default;
            return (value is StringValueSyntax { Value: { } text } && tryParse(text, out result))
                || reading.Refuse(value, expected);
        },
        value => Quote(format(value)));

    private static bool TryReadBoolean(ValueSyntax value, KeyReading reading, out bool result)
    {
        result = value is BooleanValueSyntax { Value: true };
        return value is BooleanValueSyntax || reading.Refuse(value, Boolean.Expected);
    }

    private static bool TryTakeText(string text, [MaybeNullWhen(false)] out string result)
    {
        result = text;
        return true;
    }

    private static bool TryTakeShortText(string text, [MaybeNullWhen(false)] out string result)
    {
        result = text;
        return text.Length <= byte.MaxValue && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
    }

    private static bool TryTakeEndpointOrNone(string text, [MaybeNullWhen(false)] out string result)
    {
        result = text;
        return text.Length == 0 || EndpointText.TryParse(text, out _);
    }

    private static bool TryReadPath(
        ValueSyntax value, KeyReading reading, [MaybeNullWhen(false)] out string result)
    {
        result = null;
        if (value is not StringValueSyntax { Value: { } text } || text.Contains(
            '\0', StringComparison.Ordinal))
        {
            return reading.Refuse(value, FilePath.Expected);
        }

        result = text.Length == 0 ? "" : reading.Resolve(text);
        return true;
    }

    private static bool TryReadCacheSize(string text, out long result)
    {
        result = 0;
        return text == "auto"
            || (ByteSize.TryParse(text, out result) && OptionRanges.CacheSize.Contains(result));
    }

    // Every bad entry is told, not the first alone.
    private static bool TryReadList<T>(
        ValueKind<T> kind, ValueSyntax value, KeyReading reading, out ImmutableArray<T> result)
    {
        result = [];
        if (value is not ArraySyntax list)
        {
            return reading.Refuse(value, $"a list in brackets, each entry {kind.Expected}");
        }

        ImmutableArray<T>.Builder entries = ImmutableArray.CreateBuilder<T>();
        bool isGood = true;
        foreach (ArrayItemSyntax item in list.Items)
        {
            if (kind.TryRead(item.Value!, reading, out T? entry))
            {
                entries.Add(entry);
            }
            else
            {
                isGood = false;
            }
        }

        result = entries.ToImmutable();
        return isGood;
    }
}
