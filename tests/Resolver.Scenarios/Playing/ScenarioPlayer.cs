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
        if (result.Verdict == ScenarioVerdict.Passed || result.Step == 0)
        {
            return result;
        }

        // Asked twice a resolver may do better: the trace explains the failure, and does not take it back.
        ScenarioResult traced = PlayOnce(scenario, result.Step);
        return traced.Step == result.Step ? result with { Details = traced.Details } : result;
    }

    /// <summary>Plays it with the last query up to a step traced.</summary>
    public static ScenarioResult PlayTraced(Scenario scenario) => PlayOnce(scenario, int.MaxValue);

    private static ScenarioResult PlayOnce(Scenario scenario, int? tracedStep)
    {
        if (scenario.Problems.Count > 0)
        {
            return Judge(scenario, new Failure(scenario.Problems[0], 0, scenario.Problems));
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
            return Judge(scenario, new Failure(missing.Message, 0, []));
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
                return Judge(scenario, new Failure(sentence, step.Id, run.Describe(step)));
            }
        }

        if (network.Servers.FindUnused() is { } unused)
        {
            string sentence = $"no query met the entry of line {unused.Line}";
            return Judge(scenario, new Failure(sentence, scenario.Steps[^1].Id, run.Describe(null)));
        }

        ScenarioResult passed = new(scenario.Name, ScenarioVerdict.Passed);
        return tracedStep is null ? passed : passed with { Details = run.Describe(null) };
    }

    /// <summary>The verdict on a scenario that did not go as its script has it.</summary>
    public static ScenarioResult Judge(Scenario scenario, Failure failure)
    {
        (ScenarioVerdict verdict, string reason) =
            scenario.Duties.Judge(scenario.Name, scenario.NeedsValidation);
        return new ScenarioResult(scenario.Name, verdict)
        {
            Difference = verdict == ScenarioVerdict.NoDuty ? reason : failure.Difference,
            Step = failure.Step,
            Details = failure.Details,
        };
    }
}

/// <summary>What went otherwise than the script has it.</summary>
/// <param name="Difference">The first difference, as a sentence.</param>
/// <param name="Step">The step; 0 when it was none.</param>
/// <param name="Details">Expected, got and what was sent.</param>
internal sealed record Failure(string Difference, int Step, IReadOnlyList<string> Details);
