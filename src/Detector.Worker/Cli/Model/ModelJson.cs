using System.Text.Json.Serialization;

namespace Detector.Worker.Cli.Model;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ModelListing[]))]
[JsonSerializable(typeof(ModelVerdict[]))]
[JsonSerializable(typeof(ModelInspection))]
[JsonSerializable(typeof(ModelRollback))]
internal sealed partial class ModelJson : JsonSerializerContext;
