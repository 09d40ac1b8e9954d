// A place taken by a waiting query, and the way to give it back.
namespace Resolver;

/// <summary>A client's place among the waiting queries.</summary>
/// <param name="Shares">Where it was taken.</param>
/// <param name="Client">By whom.</param>
internal readonly record struct QueryPlace(QueryShares Shares, ClientKey Client)
{
    /// <summary>Gives it back; once.</summary>
    public void GiveBack() => Shares.GiveBack(Client);
}
