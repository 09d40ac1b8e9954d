// From when to when signatures are valid (RFC 4034 §3.1.5).
namespace Resolver.Testing;

/// <summary>A time in which signatures are valid.</summary>
/// <param name="Inception">Seconds since 1970.</param>
/// <param name="Expiration">Seconds since 1970.</param>
internal readonly record struct SignaturePeriod(uint Inception, uint Expiration)
{
    private const uint Year1990 = 631_152_000;
    private const uint Year2000 = 946_684_800;
    private const uint Day = 86_400;

    /// <summary>
    /// As good as always: the longest period that serial arithmetic allows, from the first second of 2000 to
    /// January 2068.
    /// </summary>
    public static SignaturePeriod Longest { get; } = new(Year2000, Year2000 + int.MaxValue);

    /// <summary>Over: from 1990 to a day before the beginning of the longest.</summary>
    public static SignaturePeriod Expired { get; } = new(Year1990, Year2000 - Day);
}
