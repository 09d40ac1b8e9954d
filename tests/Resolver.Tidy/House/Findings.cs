// Fails with everything found at once, one finding a line: where, what, what to do.
using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Resolver.Tidy;

internal static class Findings
{
    /// <summary>Fails unless there are none.</summary>
    public static void None(string promise, IEnumerable<string> findings)
    {
        string[] all = [.. findings];
        if (all.Length > 0)
        {
            Assert.Fail($"{promise}{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
        }
    }

    /// <summary>
    /// Fails for each place which is over without an exemption, and for each exemption which no place needs.
    /// </summary>
    public static void NoneButExempt(
        string promise, string rule, IEnumerable<(string Place, string Text)> findings)
    {
        (string Place, string Text)[] all = [.. findings];
        None(promise, all.Where(f => !Exemptions.Holds(rule, f.Place)).Select(f => f.Text)
            .Concat(Exemptions.Needless(rule, all.Select(f => f.Place))));
    }

    /// <summary>
    /// The same for places that are measured: each may reach the bound, or what its exemption allows.
    /// </summary>
    public static void NoneAbove(
        string promise, string rule, int bound, IEnumerable<(string Place, int Size)> measured)
    {
        (string Place, int Size)[] over = [.. measured.Where(m => m.Size > bound)];
        None(promise, over.Where(m => m.Size > Exemptions.Most(rule, m.Place))
            .Select(m => $"{m.Place}: {m.Size}, allowed {Math.Max(bound, Exemptions.Most(rule, m.Place))}.")
            .Concat(Exemptions.Needless(rule, over.Select(m => m.Place))));
    }
}
