// The hook at which batches leave: replies collected during a turn of the loop are sent together when it
// ends.
namespace Resolver.Transport;

/// <summary>Something to be done once when the current turn of a loop ends.</summary>
internal interface IEndOfTurn
{
    /// <summary>The turn ends; hooks asked for from here run in the next turn.</summary>
    void OnEndOfTurn();
}
