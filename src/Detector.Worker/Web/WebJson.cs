using System.Text.Json.Serialization;

namespace Detector.Worker.Web;

/// <summary>The JSON of the API: camel case; the default encoder escapes what could be markup.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class WebJson : JsonSerializerContext;
