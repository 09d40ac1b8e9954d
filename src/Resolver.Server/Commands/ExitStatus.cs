// What the program tells its caller when it ends.
namespace Resolver.Server;

/// <summary>Exit statuses.</summary>
internal static class ExitStatus
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Failed: no answer, address in use; check found mistakes.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or configuration.</summary>
    public const int Usage = 2;
}
