using System.Text.Json;
using System.Text.Json.Nodes;
using Detector.Worker.Hosting;

namespace Detector.Worker.Cli.Tune;

/// <summary>The chosen settings as a configuration file: one to be given behind those it was tuned for, or one that stands alone.</summary>
internal static class TunedConfiguration
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    /// <param name="pipeline">Name of the pipeline.</param>
    /// <param name="input">The recording, which is the source where there is no configuration to be given behind; else null.</param>
    public static JsonNode Of(TuneCandidate candidate, TimeSpan period, string pipeline, string? input)
    {
        var settings = new JsonObject
        {
            ["Window"] = new JsonObject { ["Length"] = (candidate.Rows * period).ToString("c"), ["Period"] = period.ToString("c") },
            ["Model"] = new JsonObject
            {
                ["Networks"] = new JsonArray([.. candidate.NetworkNames.Select(name => JsonValue.Create(name))]),
                ["Latent"] = candidate.Latent,
                ["Hidden"] = new JsonArray([.. candidate.HiddenWidths.Select(width => JsonValue.Create(width))]),
                ["Scaler"] = candidate.Scaler,
            },
        };
        var section = new JsonObject();
        if (input is not null)
        {
            section["Sources"] = new JsonObject { ["input"] = new JsonObject { ["Type"] = "file", ["Path"] = input } };
            section["Sinks"] = new JsonObject { ["output"] = new JsonObject { ["Type"] = "stdout" } };
            settings["Sources"] = new JsonArray("input");
            settings["Sinks"] = new JsonArray("output");
        }

        section["Pipelines"] = new JsonObject { [pipeline] = settings };
        return new JsonObject { [DetectorOptions.Section] = section };
    }

    public static string Text(JsonNode configuration) => configuration.ToJsonString(s_json);
}
