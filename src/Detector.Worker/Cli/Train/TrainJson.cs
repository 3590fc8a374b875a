using System.Text.Json.Serialization;

namespace Detector.Worker.Cli.Train;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(TrainSummary))]
internal sealed partial class TrainJson : JsonSerializerContext;
