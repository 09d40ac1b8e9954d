// The root hints file (RFC 9609 §2; the named.cache form is a zone file): the built-in copy is root.hints at
// the top of the repository.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Text;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>Reads root hints.</summary>
internal static class RootHintsReader
{
    private const string BuiltIn = "root.hints";

    /// <summary>
    /// The servers of the hints in <paramref name="text"/>, or of the built-in copy when it is empty.
    /// </summary>
    /// <exception cref="ArgumentException">The text cannot be read, or names no server with an
    /// address.</exception>
    public static ImmutableArray<RootHint> Read(string text)
    {
        // Hints end with the first priming: a TTL is nothing to them, and files written by hand give none.
        ZoneFileOptions options = new()
        {
            Name = text.Length == 0 ? "built-in root hints" : "root hints",
            Ttl = 0,
        };
        using ZoneFileReader reader = ZoneFileReader.FromText(text.Length == 0 ? ReadBuiltIn() : text, options);
        List<ZoneFileError> errors = [];
        IReadOnlyList<ZoneRecord> records = reader.ReadAll(errors);
        if (errors.Count > 0)
        {
            throw new ArgumentException(errors[0].ToString(), nameof(text));
        }

        ImmutableArray<RootHint>.Builder hints = ImmutableArray.CreateBuilder<RootHint>();
        foreach (ZoneRecord record in records)
        {
            if (record.Type == RRType.NS && record.Owner.IsRoot)
            {
                DomainName server = DomainName.FromValidWire(record.Rdata.Span);
                hints.Add(new RootHint(server, AddressesOf(server, records)));
            }
        }

        return HasAddress(hints)
            ? hints.ToImmutable()
            : throw new ArgumentException("The root hints name no server of the root with an address.", nameof(text));
    }

    private static bool HasAddress(ImmutableArray<RootHint>.Builder hints)
    {
        foreach (RootHint hint in hints)
        {
            if (hint.Addresses.Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static ImmutableArray<InetAddress> AddressesOf(DomainName server, IReadOnlyList<ZoneRecord> records)
    {
        ImmutableArray<InetAddress>.Builder addresses = ImmutableArray.CreateBuilder<InetAddress>();
        foreach (ZoneRecord record in records)
        {
            if (record.Owner == server && (record.Type == RRType.A || record.Type == RRType.Aaaa))
            {
                addresses.Add(InetAddress.FromOctets(record.Rdata.Span));
            }
        }

        return addresses.ToImmutable();
    }

    private static string ReadBuiltIn()
    {
        using Stream stream = typeof(RootHintsReader).Assembly.GetManifestResourceStream(BuiltIn)
            ?? throw new InvalidOperationException("The assembly lacks its root hints.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
