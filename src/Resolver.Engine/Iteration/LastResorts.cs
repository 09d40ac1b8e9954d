// No server of a zone is left to ask: the ways out, each tried once for a zone, those that disclose more or
// believe more last.
namespace Resolver.Engine;

/// <summary>What may still be done when the servers known gave no usable reply.</summary>
internal static class LastResorts
{
    // If the type is what a zone's servers choke on, two of them show it.
    private const int ServersForAnotherType = 2;

    /// <summary>True when there is something to ask again.</summary>
    public static bool TryOpen(ZoneServers servers, ref NameMinimiser minimiser) =>
        servers.AddAddressesOfParents()
            || (minimiser.TryAskForServers() && CanRecall(servers, ServersForAnotherType, servFailOnly: true))
            || CanAskWholeName(servers, ref minimiser)
            || (!servers.TakesRecursive && CanRecallRecursive(servers));

    // RFC 9156 §3: servers that choke on a name they should know are asked for the whole one, once.
    private static bool CanAskWholeName(ZoneServers servers, ref NameMinimiser minimiser)
    {
        if (minimiser.IsWhole || minimiser.Mode != Minimisation.Relaxed)
        {
            return false;
        }

        minimiser.Disclose();
        return CanRecall(servers, int.MaxValue, servFailOnly: false);
    }

    // Brings back those that are out for a reply which the question's shape may have caused.
    private static bool CanRecall(ZoneServers servers, int most, bool servFailOnly)
    {
        int recalled = 0;
        foreach (ref ServerCandidate server in servers.Candidates)
        {
            if (recalled < most && server.RepliedWithError && (server.RepliedServFail || !servFailOnly))
            {
                server.IsOut = false;
                server.RepliedWithError = false;
                recalled++;
            }
        }

        return recalled > 0;
    }

    // Brings back those that answered out of a cache, to be believed now.
    private static bool CanRecallRecursive(ZoneServers servers)
    {
        foreach (ref ServerCandidate server in servers.Candidates)
        {
            server.IsOut &= !server.OffersRecursion;
            servers.TakesRecursive |= server.OffersRecursion;
            server.OffersRecursion = false;
        }

        return servers.TakesRecursive;
    }
}
