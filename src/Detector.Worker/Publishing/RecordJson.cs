using System.Text.Json.Serialization;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing;

/// <summary>The JSON of what goes out: camel case, enums in lower case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(LowerCaseEnum<AlertState>), typeof(LowerCaseEnum<Severity>)])]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(ScoreRecord))]
[JsonSerializable(typeof(ThresholdRecord))]
internal sealed partial class RecordJson : JsonSerializerContext;
