// A zone cut as its parent describes it: the only thing that steers iteration downwards. Immutable
// but for its tally.
using System.Collections.Immutable;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>A name server of a delegation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Glue">
/// Addresses that came with the referral; good for this delegation alone, never for an answer.
/// </param>
internal readonly record struct DelegatedServer(DomainName Name, ImmutableArray<InetAddress> Glue);

/// <summary>
/// The servers of a zone, learned from its parent (or from hints and priming, for the root).
/// </summary>
internal sealed class Delegation
{
    /// <summary>A delegation that ends at <paramref name="expiresAt"/>, a timestamp.</summary>
    public Delegation(DomainName zone, ImmutableArray<DelegatedServer> servers, long expiresAt)
    {
        Zone = zone;
        Servers = servers;
        ExpiresAt = expiresAt;
    }

    /// <summary>The zone's apex.</summary>
    public DomainName Zone { get; }

    /// <summary>Its servers, in the order of the referral.</summary>
    public ImmutableArray<DelegatedServer> Servers { get; }

    /// <summary>
    /// The forward or stub zone that it stands for, whose servers it then has none of; null for one learned.
    /// </summary>
    public ConfiguredZone? Configured { get; init; }

    /// <summary>From here on the parent has to be asked again.</summary>
    public long ExpiresAt { get; }

    /// <summary>
    /// How its servers treat those who ask: one tally for all who learned of the zone since it is known.
    /// </summary>
    public ZoneTally Tally { get; set; } = new();

    /// <summary>True when a server can be asked without looking up its address first.</summary>
    public bool HasAddress
    {
        get
        {
            foreach (DelegatedServer server in Servers)
            {
                if (!server.Glue.IsEmpty)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The same with an earlier end; itself when it ends earlier already.</summary>
    public Delegation EndingBy(long expiresAt) =>
        expiresAt >= ExpiresAt ? this : new Delegation(Zone, Servers, expiresAt) { Tally = Tally };

    /// <summary>Goes on with the tally of the delegation that this one takes the place of.</summary>
    public void Succeed(Delegation earlier) => Tally = earlier.Tally;
}
