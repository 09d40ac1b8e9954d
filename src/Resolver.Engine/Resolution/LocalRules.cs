// What the operator says of names, in one value that is swapped whole on reload: zones with servers of their
// own, and which addresses the internet must not name.
namespace Resolver.Engine;

/// <summary>The rules in force.</summary>
/// <param name="Zones">Forward and stub zones.</param>
/// <param name="Guard">The rebinding guard; null when off.</param>
internal sealed record LocalRules(ConfiguredZones Zones, PrivateAddressGuard? Guard)
{
    /// <summary>No rules.</summary>
    public static LocalRules None { get; } = new(ConfiguredZones.None, null);
}
