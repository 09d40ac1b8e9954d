// Times of signatures: 32-bit seconds that wrap around in 2106, compared as serial numbers. RFC 4034 §3.1.5,
// RFC 1982 §3.2.
namespace Resolver.Dnssec;

/// <summary>Compares times of signatures.</summary>
internal static class SerialTime
{
    /// <summary>True when <paramref name="left"/> lies before <paramref name="right"/>.</summary>
    public static bool IsBefore(uint left, uint right) => unchecked((int)(left - right)) < 0;
}
