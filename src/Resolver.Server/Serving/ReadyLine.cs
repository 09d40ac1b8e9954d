// The one line that serve writes to standard output. Whoever started the program reads the ports from it.
using System.Collections.Generic;
using System.Net;

namespace Resolver.Server;

/// <summary>The ready line.</summary>
internal static class ReadyLine
{
    /// <summary>ready udp=ADDRESS:PORT,... tcp=ADDRESS:PORT,...: each address serves both.</summary>
    public static string Format(IEnumerable<IPEndPoint> addresses)
    {
        string list = string.Join(',', addresses);
        return $"ready udp={list} tcp={list}";
    }
}
