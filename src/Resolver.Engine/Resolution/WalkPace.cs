// Whether a walk is at work. Whoever wakes one that rests runs it; one that works, or is being judged, looks
// once more before it rests: nothing that happens meanwhile is lost, and none runs twice at once.
namespace Resolver.Engine;

/// <summary>The pace of one walk. Changes in place.</summary>
internal struct WalkPace
{
    private bool _isBusy;
    private bool _isWoken;

    /// <summary>True when it rested: whoever asks runs it now.</summary>
    public bool TryWake()
    {
        bool rested = !_isBusy;
        _isWoken |= _isBusy;
        _isBusy = true;
        return rested;
    }

    /// <summary>True when it rests from now on; false when it was woken meanwhile.</summary>
    public bool TryRest()
    {
        _isBusy = _isWoken;
        _isWoken = false;
        return !_isBusy;
    }
}
