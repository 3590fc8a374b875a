using System.Text.Json.Serialization;

namespace Detector.Worker.Cli.Tune;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(TuneSummary))]
internal sealed partial class TuneJson : JsonSerializerContext;
