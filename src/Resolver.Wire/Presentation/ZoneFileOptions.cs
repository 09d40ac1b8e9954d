// What a reader of zone files takes for granted until the file says otherwise.
namespace Resolver.Wire;

/// <summary>Where reading a zone file begins.</summary>
internal sealed record ZoneFileOptions
{
    /// <summary>The origin of relative names until $ORIGIN.</summary>
    public DomainName Origin { get; init; } = DomainName.Root;

    /// <summary>The class until a record names one.</summary>
    public RRClass Class { get; init; } = RRClass.IN;

    /// <summary>
    /// Seconds to live of records for which the file gives none; without it they are a mistake. Files of
    /// trust anchors have no TTLs.
    /// </summary>
    public uint? Ttl { get; init; }

    /// <summary>The name of the text in errors, when it does not come from a file.</summary>
    public string Name { get; init; } = "zone";
}
