using System.Text.Json.Serialization;

namespace Detector.Worker.Cli.Simulate;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SimulationOutcome[]))]
internal sealed partial class SimulateJson : JsonSerializerContext;
