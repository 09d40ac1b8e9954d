// A location: RFC 1876. Its text form is LocationText's matter.
using System;
using System.Buffers.Binary;

namespace Resolver.Wire;

/// <summary>A location on Earth (RFC 1876).</summary>
public sealed class LocRecord : ResourceRecord
{
    internal LocRecord(in RecordFields fields)
        : base(fields)
    {
    }

    /// <summary>Degrees north of the equator.</summary>
    public double Latitude => Angle(4);

    /// <summary>Degrees east of Greenwich.</summary>
    public double Longitude => Angle(8);

    /// <summary>Metres above the WGS 84 ellipsoid.</summary>
    public double Altitude => (BinaryPrimitives.ReadUInt32BigEndian(Data.Span[12..]) / 100.0) - 100_000;

    /// <summary>Diameter of what is located, in metres.</summary>
    public double Size => Metres(1);

    /// <summary>Precision on the ground, in metres.</summary>
    public double HorizontalPrecision => Metres(2);

    /// <summary>Precision in height, in metres.</summary>
    public double VerticalPrecision => Metres(3);

    // Thousandths of a second of arc from 2^31.
    private double Angle(int at) =>
        (BinaryPrimitives.ReadUInt32BigEndian(Data.Span[at..]) - (double)0x80000000) / 3_600_000;

    // A digit and a power of ten, in centimetres.
    private double Metres(int at) => (Data.Span[at] >> 4) * Math.Pow(10, Data.Span[at] & 0xF) / 100;
}
