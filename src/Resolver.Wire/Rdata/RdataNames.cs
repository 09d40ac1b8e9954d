// Where RDATA of each type holds domain names: what must be expanded on reading (RFC 3597 §4 names the types
// whose names may arrive compressed), folded for the canonical form (RFC 4034 §6.2, RFC 6840 §5.1) and may be
// compressed on writing (the types of RFC 1035 alone).
namespace Resolver.Wire;

/// <summary>
/// The shape of RDATA as far as names go: fixed octets, then character strings, then names, then anything.
/// </summary>
internal readonly record struct RdataNames
{
    private const ulong CompressMark = 1UL << 40;
    private const ulong FoldMark = 1UL << 41;

    // Lead, strings and names in an octet each, from the lowest; then the tail in 16 bits, then the two
    // marks. One word, so that a shape is a constant in a register.
    private readonly ulong _shape;

    private RdataNames(byte lead, byte strings, byte names, short tail, ulong marks = 0) =>
        _shape = lead | ((ulong)strings << 8) | ((ulong)names << 16) | ((ulong)(ushort)tail << 24) | marks;

    /// <summary>Octets before the strings.</summary>
    public int Lead => (byte)_shape;

    /// <summary>Character strings before the names.</summary>
    public int Strings => (byte)(_shape >> 8);

    /// <summary>Count of names.</summary>
    public int Names => (byte)(_shape >> 16);

    /// <summary>Exact octets after the names, or -1 when any count is allowed.</summary>
    public int Tail => (short)(_shape >> 24);

    /// <summary>True when names may be written compressed (RFC 3597 §4).</summary>
    public bool MayCompress => (_shape & CompressMark) != 0;

    /// <summary>True when names are folded to lower case in the canonical form (RFC 6840 §5.1).</summary>
    public bool Folds => (_shape & FoldMark) != 0;

    /// <summary>True for the types with <see cref="MayCompress"/>, found without their shape.</summary>
    public static bool MayCompressIn(RRType type) => type.Value < 16 && ((0xD3FC >> type.Value) & 1) != 0;

    /// <summary>The shape for a type; a type without names has <see cref="Names"/> 0.</summary>
    public static RdataNames Of(RRType type) => type.Value switch
    {
        2 or 3 or 4 or 5 or 7 or 8 or 9 or 12 => new(0, 0, 1, 0, CompressMark | FoldMark),
        6 => new(0, 0, 2, 20, CompressMark | FoldMark),
        14 => new(0, 0, 2, 0, CompressMark | FoldMark),
        15 => new(2, 0, 1, 0, CompressMark | FoldMark),
        17 => new(0, 0, 2, 0, FoldMark),
        18 or 21 or 36 => new(2, 0, 1, 0, FoldMark),
        24 or 46 => new(18, 0, 1, -1, FoldMark),
        26 => new(2, 0, 2, 0, FoldMark),
        30 => new(0, 0, 1, -1, FoldMark),
        33 => new(6, 0, 1, 0, FoldMark),
        35 => new(4, 3, 1, 0, FoldMark),
        39 => new(0, 0, 1, 0, FoldMark),
        47 => new(0, 0, 1, -1),
        64 or 65 => new(2, 0, 1, -1),
        _ => new(0, 0, 0, -1),
    };
}
