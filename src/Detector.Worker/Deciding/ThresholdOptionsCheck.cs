using Detector.Models.Thresholds;
using Detector.Worker.Contracts;

namespace Detector.Worker.Deciding;

/// <summary>What can be wrong with <see cref="ThresholdOptions"/>.</summary>
internal static class ThresholdOptionsCheck
{
    private const string Static = "static";

    private static readonly string[] s_methods = ["spot", "quantile", Static];

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
            Bounds.Of($"{key}:Quantile", options.Quantile, options.Quantile is > 0 and < 1, "a share between 0 and 1, such as 0.999"),
        ];
        return errors.OfType<string>();
    }
}
