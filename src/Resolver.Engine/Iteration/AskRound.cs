// What is under way for the question that a walk puts to a zone's servers just now: one exchange, and beside
// a late one another. When the question changes a new round begins, and replies to the one before only teach
// about their servers.
using System;

namespace Resolver.Engine;

/// <summary>The exchanges of the round at hand; one per walk.</summary>
internal struct AskRound
{
    private int _late;
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
    /// While a reply is expected nobody else is asked; beside a late one somebody is.
    /// </summary>
    public readonly bool MayAsk(ResolverLimits limits) =>
        Pending <= _late && Pending < limits.MaxServersAtOnce;

    /// <summary>Begins the next round with the same or other servers.</summary>
    public void BeginNext(Span<ServerCandidate> servers)
    {
        Number++;
        Pending = 0;
        _late = 0;
        foreach (ref ServerCandidate server in servers)
        {
            server.Pending = 0;
            server.IsLate = false;
        }
    }

    /// <summary>A server is asked.</summary>
    /// <param name="server">The server.</param>
    /// <param name="isLate">Others may be asked beside it at once.</param>
    public void Begin(ref ServerCandidate server, bool isLate)
    {
        server.Pending++;
        Pending++;
        server.AskNumber = ++Exchanges;
        server.IsLate = isLate;
        _late += isLate ? 1 : 0;
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
            server.IsLate = false;
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
        if (server.Pending == 0 || server.AskNumber != ask.Number || server.IsLate)
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
