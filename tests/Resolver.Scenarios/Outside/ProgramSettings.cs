// Which program is examined, and how it is configured and shifted in time: what the script run hands over.
using System.Net;

namespace Resolver.Scenarios;

/// <summary>The program and its surroundings.</summary>
/// <param name="Program">Its path, or the word unbound.</param>
/// <param name="Clock">The library that shifts its clocks: our own, or libfaketime.</param>
/// <param name="Folder">Where its files go.</param>
internal sealed record ProgramSettings(string Program, string Clock, string Folder)
{
    /// <summary>Where clients ask.</summary>
    public static IPEndPoint Listen { get; } = new(IPAddress.Loopback, 5300);

    /// <summary>The root's servers are told as a stub zone, not as hints.</summary>
    public bool RootAsStub { get; init; }

    /// <summary>Keys of which the header of a scenario says nothing keep the program's defaults.</summary>
    public bool Defaults { get; init; }

    /// <summary>The program keeps its state in a folder that is empty at first.</summary>
    public bool KeepsState { get; init; }

    /// <summary>Unbound stands in the program's place: so the exam is examined itself.</summary>
    public bool IsUnbound => Program == "unbound";

    /// <summary>The file that tells <see cref="Clock"/> the shift.</summary>
    public string ClockFile => System.IO.Path.Combine(Folder, "clock");
}
