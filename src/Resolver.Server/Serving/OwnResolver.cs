// A resolver for one command: the commands query and explain walk by themselves.
using System;
using System.Buffers;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>A resolver that only this process asks.</summary>
internal sealed class OwnResolver : IAsyncDisposable
{
    private readonly RecursiveResolver _resolver;

    private OwnResolver(ResolverOptions options) => _resolver = RecursiveResolver.Create(options);

    /// <summary>Makes a resolver with one loop: one question needs no more.</summary>
    public static OwnResolver Create(ServerConfiguration configuration, ILoggerFactory loggers) =>
        new(ResolverSettings.From(configuration, loggers) with { LoopCount = 1 });

    /// <summary>Answers a message.</summary>
    public async ValueTask<byte[]> AnswerAsync(byte[] query)
    {
        ArrayBufferWriter<byte> reply = new();
        await _resolver.AnswerAsync(query, reply);
        return reply.WrittenSpan.ToArray();
    }

    /// <summary>Resolves with every step kept in the resolution's trace.</summary>
    public ValueTask<Resolution> ExplainAsync(DomainName name, RRType type) =>
        _resolver.ResolveAsync(name, type, new QueryOptions { Trace = true });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _resolver.DisposeAsync();
}
