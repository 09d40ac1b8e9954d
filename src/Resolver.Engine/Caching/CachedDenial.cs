// The proof, or the word, that something does not exist (RFC 2308).
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>What does not exist.</summary>
internal enum DenialKind : byte
{
    /// <summary>The name itself, for every type (NXDOMAIN).</summary>
    NameError,

    /// <summary>Records of one type at an existing name (NODATA).</summary>
    NoData,
}

/// <summary>What the absence of a DS means for its name.</summary>
internal enum CutKind : byte
{
    /// <summary>Not judged, or not the absence of a DS.</summary>
    Unknown,

    /// <summary>The name is no zone's apex: data at it is of the zone above.</summary>
    None,

    /// <summary>An unsigned zone begins at the name, or may begin there (opt-out).</summary>
    Insecure,
}

/// <summary>A cached denial. Immutable to readers.</summary>
internal sealed class CachedDenial : CacheEntry
{
    // As octets: each set behind its length; kind and cut share one.
    private const int KindMask = 0xF;
    private const int CutShift = 4;

    private readonly RRset[] _proofs;
    private readonly CacheTimes _times;
    private CachedDenial? _judged;

    internal CachedDenial(DenialKind kind, in DenialEvidence evidence, in Lifetime lifetime)
        : base(lifetime.StoredAt, lifetime.ExpiresAt)
    {
        Kind = kind;
        Soa = evidence.Soa;
        Security = evidence.Security;
        Ttl = lifetime.Ttl;
        IsOfReferral = evidence.IsOfReferral;
        _proofs = evidence.Proofs ?? [];
        _times = lifetime.Times;
    }

    // The same denial after validation, with those of its proofs that held.
    internal CachedDenial(CachedDenial judged, in Judgement judgement, CutKind cut)
        : base(judged.StoredAt, judgement.EndOf(judged, judged.Ttl))
    {
        Kind = judged.Kind;
        Soa = judged.Soa;
        Security = judgement.Security;
        Ttl = Math.Min(judged.Ttl, judgement.MaxTtl);
        IsOfReferral = judged.IsOfReferral;
        Note = judgement.Attestation?.Note;
        Cut = cut;
        _proofs = judgement.Attestation?.Proofs ?? judged._proofs;
        _times = judged._times;
        _judged = judged;
    }

    // A newcomer, made of what WriteBody wrote.
    internal CachedDenial(in PlainHeader header, ReadOnlySpan<byte> body, CacheTimes times)
        : base(header.StoredAt, header.ExpiresAt)
    {
        Kind = (DenialKind)(header.Detail & KindMask);
        Cut = (CutKind)(header.Detail >> CutShift);
        IsOfReferral = header.Kind == EntryKind.Cut;
        Security = header.Security;
        Ttl = header.Ttl;
        Soa = ReadSet(ref body);
        List<RRset> proofs = [];
        while (!body.IsEmpty)
        {
            proofs.Add(ReadSet(ref body));
        }

        _proofs = [.. proofs];
        _times = times;
    }

    /// <summary>What does not exist.</summary>
    public DenialKind Kind { get; }

    /// <summary>The SOA that came with it; may be empty, and then it lives for a moment only.</summary>
    public RRset Soa { get; }

    /// <summary>NSEC or NSEC3 sets with their signatures; empty when the zone is unsigned.</summary>
    public ReadOnlySpan<RRset> Proofs => _proofs;

    /// <summary>What validation found.</summary>
    public SecurityStatus Security { get; }

    /// <summary>What clients are told beside it; null for nothing.</summary>
    public ExtendedError? Note { get; }

    /// <summary>Of a DS that does not exist: whether there is a zone cut.</summary>
    public CutKind Cut { get; }

    /// <summary>
    /// True when it stood beside a referral: it serves the chain of trust, and has no SOA to show to clients.
    /// </summary>
    public bool IsOfReferral { get; }

    /// <summary>Seconds to live when stored.</summary>
    public uint Ttl { get; }

    /// <summary>Seconds left to live: what a reply shows, on the SOA too (RFC 2308 §5).</summary>
    public uint RemainingTtl(long now) => SecondsLeft(Ttl, now);

    internal override int ContentSize
    {
        get
        {
            int size = Soa.Size + (_proofs.Length * IntPtr.Size);
            foreach (RRset proof in _proofs)
            {
                size += proof.Size;
            }

            return size;
        }
    }

    internal override long UsefulAfterEnd => _times.StaleAge(Ttl);

    internal override bool YieldsTo(CacheEntry candidate, long now) =>
        IsExpired(now) || (candidate is CachedDenial other
            && (IsSameAs(other._judged) || DataPrecedence.MayContradict(other.Security, Security)));

    internal override bool YieldsToContradiction(SecurityStatus security) =>
        DataPrecedence.MayContradict(security, Security);

    internal override bool SaysTheSameAs(CacheEntry successor) => false;

    internal override CacheEntry? Judged => _judged;

    internal override bool TryDescribe(out PlainHeader header)
    {
        int length = sizeof(ushort) + Soa.Size;
        foreach (RRset proof in _proofs)
        {
            length += sizeof(ushort) + proof.Size;
        }

        header = new PlainHeader
        {
            StoredAt = StoredAt,
            ExpiresAt = ExpiresAt,
            Ttl = Ttl,
            Security = Security,
            Detail = (byte)((int)Kind | ((int)Cut << CutShift)),
            BodyLength = (ushort)length,
        };
        return Note is null && length <= PlainEntry.MaxBody;
    }

    internal override void WriteBody(Span<byte> body)
    {
        WriteSet(Soa, ref body);
        foreach (RRset proof in _proofs)
        {
            WriteSet(proof, ref body);
        }
    }

    /// <summary>Once in the store: or each entry would hold its predecessor.</summary>
    internal void ForgetJudged() => _judged = null;

    private static void WriteSet(RRset set, ref Span<byte> body)
    {
        BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)set.Size);
        set.Octets.CopyTo(body[sizeof(ushort)..]);
        body = body[(sizeof(ushort) + set.Size)..];
    }

    private static RRset ReadSet(ref ReadOnlySpan<byte> body)
    {
        int length = BinaryPrimitives.ReadUInt16BigEndian(body);
        ReadOnlySpan<byte> set = body.Slice(sizeof(ushort), length);
        body = body[(sizeof(ushort) + length)..];
        return set.IsEmpty ? default : RRset.FromOctets(set.ToArray());
    }
}

/// <summary>What a denial rests on.</summary>
/// <param name="Soa">The SOA of the authority section; empty when there was none.</param>
/// <param name="Proofs">NSEC or NSEC3 sets; null or empty when there were none.</param>
/// <param name="Security">What validation found.</param>
internal readonly record struct DenialEvidence(RRset Soa, RRset[]? Proofs, SecurityStatus Security)
{
    /// <summary>True when the proofs came beside a referral.</summary>
    public bool IsOfReferral { get; init; }
}
