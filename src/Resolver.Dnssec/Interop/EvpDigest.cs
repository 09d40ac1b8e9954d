// A digest of libcrypto (EVP_MD), fetched once: fetching by each check would cost more than the digest.
using System;
using System.Runtime.InteropServices;

namespace Resolver.Dnssec;

/// <summary>Owner of an EVP_MD.</summary>
internal sealed unsafe class EvpDigest : SafeHandle
{
    private EvpDigest(nint digest)
        : base(0, ownsHandle: true) => SetHandle(digest);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Fetches a digest; the name ends in a zero octet.</summary>
    public static EvpDigest Fetch(ReadOnlySpan<byte> name)
    {
        // SAFETY: the library reads the name during the call.
        fixed (byte* octets = name)
        {
            return new EvpDigest(Libcrypto.FetchDigest(null, octets, null));
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Libcrypto.FreeDigest(handle);
        return true;
    }
}
