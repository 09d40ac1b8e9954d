// What is under way for the question that a walk puts to a zone's servers just now: one exchange, and beside
// a late one another. When the question changes a new round begins, and replies to the one before only teach
// about their servers.
using System;

namespace Resolver.Engine;

/// <summary>The exchanges of the round at hand; one per walk.</summary>
internal struct AskRound
{
    private int _late;
    private int _aside;
    private int _replied;

    /// <summary>The round's number.</summary>
    public int Number { get; private set; }

    /// <summary>Exchanges of this round that have not ended.</summary>
    public int Pending { get; private set; }

    /// <summary>A server has replied to the walk's question, and was not believed.</summary>
    public bool IsHeard { get; private set; }

    /// <summary>Exchanges of the walk, those in the background included.</summary>
    public int Exchanges { get; private set; }

    /// <summary>
    /// While a reply is expected nobody else is asked; beside a late one somebody is. The one aside is
    /// neither.
    /// </summary>
    public readonly bool MayAsk(ResolverLimits limits) =>
        Pending - _aside <= _late && Pending - _aside < limits.MaxServersAtOnce;

    /// <summary>True when one may be asked from which no reply is expected: the only one.</summary>
    public readonly bool MayAskAside(ResolverLimits limits) => _aside == 0 && limits.MaxServersAtOnce > 1;

    /// <summary>Begins the next round with the same or other servers.</summary>
    public void BeginNext(Span<ServerCandidate> servers)
    {
        Number++;
        Pending = 0;
        _late = 0;
        _aside = 0;
        foreach (ref ServerCandidate server in servers)
        {
            server.Pending = 0;
            server.IsLate = false;
            server.IsAside = false;
        }
    }

    /// <summary>A server is asked.</summary>
    /// <param name="server">The server.</param>
    /// <param name="isAside">No reply is expected: others are asked as if it were not.</param>
    public void Begin(ref ServerCandidate server, bool isAside)
    {
        server.Pending++;
        Pending++;
        server.AskNumber = ++Exchanges;
        server.IsAside = isAside;
        _aside += isAside ? 1 : 0;
    }

    /// <summary>A server is asked in the background.</summary>
    public void BeginProbe() => Exchanges++;

    /// <summary>An exchange has ended; those of earlier rounds are not counted any more.</summary>
    public void End(ref ServerCandidate server, in Step asked)
    {
        if (asked.Round == Number)
        {
            server.Pending--;
            Pending--;
            _replied = asked.Server;
            _late -= server.IsLate ? 1 : 0;
            _aside -= server.IsAside ? 1 : 0;
            server.IsLate = false;
            server.IsAside = false;
        }
    }

    /// <summary>An exchange was not made, as far as the bound on exchanges goes.</summary>
    public void TakeBack() => Exchanges--;

    /// <summary>What came is bogus. Returns the server whose exchange ended last.</summary>
    public int GiveUpReply()
    {
        IsHeard = true;
        return _replied;
    }

    /// <summary>A reply is late; false when that exchange has ended meanwhile.</summary>
    public bool TryMarkLate(ref ServerCandidate server, in LateAsk ask)
    {
        if (server.Pending == 0 || server.AskNumber != ask.Number || server.IsLate || server.IsAside)
        {
            return false;
        }

        server.IsLate = true;
        _late++;
        return true;
    }
}

/// <summary>Names an exchange whose reply may come late.</summary>
/// <param name="Round">Its round.</param>
/// <param name="Server">The candidate's position.</param>
/// <param name="Number">Its number in the walk.</param>
internal readonly record struct LateAsk(int Round, int Server, int Number);
