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
            Bounds.Of($"{key}:Hysteresis", options.Hysteresis, options.Hysteresis is >= 0 and <= 0.9, "a share from 0 to 0.9, such as 0.1"),
            Bounds.Of($"{key}:RepeatInterval", options.RepeatInterval, TimeSpan.Zero, TimeSpan.FromDays(30)),
            Bounds.Of($"{key}:WarningFactor", options.WarningFactor, options.WarningFactor >= 1, "a factor of at least 1, such as 10"),
            options.CriticalFactor >= 1 && options.WarningFactor > options.CriticalFactor
                ? FormattableString.Invariant($"{key}:WarningFactor is {options.WarningFactor}, more than CriticalFactor, {options.CriticalFactor}: write a smaller one.")
                : null,
            Bounds.Of($"{key}:GroupWindow", options.GroupWindow, TimeSpan.Zero, TimeSpan.FromHours(1)),
            Bounds.Of($"{key}:Similarity", options.Similarity, options.Similarity is >= 0.5 and <= 1, "a cosine from 0.5 to 1, such as 0.7"),
            .. options.Features.SelectMany(feature => Guard($"{key}:Features:{feature.Key}", feature.Value)),
            Bounds.Of($"{key}:CriticalFactor", options.CriticalFactor, options.CriticalFactor >= 1, "a factor of at least 1, such as 100"),
            Bounds.Of($"{key}:MaxFeatures", options.MaxFeatures, 1, 1000),
        ];
        return errors.OfType<string>();
    }

    private static IEnumerable<string?> Guard(string key, FeatureGuardOptions guard)
    {
        yield return Bounds.Of($"{key}:MinDeviation", guard.MinDeviation, guard.MinDeviation >= 0, "a deviation of at least 0 in the sensor's units");
        yield return Bounds.Of($"{key}:MinRelativeDeviation", guard.MinRelativeDeviation, guard.MinRelativeDeviation >= 0, "a share of at least 0, such as 0.05");
        if (guard.Min > guard.Max)
            yield return FormattableString.Invariant($"{key}:Min is {guard.Min}, above Max, {guard.Max}: write the lower limit under Min.");
    }
}
