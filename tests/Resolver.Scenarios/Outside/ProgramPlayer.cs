// Plays a scenario against the real program, as ScenarioPlayer does in process.
using System;
using System.Collections.Generic;
using System.Globalization;

namespace Resolver.Scenarios;

/// <summary>Plays scenarios against the program.</summary>
internal static class ProgramPlayer
{
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(1);

    public static ScenarioResult Play(Scenario scenario, ProgramSettings settings)
    {
        if (scenario.Problems.Count > 0)
        {
            return ScenarioPlayer.Judge(scenario, new Failure(scenario.Problems[0], 0, scenario.Problems));
        }

        if (scenario.Steps.Exists(static s => s.Kind == StepKind.RoundTrip))
        {
            return new ScenarioResult(scenario.Name, ScenarioVerdict.NoDuty)
            {
                Difference = "nobody can tell the program a round-trip time",
            };
        }

        using ProgramRun run = new(scenario, settings);
        foreach (ScenarioStep step in scenario.Steps)
        {
            if (run.Play(step) is { } difference)
            {
                return ScenarioPlayer.Judge(
                    scenario, new Failure($"step {step.Id}: {difference}", step.Id, run.Describe(step)));
            }
        }

        return run.End() is { } wrong
            ? ScenarioPlayer.Judge(scenario, new Failure(wrong, 0, run.Describe(null)))
            : new ScenarioResult(scenario.Name, ScenarioVerdict.Passed)
            {
                Difference = Remark(run),
                Details = run.Describe(null),
            };
    }

    private static string Remark(ProgramRun run)
    {
        List<string> remarks = [];
        if (run.LongestWait > WorthTelling)
        {
            remarks.Add(string.Create(
                CultureInfo.InvariantCulture, $"a reply took {run.LongestWait.TotalSeconds:F1} s"));
        }

        if (run.RepliesByTcp > 0)
        {
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{run.RepliesByTcp} replies by TCP"));
        }

        return string.Join(", ", remarks);
    }
}
