using Detector.Worker.Contracts;
using Detector.Worker.Deciding;
using Detector.Worker.Learning;
using Detector.Worker.Scoring;
using Detector.Worker.Windowing;

namespace Detector.Worker.Pipeline;

/// <summary>What can be wrong with <see cref="PipelineOptions"/>.</summary>
internal static class PipelineOptionsCheck
{
    /// <param name="key">Key of the pipeline, which starts every message.</param>
    /// <param name="options">What is checked.</param>
    /// <param name="sources">Names of the sources there are.</param>
    /// <param name="sinks">Names of the sinks there are.</param>
    public static IEnumerable<string> Errors(
        string key, PipelineOptions options, IReadOnlyCollection<string> sources, IReadOnlyCollection<string> sinks)
    {
        IEnumerable<string?> errors =
        [
            options.Sources.Count == 0 ? $"{key}:Sources is empty: name at least one source." : null,
            .. Names($"{key}:Sources", options.Sources, sources, "source"),
            .. Names($"{key}:Sinks", options.Sinks, sinks, "sink"),
            .. Names($"{key}:ScoreSinks", options.ScoreSinks, sinks, "sink"),
            .. Names($"{key}:ThresholdSinks", options.ThresholdSinks, sinks, "sink"),
            options.Series.Length == 0 ? $"{key}:Series is empty, so that no series matches: write * for all." : null,
            Bounds.Of($"{key}:MaxSeries", options.MaxSeries, 1, 10_000_000),
            Bounds.Of($"{key}:MaxFeatures", options.MaxFeatures, 1, 65_536),
            Bounds.Of($"{key}:MaxBatch", options.MaxBatch, 1, 65_536),
            .. WindowOptionsCheck.Errors($"{key}:Window", options.Window),
            .. ModelOptionsCheck.Errors($"{key}:Model", options.Model),
            .. TrainingOptionsCheck.Errors($"{key}:Training", options.Training),
            .. ThresholdOptionsCheck.Errors($"{key}:Threshold", options.Threshold),
            .. AlertOptionsCheck.Errors($"{key}:Alert", options.Alert),
            .. QualityOptionsCheck.Errors($"{key}:Quality", options.Quality),
            options.Window.Length is { } length && options.Training.Warmup > TimeSpan.Zero && options.Training.Warmup <= length
                ? $"{key}:Training:Warmup is {options.Training.Warmup}, not longer than a window of {length}: write a warm-up of many windows, such as {length * 20}."
                : null,
        ];
        return errors.OfType<string>();
    }

    private static IEnumerable<string> Names(string key, IList<string> names, IReadOnlyCollection<string> known, string kind)
    {
        foreach (IGrouping<string, string> name in names.GroupBy(name => name, StringComparer.Ordinal))
        {
            if (name.Count() > 1)
                yield return $"{key} names \"{name.Key}\" more than once: name it once.";
            if (!known.Contains(name.Key))
                yield return $"{key} names the {kind} \"{name.Key}\", which does not exist: {Nearest.Remedy(name.Key, known)}";
        }
    }
}
