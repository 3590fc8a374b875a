using System.Text.Json.Serialization;
using Detector.Worker.Contracts;
using Detector.Worker.Deciding.Feedback;
using Detector.Worker.Deciding.Maintenance;

namespace Detector.Worker.Deciding;

/// <summary>The JSON of the journals.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(JsonStringEnumConverter<FeedbackVerdict>)])]
[JsonSerializable(typeof(MaintenanceEntry))]
[JsonSerializable(typeof(FeedbackMark))]
internal sealed partial class DecidingJson : JsonSerializerContext;
