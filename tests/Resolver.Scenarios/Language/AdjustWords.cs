// The words of ADJUST, of Deckard and of Unbound.
using System;
using System.Globalization;

namespace Resolver.Scenarios;

/// <summary>Reads the words of ADJUST.</summary>
internal static class AdjustWords
{
    /// <summary>Takes one word; false when it is not known.</summary>
    public static bool TryTake(string text, ScenarioEntry entry)
    {
        string[] parts = text.Split('=');
        if (parts.Length == 2)
        {
            bool isTime = double.TryParse(
                parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds);
            entry.Delay += TimeSpan.FromSeconds(seconds);
            return isTime && parts[0] is "sleep" or "packet_sleep";
        }

        Adjustments adjustment = text switch
        {
            "copy_id" or "raw_id" => Adjustments.CopyId,
            "copy_query" => Adjustments.CopyQuery,
            "do_not_answer" => Adjustments.DoNotAnswer,
            "raw_data" => Adjustments.RawOctets,
            "copy_ednsdata" or "copy_ednsdata_assume_clientsubnet" => Adjustments.CopyEdnsOptions,
            "increment_ecs_scope" => Adjustments.IncrementScope,
            _ => Adjustments.None,
        };
        entry.Adjustments |= adjustment;
        return adjustment != Adjustments.None;
    }
}
