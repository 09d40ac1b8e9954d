// Goes over to other rules while the resolver runs. Walks under way see the change when their next reply
// comes (Walk.BeginAnew), so once every loop has come past the change, nothing is stored any more by the old
// rules: then what the caches hold of the zones that changed is forgotten, and whole answers too.
using System.Collections.Immutable;
using System.Threading;
using Resolver.Engine;
using Resolver.Wire;

namespace Resolver;

/// <summary>One change of the rules.</summary>
internal sealed class RulesChange
{
    private readonly ResolverCaches _caches;
    private readonly LocalRules _before;
    private readonly LocalRules _after;
    private int _loopsLeft;

    private RulesChange(LoopParts parts, LocalRules after, int loops)
    {
        _caches = parts.Caches;
        _before = parts.Local.Rules;
        _after = after;
        _loopsLeft = loops;
    }

    /// <summary>Makes the change; on any thread.</summary>
    public static void Run(ImmutableArray<LoopEngine> engines, LocalRules rules)
    {
        LoopParts parts = engines[0].Parts;
        RulesChange change = new(parts, rules, engines.Length);
        parts.Local.Rules = rules;
        foreach (LoopEngine engine in engines)
        {
            engine.Parts.Loop.Post(static c => ((RulesChange)c!).PassLoop(), change);
        }
    }

    private void PassLoop()
    {
        if (Interlocked.Decrement(ref _loopsLeft) > 0)
        {
            return;
        }

        foreach (DomainName apex in ConfiguredZones.Differences(_before.Zones, _after.Zones))
        {
            _caches.Flush(apex);
        }

        _caches.StartGeneration();
    }
}
