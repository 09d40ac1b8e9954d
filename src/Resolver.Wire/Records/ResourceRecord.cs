// A resource record as a value, and the choice of the class for its type. RFC 1035 §3.2.1. The subclasses
// read their values from Data, which has been checked here once.
using System;

namespace Resolver.Wire;

/// <summary>A resource record. Its values are read from <see cref="Data"/> when asked for.</summary>
public abstract class ResourceRecord
{
    private protected ResourceRecord(in RecordFields fields)
    {
        Name = fields.Name;
        Type = fields.Type;
        Class = fields.Class;
        Ttl = fields.Ttl;
        Data = fields.Data;
    }

    /// <summary>The owner.</summary>
    public DomainName Name { get; }

    /// <summary>The type.</summary>
    public RRType Type { get; }

    /// <summary>The class.</summary>
    public RRClass Class { get; }

    /// <summary>Seconds to live.</summary>
    public uint Ttl { get; }

    /// <summary>The RDATA in wire form, names in it uncompressed.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Makes a record of the class that its type has.</summary>
    /// <exception cref="ArgumentException">The RDATA is not of the form of the type.</exception>
    public static ResourceRecord Create(in RecordFields fields) =>
        TryCreate(fields, out ResourceRecord? record)
        ? record!
        : throw new ArgumentException($"The octets are no RDATA of {fields.Type}", nameof(fields));

    /// <summary>
    /// Makes a record of the class that its type has; false when the RDATA is not of the type's form.
    /// </summary>
    public static bool TryCreate(in RecordFields fields, out ResourceRecord? record)
    {
        record = RdataForm.IsValid(fields.Type, fields.Data.Span) ? OfType(fields) : null;
        return record is not null;
    }

    /// <summary>The record as a line of a zone file, as dig prints it.</summary>
    public override string ToString() =>
        RecordText.Format(new RecordHeader(Name.Wire, Type, Class, Ttl), Data.Span);

    // Where a field of the type's schema begins; what is read there is checked already.
    private protected RdataReader FieldAt(int index) => new(Data.Span[StartOf(index)..]);

    private protected ReadOnlyMemory<byte> RestAt(int index) => Data[StartOf(index)..];

    private protected ReadOnlyMemory<byte> CountedAt(int index)
    {
        int start = StartOf(index);
        return Data.Slice(start + 1, Data.Span[start]);
    }

    private int StartOf(int index)
    {
        int at = 0;
        foreach (RdataField field in RdataSchema.Of(Type)[..index])
        {
            at += RdataForm.Measure(field, Data.Span[at..]);
        }

        return at;
    }

    private static ResourceRecord OfType(in RecordFields fields) => fields.Type.Value switch
    {
        1 => new ARecord(fields),
        2 => new NSRecord(fields),
        5 => new CnameRecord(fields),
        6 => new SoaRecord(fields),
        12 => new PtrRecord(fields),
        13 => new HinfoRecord(fields),
        15 => new MXRecord(fields),
        16 => new TxtRecord(fields),
        17 => new RPRecord(fields),
        28 => new AaaaRecord(fields),
        29 => new LocRecord(fields),
        33 => new SrvRecord(fields),
        35 => new NaptrRecord(fields),
        37 => new CertRecord(fields),
        39 => new DnameRecord(fields),
        43 => new DSRecord(fields),
        44 => new SshfpRecord(fields),
        46 => new RrsigRecord(fields),
        47 => new NsecRecord(fields),
        48 => new DnskeyRecord(fields),
        50 => new Nsec3Record(fields),
        51 => new Nsec3ParamRecord(fields),
        52 => new TlsaRecord(fields),
        53 => new SmimeaRecord(fields),
        59 => new CdsRecord(fields),
        60 => new CdnskeyRecord(fields),
        61 => new OpenPgpKeyRecord(fields),
        62 => new CsyncRecord(fields),
        63 => new ZoneMDRecord(fields),
        64 => new SvcbRecord(fields),
        65 => new HttpsRecord(fields),
        256 => new UriRecord(fields),
        257 => new CaaRecord(fields),
        _ => new UnknownRecord(fields),
    };
}
