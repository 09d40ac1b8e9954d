// What no resolver can resolve: it must give up in time and cheaply, that is all (THREATS 12, 14, 19).
using System.Collections.Generic;
using Resolver.Testing;

namespace Resolver.Simulation;

/// <summary>Draws what cannot be resolved into a zone.</summary>
internal static class HopelessNames
{
    /// <summary>Adds some, and the questions for them.</summary>
    public static void Add(SeededRandom random, PlannedZone top, List<PlannedQuestion> questions)
    {
        if (random.Chance(0.5))
        {
            top.Add("ring-a", 3600, $"NS ns.{top.Below("ring-b")}");
            top.Add("ring-b", 3600, $"NS ns.{top.Below("ring-a")}");
            questions.Add(new PlannedQuestion("www." + top.Below("ring-a"), "A") { IsHopeless = true });
        }

        if (random.Chance(0.5))
        {
            top.Add("loop", 60, "CNAME pool");
            top.Add("pool", 60, "CNAME loop");
            questions.Add(new PlannedQuestion(top.Below("loop"), "A") { IsHopeless = true });
        }

        if (random.Chance(0.5))
        {
            top.Add("void", 3600, "NS ns.void");
            top.Add("ns.void", 3600, "A 20.9.9.9");
            questions.Add(new PlannedQuestion("www." + top.Below("void"), "A") { IsHopeless = true });
        }

        if (random.Chance(0.5))
        {
            for (int number = 0; number < 20; number++)
            {
                top.Add("many", 3600, $"NS n{number}.{top.Below("nowhere")}");
            }

            questions.Add(new PlannedQuestion("www." + top.Below("many"), "A") { IsHopeless = true });
        }
    }
}
