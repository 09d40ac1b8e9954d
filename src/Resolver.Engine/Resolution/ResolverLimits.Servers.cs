// The limits on what is remembered and asked of name servers; their rows are in ServerLimitTable.
namespace Resolver.Engine;

/// <content>Name servers.</content>
public sealed partial record ResolverLimits
{
    /// <summary>
    /// Servers asked at once for one question, the others beside late ones, and one more, silent before,
    /// while the address of another is looked up; 1: never another.
    /// </summary>
    public int MaxServersAtOnce
    {
        get; init => field = ServerLimitTable.MaxServersAtOnce.Check(value);
    } = ServerLimitTable.MaxServersAtOnce.Default;

    /// <summary>
    /// Servers remembered with a zone that they do not serve; beyond it a new one takes an old place.
    /// </summary>
    public int MaxLameMarks
    {
        get; init => field = ServerLimitTable.MaxLameMarks.Check(value);
    } = ServerLimitTable.MaxLameMarks.Default;

    /// <summary>
    /// Servers whose cookies are remembered (RFC 7873 §5.3); beyond it a new one takes an old place.
    /// </summary>
    public int MaxServerCookies
    {
        get; init => field = ServerLimitTable.MaxServerCookies.Check(value);
    } = ServerLimitTable.MaxServerCookies.Default;
}
