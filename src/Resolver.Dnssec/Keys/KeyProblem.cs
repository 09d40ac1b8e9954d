// Why a key cannot be used.
namespace Resolver.Dnssec;

/// <summary>What is wrong with a DNSKEY.</summary>
internal enum KeyProblem : byte
{
    /// <summary>Nothing: it checks signatures.</summary>
    None,

    /// <summary>The algorithm is unknown, obsolete or switched off.</summary>
    UnsupportedAlgorithm,

    /// <summary>The key is not of its algorithm's form.</summary>
    Malformed,

    /// <summary>The RSA modulus is shorter than allowed.</summary>
    ModulusTooShort,

    /// <summary>The RSA modulus is longer than allowed.</summary>
    ModulusTooLong,

    /// <summary>The RSA exponent is longer than allowed.</summary>
    ExponentTooLong,
}
