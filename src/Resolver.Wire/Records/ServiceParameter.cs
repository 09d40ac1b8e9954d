// One parameter of a service binding: RFC 9460 §2.2.
using System;
using System.Collections.Generic;

namespace Resolver.Wire;

/// <summary>A parameter of a service binding.</summary>
/// <param name="Key">The key (RFC 9460 §14.3.2).</param>
/// <param name="Value">The value in wire form.</param>
public readonly record struct ServiceParameter(ushort Key, ReadOnlyMemory<byte> Value)
{
    internal static IReadOnlyList<ServiceParameter> ReadAll(ReadOnlyMemory<byte> octets)
    {
        List<ServiceParameter> parameters = [];
        ReadOnlySpan<byte> rest = octets.Span;
        while (SvcParamsForm.TryNext(ref rest, out ushort key, out ReadOnlySpan<byte> value))
        {
            int end = octets.Length - rest.Length;
            parameters.Add(new ServiceParameter(key, octets[(end - value.Length)..end]));
        }

        return parameters;
    }
}
