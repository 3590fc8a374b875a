using System.Text.Json.Serialization;
using Detector.Models.Autoencoders;

namespace Detector.Worker.Cli.Model;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ModelListing[]))]
[JsonSerializable(typeof(ModelVerdict[]))]
[JsonSerializable(typeof(ModelInspection))]
[JsonSerializable(typeof(ModelRollback))]
[JsonSerializable(typeof(NetworkOptions))]
internal sealed partial class ModelJson : JsonSerializerContext;
