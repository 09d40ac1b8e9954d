// A key that has been imported once and checks many signatures: importing costs as much as two checks. Kept
// beside its DNSKEY RRset; native memory goes back by Dispose or, when the cache just forgets it, by the
// finaliser of its handle. Implementations are thread-safe.
using System;

namespace Resolver.Dnssec;

/// <summary>An imported public key.</summary>
internal abstract class PublicKey : IDisposable
{
    /// <summary>Octets of native memory behind the key, estimated, for the cache's accounts.</summary>
    public abstract int NativeOctets { get; }

    /// <summary>True when the signature, in the form of the key's algorithm, is one over the data.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <inheritdoc/>
    public abstract void Dispose();
}
