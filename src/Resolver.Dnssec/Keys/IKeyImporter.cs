// The door to a cryptographic library; libcrypto and the framework's classes stand behind it.
using System;

namespace Resolver.Dnssec;

/// <summary>Imports public keys. Thread-safe.</summary>
internal interface IKeyImporter
{
    /// <summary>
    /// Imports a key of a supported algorithm whose form has been checked; null when the library finds that
    /// it is no key (a point that is not on the curve).
    /// </summary>
    PublicKey? Import(DnssecAlgorithm algorithm, ReadOnlySpan<byte> key);
}
