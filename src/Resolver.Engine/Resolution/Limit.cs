// The form of a limit: everything that is known of one bound, in one value.
using System;
using System.Globalization;

namespace Resolver.Engine;

/// <summary>A bound: its configuration name, default, allowed range and the reason for it.</summary>
/// <param name="Name">Kebab-case name, as it stands under <c>[limits]</c>.</param>
/// <param name="Default">The value in force when nothing is configured.</param>
/// <param name="Min">The smallest allowed value.</param>
/// <param name="Max">The largest allowed value.</param>
/// <param name="Reason">Unit, RFC section or CVE, in one sentence.</param>
public sealed record Limit(string Name, int Default, int Min, int Max, string Reason)
{
    /// <summary>Returns <paramref name="value"/>, or throws when it is outside the range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside <see cref="Min"/> to <see
    /// cref="Max"/>.</exception>
    public int Check(int value) => value >= Min && value <= Max
        ? value
        : throw new ArgumentOutOfRangeException(
            Name, value, string.Create(CultureInfo.InvariantCulture, $"{Name} must be {Min} to {Max}"));
}
