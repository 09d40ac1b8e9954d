// The range from which the kernel draws a port for a socket that connects without one, and whether it may be
// trusted with that: since Linux 6.1 it takes the first port from get_random_u32, its CSPRNG, uniformly over
// the range (udp_lib_get_port); earlier ones used a weaker generator, whose ports have been predicted.
using System;
using System.Globalization;
using System.IO;

namespace Resolver.Transport;

/// <summary>A range of ports, empty when the system is not trusted to draw them.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest; below <paramref name="First"/>: none.</param>
internal readonly record struct SystemPorts(int First, int Last)
{
    private const string Setting = "/proc/sys/net/ipv4/ip_local_port_range";

    /// <summary>No port is left to the system.</summary>
    public static SystemPorts None => new(1, 0);

    /// <summary>Count of ports.</summary>
    public int Count => Math.Max(Last - First + 1, 0);

    /// <summary>True for a port of the range.</summary>
    public bool Contains(ushort port) => port >= First && port <= Last;

    /// <summary>Asks the system, which keeps one range for IPv4 and IPv6.</summary>
    public static SystemPorts Read()
    {
        if (!Libc.IsSupported || !OperatingSystem.IsOSPlatformVersionAtLeast("Linux", 6, 1))
        {
            return None;
        }

        try
        {
            return Parse(File.ReadAllText(Setting));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return None;
        }
    }

    /// <summary>
    /// Reads the setting; a range that is not wholly inside the space of ports is not used.
    /// </summary>
    public static SystemPorts Parse(string text)
    {
        string[] bounds = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return bounds.Length == 2
            && ushort.TryParse(bounds[0], CultureInfo.InvariantCulture, out ushort first)
            && ushort.TryParse(bounds[1], CultureInfo.InvariantCulture, out ushort last)
            && first >= PortSpace.First
            && last >= first
            ? new SystemPorts(first, last)
            : None;
    }
}
