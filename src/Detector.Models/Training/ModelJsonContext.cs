using System.Text.Json.Serialization;
using Detector.Models.Autoencoders;

namespace Detector.Models.Training;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(MemberSection[]))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonArray))]
[JsonSerializable(typeof(NetworkOptions))]
[JsonSerializable(typeof(ViewSection[]))]
[JsonSerializable(typeof(TrainingReport))]
[JsonSerializable(typeof(TrainingDiagnostics))]
internal sealed partial class ModelJsonContext : JsonSerializerContext;
