using Detector.Models.Thresholds;
using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>What can be wrong with <see cref="ThresholdOptions"/>.</summary>
internal static class ThresholdOptionsCheck
{
    private const string Static = "static";

    private static readonly string[] s_methods = [.. ThresholdFactory.Names];

    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(1), s_most = TimeSpan.FromDays(365);

    /// <param name="key">Key of the section, which starts every message.</param>
    /// <param name="options">What is checked.</param>
    public static IEnumerable<string> Errors(string key, ThresholdOptions options)
    {
        IEnumerable<string?> errors =
        [
            Bounds.Known($"{key}:Method", options.Method, s_methods),
            options is { Method: Static, Value: null } ? $"{key}:Value is missing, but the method is {Static}: write the score above which a sample is anomalous." : null,
            options is { Method: not Static, Value: { } value }
                ? FormattableString.Invariant($"{key}:Value is {value}, which the method {options.Method} does not use: remove it, or write {Static} as the method.")
                : null,
            FalseAlarmRate.TryParse(options.FalseAlarms, out _, out string? wrong) ? null : $"{key}:FalseAlarms is wrong: {wrong}",
            Bounds.Of($"{key}:Factor", options.Factor ?? 1, options.Factor is null or > 0, "a positive number of spreads, such as 4"),
            Bounds.Of($"{key}:DriftMemory", options.DriftMemory, s_least, s_most),
            Bounds.Of($"{key}:NewNormal", options.NewNormal, s_least, s_most),
            Bounds.Of($"{key}:Release", options.Release, options.Release is >= 0 and < 1, "a share from 0 to below 1, such as 0.5"),
            Bounds.Of($"{key}:Quantile", options.Quantile, options.Quantile is > 0 and < 1, "a share between 0 and 1, such as 0.999"),
        ];
        return errors.OfType<string>();
    }
}
