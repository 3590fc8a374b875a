using Detector.Worker.Hosting.Configuration;
using Detector.Worker.Pipeline;

namespace Detector.Benchmarks.Accuracy;

/// <summary>A pipeline of defaults, but for what the command line overrides.</summary>
internal static class DefaultPipeline
{
    private const string Name = "benchmark";

    /// <param name="overrides">Values of the pipeline, KEY=VALUE.</param>
    /// <param name="errors">Every mistake in them, a sentence each.</param>
    public static bool TryCreate(IEnumerable<string> overrides, out PipelineOptions options, out IReadOnlyList<string> errors)
    {
        string[] around =
        [
            "Sources:input:Type=file", "Sources:input:Path=-", "Sinks:output:Type=stdout",
            $"Pipelines:{Name}:Sources:0=input", $"Pipelines:{Name}:Sinks:0=output",
        ];
        LoadedConfiguration loaded = ConfigurationLoader.Load(
            [], [.. around, .. overrides.Select(text => $"Pipelines:{Name}:{text}")], new Dictionary<string, string>());
        errors = loaded.Errors;
        options = loaded.Options.Pipelines.TryGetValue(Name, out PipelineOptions? found) ? found : new PipelineOptions();
        return errors.Count == 0;
    }
}
