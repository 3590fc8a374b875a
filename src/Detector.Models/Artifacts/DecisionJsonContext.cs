using System.Text.Json.Serialization;

namespace Detector.Models.Artifacts;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelDecision))]
internal sealed partial class DecisionJsonContext : JsonSerializerContext;
