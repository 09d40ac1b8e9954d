// What both ends of the control socket agree on, and the bounds of its use. Whoever can open the socket is
// the server's own user; the bounds keep a broken client from holding what the next one needs. Both ends must
// agree on them, so they are no limits to be configured; how many connections there are is.
using System;

namespace Resolver.Server;

/// <summary>Words and bounds of the control socket.</summary>
internal static class ControlProtocol
{
    /// <summary>The first line of a reply that holds what was asked for.</summary>
    public const string Done = "ok";

    /// <summary>Begins the first line of a reply that says why not.</summary>
    public const string Failed = "error ";

    /// <summary>
    /// Octets of a request, its line end included: the longest name has 1,004 characters.
    /// </summary>
    public const int MaxRequest = 2048;

    /// <summary>Octets of a reply that a client reads: a whole trace with room to spare.</summary>
    public const int MaxReply = 16 * 1024 * 1024;

    /// <summary>Octets of a path: what the system's address of such a socket holds (unix(7)).</summary>
    public const int MaxPath = 107;

    /// <summary>How long a client may take to send its line, and again to read the reply.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long a client waits: a walk has its own deadline, at most a minute.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(70);
}
