// The bounds that keep one client, or one zone, from taking what others need; their table is
// ClientLimitTable.
namespace Resolver.Engine;

/// <content>Fair shares.</content>
public sealed partial record ResolverLimits
{
    /// <summary>
    /// Client queries that wait for a reply, all loops together; once half are taken,
    /// each client has a share.
    /// </summary>
    public int MaxWaitingQueries
    {
        get; init => field = ClientLimitTable.MaxWaitingQueries.Check(value);
    } = ClientLimitTable.MaxWaitingQueries.Default;

    /// <summary>
    /// ms; when all places for waiting queries are taken, one that has waited so long
    /// gives way to a new one.
    /// </summary>
    public int PatienceMilliseconds
    {
        get; init => field = ClientLimitTable.PatienceMilliseconds.Check(value);
    } = ClientLimitTable.PatienceMilliseconds.Default;

    /// <summary>
    /// Resolutions under way at the servers of one zone while these are slow
    /// (random subdomains).
    /// </summary>
    public int MaxResolutionsPerSlowZone
    {
        get; init => field = ClientLimitTable.MaxResolutionsPerSlowZone.Check(value);
    } = ClientLimitTable.MaxResolutionsPerSlowZone.Default;

    /// <summary>
    /// The same while the last resolutions there heard nothing from any server
    /// (RFC 9520 in spirit).
    /// </summary>
    public int MaxResolutionsPerDeadZone
    {
        get; init => field = ClientLimitTable.MaxResolutionsPerDeadZone.Check(value);
    } = ClientLimitTable.MaxResolutionsPerDeadZone.Default;

    /// <summary>ms; a zone is slow when resolutions stay longer with its servers.</summary>
    public int SlowZoneMilliseconds
    {
        get; init => field = ClientLimitTable.SlowZoneMilliseconds.Check(value);
    } = ClientLimitTable.SlowZoneMilliseconds.Default;

    /// <summary>
    /// Datagrams in any 10 ms to one client whose address is not proven, of replies that are
    /// late; more wait (DNSBomb, CVE-2024-33655).
    /// </summary>
    public int MaxLateReplies
    {
        get; init => field = ClientLimitTable.MaxLateReplies.Check(value);
    } = ClientLimitTable.MaxLateReplies.Default;

    /// <summary>
    /// ms; a reply that took longer is late, so that such replies may be let pile up.
    /// </summary>
    public int LateReplyMilliseconds
    {
        get; init => field = ClientLimitTable.LateReplyMilliseconds.Check(value);
    } = ClientLimitTable.LateReplyMilliseconds.Default;
}
