// A loop that posts to another wakes it once, when its own turn ends, however many posts it made.
using System.Collections.Generic;

namespace Resolver.Transport;

/// <summary>The loops that one loop is to wake. Used on it.</summary>
internal sealed class OwedWakes
{
    private readonly List<SocketLoop> _loops = [];

    /// <summary>Notes one.</summary>
    public void Owe(SocketLoop other)
    {
        if (!_loops.Contains(other))
        {
            _loops.Add(other);
        }
    }

    /// <summary>Wakes them.</summary>
    public void Pay()
    {
        foreach (SocketLoop loop in _loops)
        {
            loop.Wake();
        }

        _loops.Clear();
    }
}
