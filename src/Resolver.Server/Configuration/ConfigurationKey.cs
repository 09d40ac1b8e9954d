// One key of the configuration file: name, kind, default, comment, and how it reaches its field. Reader,
// checks, printed default file and tests are all made of the table of these.
using System;
using Tomlyn.Syntax;

namespace Resolver.Server;

/// <summary>A key.</summary>
/// <param name="Section">The table it stands in.</param>
/// <param name="Name">Its name in there.</param>
/// <param name="Comment">What it means, in one line.</param>
internal abstract record ConfigurationKey(string Section, string Name, string Comment)
{
    /// <summary>section.name.</summary>
    public string Path => Section + "." + Name;

    /// <summary>True when a change takes effect on reload, false when it waits for the next start.</summary>
    public bool IsLive { get; init; }

    /// <summary>The value in a configuration, as TOML.</summary>
    public abstract string Format(ServerConfiguration configuration);

    /// <summary>Reads a value into the configuration; a mistake is reported and changes nothing.</summary>
    public abstract ServerConfiguration Apply(
        ServerConfiguration configuration, ValueSyntax value, KeyReading reading);
}

/// <summary>A key whose value is a <typeparamref name="T"/>.</summary>
/// <param name="Section">The table it stands in.</param>
/// <param name="Name">Its name in there.</param>
/// <param name="Comment">What it means, in one line.</param>
/// <param name="Kind">The kind of value.</param>
internal sealed record ConfigurationKey<T>(string Section, string Name, string Comment, ValueKind<T> Kind)
    : ConfigurationKey(Section, Name, Comment)
{
    /// <summary>Takes the value from a configuration.</summary>
    public required Func<ServerConfiguration, T> Read { get; init; }

    /// <summary>Makes a configuration with another value.</summary>
    public required Func<ServerConfiguration, T, ServerConfiguration> With { get; init; }

    /// <inheritdoc/>
    public override string Format(ServerConfiguration configuration) => Kind.Format(Read(configuration));

    /// <inheritdoc/>
    public override ServerConfiguration Apply(
        ServerConfiguration configuration, ValueSyntax value, KeyReading reading)
    {
        reading.Key = Path;
        return Kind.TryRead(value, reading, out T? result) ? With(configuration, result) : configuration;
    }
}
