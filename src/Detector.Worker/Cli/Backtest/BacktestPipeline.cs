using Detector.Worker.Hosting.Configuration;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Cli.Backtest;

/// <summary>The pipeline that a backtest runs: one of a configuration, or the default one.</summary>
internal static class BacktestPipeline
{
    private const string DefaultName = "backtest";

    /// <param name="environment">The environment variables.</param>
    /// <param name="errors">Every mistake in the configuration, a sentence each.</param>
    public static bool TryFind(
        BacktestArguments arguments,
        IReadOnlyDictionary<string, string> environment,
        out string name,
        out PipelineOptions options,
        out IReadOnlyList<string> errors)
    {
        bool configured = arguments.Configurations.Count > 0;
        LoadedConfiguration loaded = configured
            ? ConfigurationLoader.Load(arguments.Configurations, [.. Overrides(arguments.Pipeline, arguments)], environment)
            : ConfigurationLoader.Load([], [.. Around(arguments.Input), .. Overrides(DefaultName, arguments)], new Dictionary<string, string>());
        errors = loaded.Errors;
        name = arguments.Pipeline ?? (loaded.Options.Pipelines.Count == 1 ? loaded.Options.Pipelines.Keys.Single() : "");
        options = loaded.Options.Pipelines.TryGetValue(name, out PipelineOptions? found) ? found : new PipelineOptions();
        if (errors.Count == 0 && found is null)
        {
            string known = string.Join(", ", loaded.Options.Pipelines.Keys);
            errors = [name.Length == 0 ? $"Say with --pipeline which of {known} to run." : $"There is no pipeline '{name}'; the configuration has {known}."];
        }

        return errors.Count == 0;
    }

    private static IEnumerable<string> Overrides(string? pipeline, BacktestArguments arguments) =>
        arguments.Overrides.Select(text => $"Pipelines:{pipeline}:{text}");

    /// <summary>The least configuration around a pipeline of defaults.</summary>
    private static IEnumerable<string> Around(string input) =>
    [
        "Sources:input:Type=file",
        $"Sources:input:Path={input}",
        "Sinks:output:Type=stdout",
        $"Pipelines:{DefaultName}:Sources:0=input",
        $"Pipelines:{DefaultName}:Sinks:0=output",
    ];
}
