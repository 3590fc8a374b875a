using System.Text.Json.Serialization;

namespace Detector.Worker.Publishing.Webhook;

/// <summary>The JSON of the queue's journal.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookLine))]
internal sealed partial class WebhookJson : JsonSerializerContext;
