using System.Text.Json.Serialization;

namespace Detector.Worker.Publishing.Alertmanager;

/// <summary>The JSON of Alertmanager's API v2.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTime)])]
[JsonSerializable(typeof(IReadOnlyList<PostableAlert>))]
internal sealed partial class AlertmanagerJson : JsonSerializerContext;
