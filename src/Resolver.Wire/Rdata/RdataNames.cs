// Where RDATA of each type holds domain names: what must be expanded on reading (RFC 3597 §4 names the types
// whose names may arrive compressed), folded for the canonical form (RFC 4034 §6.2, RFC 6840 §5.1) and may be
// compressed on writing (the types of RFC 1035 alone).
namespace Resolver.Wire;

/// <summary>
/// The shape of RDATA as far as names go: fixed octets, then character strings, then names, then anything.
/// </summary>
/// <param name="Lead">Octets before the strings.</param>
/// <param name="Strings">Character strings before the names.</param>
/// <param name="Names">Count of names.</param>
/// <param name="Tail">Exact octets after the names, or -1 when any count is allowed.</param>
internal readonly record struct RdataNames(byte Lead, byte Strings, byte Names, short Tail)
{
    /// <summary>True when names may be written compressed (RFC 3597 §4).</summary>
    public bool MayCompress { get; private init; }

    /// <summary>True when names are folded to lower case in the canonical form (RFC 6840 §5.1).</summary>
    public bool Folds { get; private init; }

    /// <summary>The shape for a type; a type without names has <see cref="Names"/> 0.</summary>
    public static RdataNames Of(RRType type) => type.Value switch
    {
        2 or 3 or 4 or 5 or 7 or 8 or 9 or 12 => new(0, 0, 1, 0) { MayCompress = true, Folds = true },
        6 => new(0, 0, 2, 20) { MayCompress = true, Folds = true },
        14 => new(0, 0, 2, 0) { MayCompress = true, Folds = true },
        15 => new(2, 0, 1, 0) { MayCompress = true, Folds = true },
        17 => new(0, 0, 2, 0) { Folds = true },
        18 or 21 or 36 => new(2, 0, 1, 0) { Folds = true },
        24 or 46 => new(18, 0, 1, -1) { Folds = true },
        26 => new(2, 0, 2, 0) { Folds = true },
        30 => new(0, 0, 1, -1) { Folds = true },
        33 => new(6, 0, 1, 0) { Folds = true },
        35 => new(4, 3, 1, 0) { Folds = true },
        39 => new(0, 0, 1, 0) { Folds = true },
        47 => new(0, 0, 1, -1),
        64 or 65 => new(2, 0, 1, -1),
        _ => new(0, 0, 0, -1),
    };
}
