using System.Text.Json.Serialization;
using Detector.Worker.Contracts;
using Detector.Worker.Publishing;

namespace Detector.Worker.Pipeline.Alerts;

/// <summary>The JSON of the alert book: alerts as they are published, with their patterns beside them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(LowerCaseEnum<AlertState>), typeof(LowerCaseEnum<Severity>), typeof(LowerCaseEnum<AlertKind>), typeof(LowerCaseEnum<QualityReason>), typeof(LowerCaseEnum<DriftReason>),
        typeof(FiniteNumber), typeof(UtcTime),
    ])]
[JsonSerializable(typeof(AlertEntry))]
internal sealed partial class AlertBookJson : JsonSerializerContext;
