// Clients of a run: which question comes next, and how it is put.
using System.Linq;
using Resolver.Engine;
using Resolver.Testing;
using Resolver.Testing.Tests;

namespace Resolver.Simulation;

/// <summary>Draws queries.</summary>
internal sealed class Crowd(
    SeededRandom random, InternetPlan plan, AdversaryPlan adversaries, VirtualClientLoop[] loops)
{
    /// <summary>
    /// A question: some names are asked for much more often than others, and those of adversaries now and
    /// then.
    /// </summary>
    public PlannedQuestion DrawQuestion()
    {
        if (adversaries.Ghost is { } ghost && random.Chance(0.4))
        {
            return ghost.NextQuestion();
        }

        if (adversaries.Questions.Count > 0 && random.Chance(0.4))
        {
            return adversaries.Questions[random.NextBelow(adversaries.Questions.Count)];
        }

        int count = plan.Questions.Count;
        int bound = 1 + random.NextBelow(count);
        return plan.Questions[(random.NextBelow(bound) * 7) % count];
    }

    /// <summary>A query for it, not sent; with DO when the client wants proof.</summary>
    public ClientQuestion Put(PlannedQuestion question, bool wantsProof)
    {
        bool isDatagram = random.Chance(wantsProof ? 0.3 : 0.7);
        Query query = new(Recase(question.Name), question.Type)
        {
            Id = (ushort)random.NextBelow(65536),
            IsRecursive = true,
            PayloadSize = random.NextBelow(3) switch { 0 when !wantsProof => 0, 1 => 512, _ => (ushort)1232 },
            DnssecOk = random.Chance(0.3) || wantsProof,
            CheckingDisabled = random.Chance(0.1),
        };
        query = query with { DnssecOk = query.DnssecOk && query.PayloadSize > 0 };
        ClientTransport transport = isDatagram ? ClientTransport.Udp : ClientTransport.Tcp;
        return new ClientQuestion(question, query, transport, loops[random.NextBelow(loops.Length)]);
    }

    private string Recase(string name) => !random.Chance(0.3) ? name : string.Concat(
        name.Select(c => random.Chance(0.5) ? char.ToUpperInvariant(c) : c));
}
