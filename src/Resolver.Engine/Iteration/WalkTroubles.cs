// Why no server of a zone was of use: who, what and how often, and the extended error that is made of it when
// the walk fails (RFC 8914 §4.23-4.25).
//   all by the network (unreachable, connection refused)  → 23 Network Error
//   all replies unusable                                  → 24 Invalid Data
//   this resolver is stopping                             → 14 Not Ready
//   anything else: silent, refusing, lame, not found      → 22 No Reachable Authority
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>The troubles of a walk in the zone where it stands. One per walk.</summary>
internal sealed class WalkTroubles
{
    // What is told of a failure is for people: more servers than that are counted.
    private const int MaxKept = 8;
    private const int MaxText = 180;

    private readonly List<ServerTrouble> _kept = [];
    private int _others;

    /// <summary>True when nothing has gone wrong yet.</summary>
    public bool IsEmpty => _kept.Count == 0;

    /// <summary>Another zone's servers are asked.</summary>
    public void Clear()
    {
        _kept.Clear();
        _others = 0;
    }

    /// <summary>Takes in a trouble: of one server the last counts, with the number of tries alike.</summary>
    public void Add(in ServerTrouble trouble)
    {
        for (int i = 0; i < _kept.Count; i++)
        {
            if (_kept[i].Repeats(trouble))
            {
                _kept[i] = trouble with { Tries = _kept[i].Tries + 1 };
                return;
            }

            if (_kept[i].Endpoint is not null && _kept[i].Endpoint == trouble.Endpoint)
            {
                _kept[i] = trouble;
                return;
            }
        }

        if (_kept.Count < MaxKept)
        {
            _kept.Add(trouble);
        }
        else
        {
            _others++;
        }
    }

    /// <summary>The error of a walk whose last hope is gone.</summary>
    public ExtendedError ToError(DomainName zone)
    {
        string head = $"no server of {TroubleText.Short(zone)} gave a usable reply: ";
        return new ExtendedError(Code(), head + Describe(MaxText - head.Length));
    }

    /// <summary>
    /// The error of a walk that met a bound of this resolver: no code is registered for that, the text names
    /// the bound.
    /// </summary>
    public ExtendedError ToLimitError(string limit) => new(
        ExtendedErrorCode.Other, IsEmpty ? $"limit {limit} met" : $"limit {limit} met; {Describe()}");

    /// <summary>What went wrong, in so many characters at most, though one trouble is always told.</summary>
    public string Describe(int room = MaxText)
    {
        if (_kept.Count == 0)
        {
            return "no server has an address that may be asked";
        }

        StringBuilder text = new(_kept[^1].ToString());
        int told = 1;
        for (int i = _kept.Count - 2; i >= 0; i--)
        {
            string next = _kept[i].ToString();
            if (text.Length + next.Length + "; ".Length > room)
            {
                break;
            }

            text.Append("; ").Append(next);
            told++;
        }

        int rest = _kept.Count - told + _others;
        return rest == 0 ? text.ToString()
            : text.Append(CultureInfo.InvariantCulture, $"; and {rest} more").ToString();
    }

    private ExtendedErrorCode Code() =>
        _kept.Exists(static t => t.Kind == TroubleKind.Stopping) ? ExtendedErrorCode.NotReady
        : AllAre(TroubleKind.Network) ? ExtendedErrorCode.NetworkError
        : AllAre(TroubleKind.Unusable) ? ExtendedErrorCode.InvalidData
        : ExtendedErrorCode.NoReachableAuthority;

    private bool AllAre(TroubleKind kind) => _kept.Count > 0 && _kept.TrueForAll(t => t.Kind == kind);
}
