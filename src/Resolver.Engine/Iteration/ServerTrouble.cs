// What one server did that kept a walk from its answer, kept as values and put into words only when a walk
// fails.
using System;
using System.Globalization;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The kinds of trouble, as far as the extended error tells them apart.</summary>
internal enum TroubleKind : byte
{
    /// <summary>Nothing came, or nothing that matched the query.</summary>
    Silence,

    /// <summary>The network said that the server cannot be reached, or a connection broke.</summary>
    Network,

    /// <summary>It replied, but not with what was asked: refused, failing, lame.</summary>
    Refusal,

    /// <summary>Its reply cannot be read, or contradicts itself.</summary>
    Unusable,

    /// <summary>Its address is not known, or must not be asked.</summary>
    NoAddress,

    /// <summary>This resolver is stopping.</summary>
    Stopping,
}

/// <summary>Something that went wrong with one server.</summary>
/// <param name="Server">The server's name.</param>
/// <param name="Endpoint">Its address and port; null when none is known.</param>
/// <param name="Kind">The kind.</param>
/// <param name="What">What happened, as the end of the sentence "ns1.example. at 192.0.2.1:53 …".</param>
internal readonly record struct ServerTrouble(
    DomainName Server, InetEndpoint? Endpoint, TroubleKind Kind, string What)
{
    /// <summary>How many tries ended so.</summary>
    public int Tries { get; init; } = 1;

    /// <summary>No reply came.</summary>
    public static ServerTrouble Of(in Step asked, ExchangeStatus status) => new(
        asked.ServerName.ToName(), asked.Endpoint, KindOf(status), ExchangeTrouble.Describe(status));

    /// <summary>A reply came that is no content.</summary>
    public static ServerTrouble Of(in Step asked, ClassifiedReply reply) => new(
        asked.ServerName.ToName(), asked.Endpoint, KindOf(reply.Kind), Describe(reply));

    /// <summary>It is not asked because it was silent before.</summary>
    public static ServerTrouble OfSilence(ServerName server, InetEndpoint endpoint) => new(
        server.ToName(),
        endpoint,
        TroubleKind.Silence,
        "was silent of late and is left alone for a moment (limit max-silence met)");

    /// <summary>What it said did not hold when it was validated.</summary>
    public static ServerTrouble OfBogus(ServerName server, InetEndpoint endpoint) =>
        new(server.ToName(), endpoint, TroubleKind.Unusable, "gave data that is bogus");

    /// <summary>It is known not to serve the zone.</summary>
    public static ServerTrouble OfLameness(ServerName server, InetEndpoint endpoint) =>
        new(server.ToName(), endpoint, TroubleKind.Refusal, "is known not to serve the zone");

    /// <summary>Its address was not found, or there is none.</summary>
    public static ServerTrouble OfAddress(in MissingAddress missing, string? trouble) => new(
        missing.Name,
        null,
        TroubleKind.NoAddress,
        trouble is null
            ? $"has no {missing.Type} that can be asked" : $"has no address that was found, {trouble}");

    /// <summary>True for the same end of an exchange with the same server.</summary>
    public bool Repeats(in ServerTrouble other) =>
        Endpoint == other.Endpoint && Kind == other.Kind && What == other.What && Server.Equals(other.Server);

    /// <summary>In words; the name's octets are escaped and a long name is cut short.</summary>
    public override string ToString()
    {
        string where = Endpoint is { } endpoint ? $" at {endpoint}: " : " ";
        string often = Tries > 1 ? string.Create(CultureInfo.InvariantCulture, $" after {Tries} tries") : "";
        return TroubleText.Short(Server) + where + What + often;
    }

    private static TroubleKind KindOf(ExchangeStatus status) => status switch
    {
        ExchangeStatus.TimedOut or ExchangeStatus.TooManyMismatches => TroubleKind.Silence,
        ExchangeStatus.WrongReply => TroubleKind.Unusable,
        ExchangeStatus.Unreachable or ExchangeStatus.ConnectionRefused or ExchangeStatus.ConnectionClosed
            or ExchangeStatus.SocketsExhausted => TroubleKind.Network,
        ExchangeStatus.Stopped => TroubleKind.Stopping,
        ExchangeStatus.Reply => throw new ArgumentOutOfRangeException(nameof(status), "no trouble"),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    private static TroubleKind KindOf(ReplyKind kind) =>
        kind == ReplyKind.Malformed ? TroubleKind.Unusable : TroubleKind.Refusal;

    private static string Describe(ClassifiedReply reply)
    {
        string verb = reply.Kind == ReplyKind.Lame ? "does not serve the zone"
            : reply.Kind == ReplyKind.Malformed ? "sent an unusable reply"
            : "said";
        return verb == "said" ? $"said {reply.Reason}" : $"{verb} ({reply.Reason})";
    }
}
