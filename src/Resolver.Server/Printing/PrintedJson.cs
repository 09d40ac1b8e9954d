// How models become JSON: made when the program is built, because nothing may be looked up at run time
// (Native AOT).
using System.Text.Json.Serialization;

namespace Resolver.Server;

/// <summary>The serializer of everything that is printed as JSON.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MessageModel))]
[JsonSerializable(typeof(StatusModel))]
[JsonSerializable(typeof(WalkModel))]
internal sealed partial class PrintedJson : JsonSerializerContext;
