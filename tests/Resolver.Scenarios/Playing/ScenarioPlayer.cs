// Plays a scenario: the real resolver over a scripted network, in virtual time. A failed scenario is played a
// second time, deterministic as it is, with the failed query asked of the engine together with a trace.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Resolver.Scenarios;

/// <summary>Plays scenarios.</summary>
internal static class ScenarioPlayer
{
    public static ScenarioResult Play(Scenario scenario)
    {
        ScenarioResult result = PlayOnce(scenario, null);
        return result.Verdict == ScenarioVerdict.Passed || result.Step == 0
            ? result
            : PlayOnce(scenario, result.Step);
    }

    /// <summary>Plays it with the last query up to a step traced.</summary>
    public static ScenarioResult PlayTraced(Scenario scenario) => PlayOnce(scenario, int.MaxValue);

    private static ScenarioResult PlayOnce(Scenario scenario, int? tracedStep)
    {
        if (scenario.Problems.Count > 0)
        {
            return Verdict(scenario, scenario.Problems[0], 0, scenario.Problems);
        }

        ResolverOptions options;
        ScenarioNetwork network = new(new ScriptedServers(scenario));
        try
        {
            options = ScenarioOptions.From(scenario.Config, network);
            options.Check();
        }
        catch (NotSupportedException missing)
        {
            return Verdict(scenario, missing.Message, 0, []);
        }

        using ScenarioRun run = new(scenario, network, options);
        ScenarioStep? traced = scenario.Steps.LastOrDefault(
            s => s.Kind == StepKind.Query && s.Id <= tracedStep);
        foreach (ScenarioStep step in scenario.Steps)
        {
            string? difference = run.Play(step, step == traced);
            if (difference is not null)
            {
                string sentence = $"step {step.Id}: {difference}";
                return Verdict(scenario, sentence, step.Id, run.Describe(step));
            }
        }

        if (network.Servers.FindUnused() is { } unused)
        {
            string sentence = $"no query met the entry of line {unused.Line}";
            return Verdict(scenario, sentence, scenario.Steps[^1].Id, run.Describe(null));
        }

        ScenarioResult passed = new(scenario.Name, ScenarioVerdict.Passed);
        return tracedStep is null ? passed : passed with { Details = run.Describe(null) };
    }

    private static ScenarioResult Verdict(
        Scenario scenario, string difference, int step, IReadOnlyList<string> details)
    {
        (ScenarioVerdict verdict, string reason) =
            scenario.Duties.Judge(scenario.Name, scenario.NeedsValidation);
        return new ScenarioResult(scenario.Name, verdict)
        {
            Difference = verdict == ScenarioVerdict.NoDuty ? reason : difference,
            Step = step,
            Details = details,
        };
    }
}
