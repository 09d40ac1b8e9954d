// What TIME_PASSES EVAL and ASSIGN hold: ${...} with whole numbers, variables, the time of the script in
// seconds, and + - * / from left to right.
using System;
using System.Collections.Generic;
using System.Globalization;

namespace Resolver.Scenarios;

/// <summary>Computes macros.</summary>
internal sealed class ScriptExpression
{
    private readonly Dictionary<string, double> _variables = [];

    /// <summary>Seconds that the script has let pass so far.</summary>
    public double Time { get; set; }

    public void Assign(string name, double value) => _variables[name.TrimStart('$')] = value;

    /// <summary>False when something in the text is not known.</summary>
    public bool TryCompute(string text, out double value)
    {
        value = 0;
        string inside = text.Replace("${", " ", StringComparison.Ordinal).Replace('}', ' ');
        char pending = '+';
        foreach (string word in inside.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is "+" or "-" or "*" or "/")
            {
                pending = word[0];
                continue;
            }

            if (!TryRead(word, out double operand))
            {
                return false;
            }

            value = pending switch
            {
                '+' => value + operand,
                '-' => value - operand,
                '*' => value * operand,
                _ => value / operand,
            };
        }

        return double.IsFinite(value);
    }

    private bool TryRead(string word, out double value)
    {
        value = Time;
        return word == "time"
            || _variables.TryGetValue(word.TrimStart('$'), out value)
            || double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }
}
