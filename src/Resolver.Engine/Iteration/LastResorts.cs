// No server of a zone is left to ask: the ways out, each tried once for a zone, those that disclose more or
// believe more last.
namespace Resolver.Engine;

/// <summary>What may still be done when the servers known gave no usable reply.</summary>
internal static class LastResorts
{
    /// <summary>True when there is something to ask again.</summary>
    public static bool TryOpen(ZoneServers servers, ref NameMinimiser minimiser) =>
        servers.AddAddressesOfParents()
            || (minimiser.TryAskForServers() && servers.RecallThoseWithErrors(servFailOnly: true))
            || CanAskWholeName(servers, ref minimiser)
            || (!servers.TakesRecursive && servers.RecallRecursive());

    // RFC 9156 §2.3: servers that choke on a name they should know are asked for the whole one, once.
    private static bool CanAskWholeName(ZoneServers servers, ref NameMinimiser minimiser)
    {
        if (minimiser.IsWhole || minimiser.Mode != Minimisation.Relaxed)
        {
            return false;
        }

        minimiser.Disclose();
        return servers.RecallThoseWithErrors(servFailOnly: false);
    }
}
