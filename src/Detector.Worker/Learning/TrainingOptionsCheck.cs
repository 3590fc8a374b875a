using Detector.Worker.Contracts;

namespace Detector.Worker.Learning;

/// <summary>What can be wrong with <see cref="TrainingOptions"/>.</summary>
internal static class TrainingOptionsCheck
{
    /// <param name="key">Key of the section, which starts every message.</param>
    /// <param name="options">What is checked.</param>
    public static IEnumerable<string> Errors(string key, TrainingOptions options)
    {
        IEnumerable<string?> errors =
        [
            Bounds.Of($"{key}:Warmup", options.Warmup, TimeSpan.FromSeconds(1), TimeSpan.FromDays(90)),
            Bounds.Of($"{key}:MinSamples", options.MinSamples, 10, 10_000_000),
            Bounds.Of($"{key}:ValidationShare", options.ValidationShare, options.ValidationShare is > 0 and <= 0.9, "a share above 0 and up to 0.9, such as 0.25"),
            Bounds.Of($"{key}:MaxSteps", options.MaxSteps, 1, 100_000),
            Bounds.Of($"{key}:BatchSize", options.BatchSize, 1, 65_536),
            Bounds.Of($"{key}:LearningRate", options.LearningRate, options.LearningRate is > 0 and <= 1, "a rate above 0 and up to 1, such as 0.001"),
            Bounds.Of($"{key}:KeepVersions", options.KeepVersions, 1, 1000),
        ];
        return errors.OfType<string>();
    }
}
