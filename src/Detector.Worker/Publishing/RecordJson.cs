using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing;

/// <summary>The JSON of what goes out: camel case, enums in lower case, times in UTC, and no number that JSON does not have.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(LowerCaseEnum<AlertState>), typeof(LowerCaseEnum<Severity>), typeof(LowerCaseEnum<AlertKind>), typeof(LowerCaseEnum<QualityReason>), typeof(LowerCaseEnum<DriftReason>),
        typeof(LowerCaseEnum<FeedbackVerdict>),
        typeof(FiniteNumber), typeof(UtcTime),
    ])]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(ScoreRecord))]
[JsonSerializable(typeof(ThresholdRecord))]
[JsonSerializable(typeof(FeedbackMessage))]
[JsonSerializable(typeof(TemplateRecord))]
internal sealed partial class RecordJson : JsonSerializerContext
{
    private static RecordJson? s_plain;

    /// <summary>Writes letters beyond ASCII as they are: the records are UTF-8 and never stand in a web page.</summary>
    public static RecordJson Plain => s_plain ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
