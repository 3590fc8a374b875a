namespace Detector.Worker.Windowing;

/// <summary>What can be wrong with <see cref="QualityOptions"/>.</summary>
internal static class QualityOptionsCheck
{
    /// <param name="key">Key of the section, which starts every message.</param>
    /// <param name="options">What is checked.</param>
    public static IEnumerable<string> Errors(string key, QualityOptions options)
    {
        IEnumerable<string?> errors =
        [
            Duration($"{key}:SilentAfter", options.SilentAfter),
            Duration($"{key}:StuckAfter", options.StuckAfter),
            Duration($"{key}:MissingAfter", options.MissingAfter),
        ];
        return errors.OfType<string>();
    }

    private static string? Duration(string key, TimeSpan? value) => value == TimeSpan.Zero || value is null
        ? null
        : value < TimeSpan.FromMilliseconds(1) || value > TimeSpan.FromDays(30)
            ? $"{key} is {value}: write a duration from {TimeSpan.FromMilliseconds(1)} to {TimeSpan.FromDays(30)}, or {TimeSpan.Zero} to switch it off."
            : null;
}
