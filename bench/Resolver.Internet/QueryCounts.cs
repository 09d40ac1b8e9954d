// Asks the served internet how many queries its servers have got so far.
using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Resolver.Internet;

internal sealed class QueryCounts : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[64];

    public QueryCounts(IPEndPoint at)
    {
        _socket = new Socket(at.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 2000 };
        _socket.Connect(at);
    }

    public long Read()
    {
        _ = _socket.Send("?"u8);
        return long.Parse(_buffer.AsSpan(0, _socket.Receive(_buffer)), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _socket.Dispose();
}
