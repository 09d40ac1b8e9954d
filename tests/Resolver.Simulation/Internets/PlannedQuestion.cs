// A question of a drawn internet, and what is known of it beforehand.
namespace Resolver.Simulation;

/// <summary>A question worth asking.</summary>
/// <param name="Name">The name, absolute.</param>
/// <param name="Type">The type.</param>
internal sealed record PlannedQuestion(string Name, string Type)
{
    private readonly bool _isHopeless;

    /// <summary>True when no resolver can answer it, whatever it does.</summary>
    public bool IsHopeless
    {
        get => _isHopeless || Realm is not null;
        init => _isHopeless = value;
    }

    /// <summary>The zone in bad hands that it is about; null when it is about none.</summary>
    public string? Realm { get; init; }
}
