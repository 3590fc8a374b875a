using System.Text.Json.Serialization;
using Detector.Models.Artifacts;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding.Maintenance;
using Detector.Worker.Publishing;
using Detector.Worker.Web.Api;

namespace Detector.Worker.Web;

/// <summary>The JSON of the API: camel case, enums in lower case; the default encoder escapes what could be markup. What is not known is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    MaxDepth = 16,
    Converters =
    [
        typeof(LowerCaseEnum<AlertState>), typeof(LowerCaseEnum<Severity>), typeof(LowerCaseEnum<AlertKind>), typeof(LowerCaseEnum<QualityReason>), typeof(LowerCaseEnum<DriftReason>),
        typeof(LowerCaseEnum<FeedbackVerdict>), typeof(FiniteNumber), typeof(UtcTime),
    ])]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Overview))]
[JsonSerializable(typeof(OverviewUpdate))]
[JsonSerializable(typeof(SeriesDetail))]
[JsonSerializable(typeof(AlertRow[]))]
[JsonSerializable(typeof(ModelRow[]))]
[JsonSerializable(typeof(ModelDetail))]
[JsonSerializable(typeof(ModelDecision[]))]
[JsonSerializable(typeof(ModelRequest))]
[JsonSerializable(typeof(FeedbackRequest))]
[JsonSerializable(typeof(MaintenanceRequest))]
[JsonSerializable(typeof(MaintenanceWindow[]))]
internal sealed partial class WebJson : JsonSerializerContext;
