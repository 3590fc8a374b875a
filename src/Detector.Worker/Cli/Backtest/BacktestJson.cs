using System.Text.Json.Serialization;

namespace Detector.Worker.Cli.Backtest;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(BacktestSummary))]
internal sealed partial class BacktestJson : JsonSerializerContext;
