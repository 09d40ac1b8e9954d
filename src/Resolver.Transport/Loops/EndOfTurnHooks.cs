// What is to be done when a turn ends: batches are sent there. A hook may ask for another call, which is one
// of the next turn.
using System;
using System.Collections.Generic;

namespace Resolver.Transport;

/// <summary>The hooks of one loop. Used on it.</summary>
internal sealed class EndOfTurnHooks
{
    private List<IEndOfTurn> _asked = [];
    private List<IEndOfTurn> _running = [];

    /// <summary>True when somebody has asked for a call.</summary>
    public bool HasAny => _asked.Count > 0;

    /// <summary>Has a hook called once, at the end of this turn.</summary>
    public void Add(IEndOfTurn hook) => _asked.Add(hook);

    /// <summary>Calls those who asked; what they throw is told to <paramref name="report"/>.</summary>
    public void Run(Action<Exception> report)
    {
        if (_asked.Count == 0)
        {
            return;
        }

        (_asked, _running) = (_running, _asked);
        foreach (IEndOfTurn hook in _running)
        {
            try
            {
                hook.OnEndOfTurn();
            }
            catch (Exception fault)
            {
                report(fault);
            }
        }

        _running.Clear();
    }
}
