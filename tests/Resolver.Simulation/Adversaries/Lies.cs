// How a lie is known when it turns up: its addresses are of a network that no zone of any drawn internet has,
// and its names have a label of their own.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using Resolver.Testing.Tests;
using Resolver.Wire;

namespace Resolver.Simulation;

/// <summary>The marks of lies.</summary>
internal static partial class Lies
{
    private static readonly byte[] Network = [203, 0, 113];
    private static readonly byte[] Label = [4, (byte)'l', (byte)'i', (byte)'e', (byte)'s'];

    /// <summary>A false address (203.0.113.0/24).</summary>
    public static IPAddress Address(int number) =>
        new([.. Network, (byte)(1 + (number % 250))]);

    /// <summary>A zone's text with lies in the place of its hosts' addresses (30.0.0.0/8).</summary>
    public static string Text(string zone) => TrueAddress().Replace(zone, " A 203.0.113.7");

    /// <summary>A false name below another.</summary>
    public static DomainName Name(string first, DomainName parent) => Below($"{first}.lies", parent);

    /// <summary>A name below another; the other itself when it would be too long.</summary>
    public static DomainName Below(string labels, DomainName parent) =>
        DomainName.TryParse(parent.IsRoot ? $"{labels}." : $"{labels}.{parent}", out DomainName name)
            ? name
            : parent;

    /// <summary>The lies among records.</summary>
    public static IEnumerable<ReplyRecord> Among(IEnumerable<ReplyRecord> records) => records.Where(IsOne);

    [GeneratedRegex(" A 30[.][0-9.]+")]
    private static partial Regex TrueAddress();

    private static bool IsOne(ReplyRecord record) =>
        (record.Type == RRType.A && record.Rdata.AsSpan().StartsWith(Network))
        || record.Owner.Wire.IndexOf(Label) >= 0
        || (record.Type != RRType.Rrsig && record.Rdata.AsSpan().IndexOf(Label) >= 0);
}
