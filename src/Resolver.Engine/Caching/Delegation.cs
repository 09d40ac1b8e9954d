// A zone cut as its parent describes it: the only thing that steers iteration downwards. There is one for
// each zone known, so its servers lie in one array of octets (DelegationDraft has the form) and are read in
// place. Immutable but for its tally.
using System;
using System.Threading;
using Resolver.Wire;

namespace Resolver.Engine;

/// <summary>
/// The servers of a zone, learned from its parent (or from hints and priming, for the root).
/// </summary>
internal sealed class Delegation : CacheEntry
{
    // Estimates: the heads of the arrays of the zone and of its servers, and the tally.
    private const int ContentCost = 112;

    private readonly byte[] _servers;
    private ZoneTally? _tally;

    /// <summary>A delegation that ends at <paramref name="expiresAt"/>, a timestamp.</summary>
    public Delegation(DomainName zone, ReadOnlySpan<byte> servers, long expiresAt)
        : base(0, expiresAt)
    {
        Zone = zone;
        _servers = servers.ToArray();
    }

    // The same in a store, with the end that holds there.
    internal Delegation(Delegation said, ZoneTally tally, long now, long expiresAt)
        : base(now, expiresAt)
    {
        Zone = said.Zone;
        Configured = said.Configured;
        _servers = said._servers;
        _tally = tally;
    }

    /// <summary>The zone's apex.</summary>
    public DomainName Zone { get; }

    /// <summary>Its servers, in the order of the referral.</summary>
    public ServerEnumerator Servers => new(_servers);

    /// <summary>
    /// The forward or stub zone that it stands for, whose servers it then has none of; null for one learned.
    /// </summary>
    public ConfiguredZone? Configured { get; init; }

    /// <summary>
    /// How its servers treat those who ask: one tally for all who learned of the zone since it is known.
    /// </summary>
    public ZoneTally Tally
    {
        get => LazyInitializer.EnsureInitialized(ref _tally, static () => new ZoneTally());
        init => _tally = value;
    }

    /// <summary>True when a server can be asked without looking up its address first.</summary>
    public bool HasAddress
    {
        get
        {
            foreach (DelegatedServer server in Servers)
            {
                if (server.Glue.Count > 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    internal override int ContentSize => ContentCost + Zone.Wire.Length + _servers.Length;

    // What comes here comes from the parent, so the newest word counts.
    internal override bool YieldsTo(CacheEntry candidate, long now) => true;

    // Answers are not made of delegations.
    internal override bool SaysTheSameAs(CacheEntry successor) => true;

    /// <summary>Reads one server after the other.</summary>
    public ref struct ServerEnumerator(byte[] octets)
    {
        private int _next;

        /// <summary>The server at hand.</summary>
        public DelegatedServer Current { get; private set; }

        /// <summary>Itself.</summary>
        public readonly ServerEnumerator GetEnumerator() => this;

        /// <summary>Goes to the next; false behind the last.</summary>
        public bool MoveNext()
        {
            if (_next == octets.Length)
            {
                return false;
            }

            ServerName name = ServerName.ReadAt(octets, _next);
            int at = _next + name.Wire.Length;
            GlueAddresses glue = GlueAddresses.ReadAt(octets.AsSpan(at), out int length);
            Current = new DelegatedServer(name, glue);
            _next = at + length;
            return true;
        }
    }
}

/// <summary>A name server of a delegation.</summary>
/// <param name="name">Its name.</param>
/// <param name="glue">
/// Addresses that came with the referral; good for this delegation alone, never for an answer.
/// </param>
internal readonly ref struct DelegatedServer(ServerName name, GlueAddresses glue)
{
    /// <summary>Its name.</summary>
    public ServerName Name { get; } = name;

    /// <summary>Addresses that came with the referral.</summary>
    public GlueAddresses Glue { get; } = glue;
}
