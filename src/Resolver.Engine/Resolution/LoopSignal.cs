// "Something has happened": one party waits, any number of others set. A set before the wait is not lost.
using System.Threading.Tasks;

namespace Resolver.Engine;

/// <summary>An auto-reset signal of one loop.</summary>
internal sealed class LoopSignal
{
    private readonly LoopCompletion<bool> _completion = new();
    private bool _isSet;
    private bool _isAwaited;

    /// <summary>
    /// Completes at the next <see cref="Set"/>, or at once when there was one since the last wait.
    /// </summary>
    public ValueTask<bool> WaitAsync()
    {
        if (_isSet)
        {
            _isSet = false;
            return new ValueTask<bool>(true);
        }

        _completion.Reset();
        _isAwaited = true;
        return _completion.Task;
    }

    /// <summary>Sets it; a waiting party runs before this returns.</summary>
    public void Set()
    {
        if (!_isAwaited)
        {
            _isSet = true;
            return;
        }

        _isAwaited = false;
        _completion.Complete(true);
    }
}
