// Resource record types by number, open-ended: any 16-bit value is a type (RFC 3597).
// Registry: IANA "Resource Record (RR) TYPEs"; RFC 6895 §3.1.
using System;

namespace Resolver.Wire;

/// <summary>A resource record type (RFC 1035 §3.2.2, RFC 6895 §3.1).</summary>
/// <param name="Value">The number, 0 to 65535.</param>
public readonly record struct RRType(ushort Value)
{
    /// <summary>IPv4 host address (RFC 1035 §3.4.1).</summary>
    public static RRType A => new(1);

    /// <summary>Authoritative name server (RFC 1035 §3.3.11).</summary>
    public static RRType NS => new(2);

    /// <summary>Canonical name of an alias (RFC 1035 §3.3.1).</summary>
    public static RRType Cname => new(5);

    /// <summary>Start of a zone of authority (RFC 1035 §3.3.13).</summary>
    public static RRType Soa => new(6);

    /// <summary>Well-known services, obsolete (RFC 1035 §3.4.2).</summary>
    public static RRType Wks => new(11);

    /// <summary>Domain name pointer (RFC 1035 §3.3.12).</summary>
    public static RRType Ptr => new(12);

    /// <summary>Host information; also the minimal answer to ANY (RFC 1035 §3.3.2, RFC 8482).</summary>
    public static RRType Hinfo => new(13);

    /// <summary>Mail exchange (RFC 1035 §3.3.9).</summary>
    public static RRType MX => new(15);

    /// <summary>Text strings (RFC 1035 §3.3.14).</summary>
    public static RRType Txt => new(16);

    /// <summary>Responsible person (RFC 1183 §2.2).</summary>
    public static RRType RP => new(17);

    /// <summary>AFS database location (RFC 1183 §1).</summary>
    public static RRType Afsdb => new(18);

    /// <summary>Signature of the first DNSSEC and of SIG(0) (RFC 2535, RFC 2931).</summary>
    public static RRType Sig => new(24);

    /// <summary>Key of the first DNSSEC (RFC 2535).</summary>
    public static RRType Key => new(25);

    /// <summary>IPv6 host address (RFC 3596 §2.1).</summary>
    public static RRType Aaaa => new(28);

    /// <summary>Location (RFC 1876).</summary>
    public static RRType Loc => new(29);

    /// <summary>Server selection (RFC 2782).</summary>
    public static RRType Srv => new(33);

    /// <summary>Naming authority pointer (RFC 3403 §4).</summary>
    public static RRType Naptr => new(35);

    /// <summary>Certificate (RFC 4398).</summary>
    public static RRType Cert => new(37);

    /// <summary>Redirection of a subtree (RFC 6672).</summary>
    public static RRType Dname => new(39);

    /// <summary>The EDNS(0) pseudo-record (RFC 6891 §6.1).</summary>
    public static RRType Opt => new(41);

    /// <summary>Delegation signer (RFC 4034 §5).</summary>
    public static RRType DS => new(43);

    /// <summary>SSH key fingerprint (RFC 4255 §3.1).</summary>
    public static RRType Sshfp => new(44);

    /// <summary>Signature over an RRset (RFC 4034 §3).</summary>
    public static RRType Rrsig => new(46);

    /// <summary>Next name in a zone (RFC 4034 §4).</summary>
    public static RRType Nsec => new(47);

    /// <summary>Key of a zone (RFC 4034 §2).</summary>
    public static RRType Dnskey => new(48);

    /// <summary>Next hashed name in a zone (RFC 5155 §3).</summary>
    public static RRType Nsec3 => new(50);

    /// <summary>Parameters of NSEC3 (RFC 5155 §4).</summary>
    public static RRType Nsec3Param => new(51);

    /// <summary>Certificate association of a TLS server (RFC 6698 §2).</summary>
    public static RRType Tlsa => new(52);

    /// <summary>Certificate association for mail (RFC 8162 §2).</summary>
    public static RRType Smimea => new(53);

    /// <summary>Child's wish for its DS (RFC 7344 §3.1).</summary>
    public static RRType Cds => new(59);

    /// <summary>Child's wish for its DS, as a key (RFC 7344 §3.2).</summary>
    public static RRType Cdnskey => new(60);

    /// <summary>OpenPGP key (RFC 7929 §2).</summary>
    public static RRType OpenPgpKey => new(61);

    /// <summary>Child-to-parent synchronisation (RFC 7477 §2).</summary>
    public static RRType Csync => new(62);

    /// <summary>Digest over a zone (RFC 8976 §2).</summary>
    public static RRType ZoneMD => new(63);

    /// <summary>General service binding (RFC 9460 §2).</summary>
    public static RRType Svcb => new(64);

    /// <summary>Service binding for HTTPS (RFC 9460 §9).</summary>
    public static RRType Https => new(65);

    /// <summary>Transaction key, a meta-type (RFC 2930).</summary>
    public static RRType Tkey => new(249);

    /// <summary>Transaction signature, a meta-type (RFC 8945).</summary>
    public static RRType Tsig => new(250);

    /// <summary>Incremental zone transfer (RFC 1995).</summary>
    public static RRType Ixfr => new(251);

    /// <summary>Zone transfer (RFC 5936).</summary>
    public static RRType Axfr => new(252);

    /// <summary>Any type, asked for only (RFC 1035 §3.2.3, RFC 8482).</summary>
    public static RRType Any => new(255);

    /// <summary>Uniform resource identifier (RFC 7553 §4).</summary>
    public static RRType Uri => new(256);

    /// <summary>Certification authority authorisation (RFC 8659 §4).</summary>
    public static RRType Caa => new(257);

    /// <summary>
    /// True for types that exist in messages only and never as data: OPT and the range 128 to 255 (RFC 6895
    /// §3.1).
    /// </summary>
    public bool IsMeta => Value is (>= 128 and <= 255) or 41 or 0;

    /// <summary>The mnemonic, or TYPE123 (RFC 3597 §5).</summary>
    public override string ToString() => RRTypeNames.Format(this);

    /// <summary>Reads a mnemonic or TYPE123, case ignored.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RRType type) =>
        RRTypeNames.TryParse(text, out type);

    /// <summary>Reads a mnemonic or TYPE123, case ignored.</summary>
    /// <exception cref="FormatException">Neither a known mnemonic nor TYPE and a number.</exception>
    public static RRType Parse(string text) => TryParse(text, out RRType type)
        ? type
        : throw new FormatException($"'{text}' is no resource record type");
}
