// A delegation's place in the store.
namespace Resolver.Engine;

/// <summary>A cached delegation.</summary>
internal sealed class CachedDelegation : CacheEntry
{
    // Estimates of the object graph: an array element and, per name and per set of glue, an object header.
    private const int ServerCost = 80;
    private const int AddressCost = 32;

    internal CachedDelegation(Delegation delegation, long now)
        : base(now, delegation.ExpiresAt)
    {
        Delegation = delegation;
        int size = delegation.Zone.Wire.Length + ServerCost;
        foreach (DelegatedServer server in delegation.Servers)
        {
            size += ServerCost + server.Name.Wire.Length;
            size += server.Glue.IsDefault ? 0 : server.Glue.Length * AddressCost;
        }

        ContentSize = size;
    }

    /// <summary>What the parent said.</summary>
    public Delegation Delegation { get; }

    internal override int ContentSize { get; }

    // What comes here comes from the parent, so the newest word counts.
    internal override bool YieldsTo(CacheEntry candidate, long now) => true;

    // Answers are not made of delegations.
    internal override bool SaysTheSameAs(CacheEntry successor) => true;
}
