// From a step to what is handed to the upstream: the query's octets, with the cookies for its server
// (RFC 7873 §5.1).
using System;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>Writes requests. One per loop.</summary>
internal sealed class RequestWriter
{
    /// <summary>Octets of the longest query.</summary>
    public const int MaxLength = QueryWriter.MaxLength + CookieOption.MaxLength;

    private readonly LoopParts _parts;
    private readonly EngineOptions _options;

    public RequestWriter(LoopParts parts, EngineOptions options)
    {
        _parts = parts;
        _options = options;
    }

    /// <summary>Writes the query of a step into a buffer with room for <see cref="MaxLength"/>.</summary>
    public ExchangeRequest Write(in Step step, byte[] buffer)
    {
        int plain = QueryEncoder.Encode(buffer, step, _parts.Random, _options);
        if (!step.WithCookie)
        {
            return new ExchangeRequest(
                step.Endpoint, step.Asked.Transport, buffer.AsMemory(0, plain), step.Timeout);
        }

        Span<byte> cookies = stackalloc byte[CookieOption.ClientLength + CookieOption.MaxServerLength];
        long now = _parts.Loop.Time.GetTimestamp();
        int length = _parts.Histories.Cookies.Write(step.Endpoint, now, cookies);
        int whole = CookieOption.Append(buffer, plain, cookies[..length]);
        return new ExchangeRequest(
            step.Endpoint, step.Asked.Transport, buffer.AsMemory(0, whole), step.Timeout)
        {
            CookieAt = (ushort)(whole - length),
            NeedsCookie = length > CookieOption.ClientLength,
        };
    }
}
