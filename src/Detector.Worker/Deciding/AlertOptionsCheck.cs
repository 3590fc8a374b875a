using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>What can be wrong with <see cref="AlertOptions"/>.</summary>
internal static class AlertOptionsCheck
{
    /// <param name="key">Key of the section, which starts every message.</param>
    /// <param name="options">What is checked.</param>
    public static IEnumerable<string> Errors(string key, AlertOptions options)
    {
        IEnumerable<string?> errors =
        [
            Bounds.Of($"{key}:MergeGap", options.MergeGap, TimeSpan.Zero, TimeSpan.FromDays(7)),
            Bounds.Of($"{key}:MinDuration", options.MinDuration, TimeSpan.Zero, TimeSpan.FromDays(1)),
            Bounds.Of($"{key}:UpdateInterval", options.UpdateInterval, TimeSpan.Zero, TimeSpan.FromDays(1)),
            Bounds.Of($"{key}:CriticalFactor", options.CriticalFactor, options.CriticalFactor >= 1, "a factor of at least 1, such as 100"),
            Bounds.Of($"{key}:MaxFeatures", options.MaxFeatures, 1, 1000),
        ];
        return errors.OfType<string>();
    }
}
