// A reply as JSON, for scripts: the same facts as in dig's form, names as in the presentation form.
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using Resolver.Wire;

namespace Resolver.Server;

/// <summary>Prints a reply as JSON.</summary>
internal static class MessageJson
{
    /// <summary>One object, indented, with a line end.</summary>
    public static string Format(MessageContent content, AskedReply reply)
    {
        MessageModel model = new()
        {
            Id = content.Header.Id,
            Opcode = content.Header.Opcode.ToString(),
            Status = content.Rcode.ToString(),
            Flags = content.Flags,
            Edns = content.Opt is { } opt
                ? new EdnsModel(opt.Version, opt.DnssecOk, opt.UdpPayloadSize, content.Options)
                : null,
            Question = [.. content.Questions.Select(static q => QuestionModel.From(q))],
            Answer = Section(content, MessageSection.Answer),
            Authority = Section(content, MessageSection.Authority),
            Additional = Section(content, MessageSection.Additional),
            QueryTimeMs = reply.Elapsed.TotalMilliseconds,
            Server = reply.Server,
            Transport = reply.Transport,
            Size = reply.Message.Length,
            Error = content.Error == WireError.None ? null : content.Error.ToString(),
        };
        return JsonSerializer.Serialize(model, PrintedJson.Default.MessageModel) + "\n";
    }

    private static ImmutableArray<RecordModel> Section(MessageContent content, MessageSection section) =>
    [
        .. content.Records
            .Where(r => r.Section == section)
            .Select(static r => RecordModel.From(r.Record)),
    ];
}

/// <summary>A reply.</summary>
internal sealed record MessageModel
{
    /// <summary>The ID.</summary>
    public required int Id { get; init; }

    /// <summary>The opcode.</summary>
    public required string Opcode { get; init; }

    /// <summary>The rcode.</summary>
    public required string Status { get; init; }

    /// <summary>Flags that are set.</summary>
    public required ImmutableArray<string> Flags { get; init; }

    /// <summary>EDNS.</summary>
    public EdnsModel? Edns { get; init; }

    /// <summary>Questions.</summary>
    public required ImmutableArray<QuestionModel> Question { get; init; }

    /// <summary>Records of the answer section.</summary>
    public required ImmutableArray<RecordModel> Answer { get; init; }

    /// <summary>Records of the authority section.</summary>
    public required ImmutableArray<RecordModel> Authority { get; init; }

    /// <summary>Records of the additional section, OPT left out.</summary>
    public required ImmutableArray<RecordModel> Additional { get; init; }

    /// <summary>Milliseconds from asking to the reply.</summary>
    public required double QueryTimeMs { get; init; }

    /// <summary>The server asked; null: resolved from the roots.</summary>
    public string? Server { get; init; }

    /// <summary>UDP or TCP.</summary>
    public string? Transport { get; init; }

    /// <summary>Octets of the reply.</summary>
    public required int Size { get; init; }

    /// <summary>Why the message could not be read to its end.</summary>
    public string? Error { get; init; }
}

/// <summary>EDNS of a reply.</summary>
internal sealed record EdnsModel(
    int Version, bool DnssecOk, int UdpPayloadSize, ImmutableArray<string> Options);

/// <summary>A question.</summary>
internal sealed record QuestionModel(string Name, string Class, string Type)
{
    /// <summary>From a value.</summary>
    public static QuestionModel From(MessageQuestion question) =>
        new(question.Name.ToString(), question.Class.ToString(), question.Type.ToString());
}

/// <summary>A record.</summary>
internal sealed record RecordModel(string Name, uint Ttl, string Class, string Type)
{
    /// <summary>The RDATA in presentation form.</summary>
    public required string Data { get; init; }

    /// <summary>From a value.</summary>
    public static RecordModel From(ResourceRecord record) =>
        new(record.Name.ToString(), record.Ttl, record.Class.ToString(), record.Type.ToString())
        {
            Data = RdataText.Format(record.Type, record.Data.Span),
        };
}
