// The walk as data: the same steps as in the text, every member that applies.
using System.Collections.Immutable;
using System.Linq;
using Resolver.Engine;

namespace Resolver.Server;

/// <summary>A walk.</summary>
internal sealed record WalkModel
{
    /// <summary>The name asked for.</summary>
    public required string Name { get; init; }

    /// <summary>The type asked for.</summary>
    public required string Type { get; init; }

    /// <summary>The rcode.</summary>
    public required string Status { get; init; }

    /// <summary>What validation found.</summary>
    public required string Security { get; init; }

    /// <summary>Code of the extended error.</summary>
    public int? ExtendedErrorCode { get; init; }

    /// <summary>Text of the extended error.</summary>
    public string? ExtendedErrorText { get; init; }

    /// <summary>The records.</summary>
    public required ImmutableArray<RecordModel> Answer { get; init; }

    /// <summary>Records of the authority section.</summary>
    public required ImmutableArray<RecordModel> Authority { get; init; }

    /// <summary>Exchanges with servers.</summary>
    public required int Exchanges { get; init; }

    /// <summary>Milliseconds from asking to the answer.</summary>
    public required double ElapsedMs { get; init; }

    /// <summary>Seconds since the failure that was kept; null for a walk of now.</summary>
    public double? FailedSecondsAgo { get; init; }

    /// <summary>How often the question failed while it was kept; null for a walk of now.</summary>
    public int? TimesFailed { get; init; }

    /// <summary>The steps.</summary>
    public required ImmutableArray<StepModel> Steps { get; init; }

    /// <summary>Count of steps that were not kept.</summary>
    public required int StepsDropped { get; init; }
}

/// <summary>A step of a walk.</summary>
internal sealed record StepModel
{
    /// <summary>Milliseconds since the beginning.</summary>
    public required double AtMs { get; init; }

    /// <summary>The kind.</summary>
    public required TraceKind Kind { get; init; }

    /// <summary>0 for the client's question, 1 for one that it caused.</summary>
    public required int Depth { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The type.</summary>
    public string? Type { get; init; }

    /// <summary>The zone.</summary>
    public string? Zone { get; init; }

    /// <summary>The server's name.</summary>
    public string? ServerName { get; init; }

    /// <summary>The server's address and port.</summary>
    public string? Server { get; init; }

    /// <summary>udp or tcp.</summary>
    public string? Transport { get; init; }

    /// <summary>Round trip or wait.</summary>
    public double? ElapsedMs { get; init; }

    /// <summary>The reply's rcode.</summary>
    public string? Rcode { get; init; }

    /// <summary>The reply's octets.</summary>
    public int? Octets { get; init; }

    /// <summary>What was decided.</summary>
    public string? Verdict { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>Exchanges so far.</summary>
    public int? Exchanges { get; init; }

    /// <summary>Exchanges that the budget still allows.</summary>
    public int? ExchangesLeft { get; init; }

    /// <summary>From a trace event.</summary>
    public static StepModel From(TraceEvent step)
    {
        bool isExchange = step.Kind is TraceKind.Asked or TraceKind.Answered;
        return new StepModel
        {
            AtMs = step.At.TotalMilliseconds,
            Kind = step.Kind,
            Depth = step.Depth,
            Name = step.Name,
            Type = step.Type,
            Zone = step.Zone,
            ServerName = step.ServerName,
            Server = step.Server,
            Transport = step.Transport,
            ElapsedMs = step.Elapsed?.TotalMilliseconds,
            Rcode = step.Rcode,
            Octets = step.Kind == TraceKind.Answered ? step.Octets : null,
            Verdict = step.Verdict,
            Reason = step.Reason,
            Exchanges = isExchange ? step.Exchanges : null,
            ExchangesLeft = isExchange ? step.ExchangesLeft : null,
        };
    }

    /// <summary>From all events.</summary>
    public static ImmutableArray<StepModel> From(Trace trace) => [.. trace.Events.Select(From)];
}
