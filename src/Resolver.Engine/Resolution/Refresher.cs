// Renews, before it ends, what a popular answer is made of: link by link along its aliases, and only what is
// in the last part of its life. A walk already under way for such a link is joined.
using System.Threading.Tasks;

namespace Resolver.Engine;

/// <summary>Renews answers. One per loop.</summary>
internal sealed class Refresher
{
    private readonly LoopEngine _engine;

    public Refresher(LoopEngine engine) => _engine = engine;

    /// <summary>Renews the links of a question that are near their end, or have ended meanwhile.</summary>
    public async ValueTask RefreshAsync(Question question, Asker asker)
    {
        Question link = question;
        for (int links = 0; links <= _engine.Options.Limits.MaxAliases; links++)
        {
            LinkOutcome? known = _engine.FindLocally(link, asker, out LinkOutcome? seen);
            if (known is { IsLocal: true } || HasFailed(link))
            {
                return;
            }

            bool isDue = known is null || IsDue(known);
            LinkOutcome outcome = isDue ? await _engine.WalkAsync(link, asker, seen) : known!;
            if (outcome.End != LinkEnd.Alias)
            {
                return;
            }

            link = link.For(outcome.LastName);
        }
    }

    private long Now => _engine.Parts.Loop.Time.GetTimestamp();

    // What failed a moment ago is not asked again, although its data may still be fresh (RFC 9520).
    private bool HasFailed(Question link) =>
        _engine.Parts.Caches.Failures.TryGet(link.Name.Wire, link.Type, Now, out _);

    private bool IsDue(LinkOutcome known)
    {
        bool isDue = known.Denial?.IsDue(_engine.Options.Limits, Now) == true;
        foreach (AnswerSet set in known.Sets)
        {
            isDue |= set.Entry?.IsDue(_engine.Options.Limits, Now) == true;
        }

        return isDue;
    }
}
